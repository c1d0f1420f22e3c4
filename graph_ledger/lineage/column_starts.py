"""Column starts: where a question about a column begins."""

from collections.abc import Iterable
from difflib import get_close_matches

from graph_ledger.errors import ValidationError
from graph_ledger.lineage.column_graph import DIRECT, WHOLE, ColumnGraph, State
from graph_ledger.values.column import ALL
from graph_ledger.values.port import check_text, folded

NAMED = 20
"""Most columns that a refusal lists."""
ALIKE = 0.8
"""How like a name must be to be taken for a slip of the pen."""
Starts = dict[int, dict[State, int]]


def asked_column(column: str) -> str:
    """Return a column as it is compared.

    Raises:
        ValidationError: It cannot name anything.
    """
    return check_text(folded(check_text(column, "column")), "column")


def column_starts(graph: ColumnGraph, nodes: Iterable[int], column: str) -> tuple[Starts, set[int]]:
    """Return where the column is among what these nodes write, and which of them do not tell whether it is.

    Who reads a table names some of its columns, and only who writes it tells them all: a table that no writer tells of may have a column
    that nobody names. Where not even a reader names any, the table counts as a whole; so do dependencies that a person declared.

    Raises:
        ValidationError: Whoever writes tells the columns, and none has that name; or one that readers name is all but the same.
    """
    asked = list(nodes)
    known = {(node, port): graph.known(node, port) for node in asked for port in graph.outputs[node]}
    names = set().union(*known.values())
    untold = [(node, port) for node, port in known if graph.identifiers[port] and not graph.tells(node, port)]
    named = column in names or (column == ALL and bool(names))
    if not named and names and (not untold or _near(column, names)):
        raise ValidationError(_unknown(graph.keys[asked[0]], column, names))
    starts: Starts = {node: {} for node in asked if not graph.outputs[node]}
    fell = set()
    for (node, port), columns in known.items():
        if column in columns or (column == ALL and columns):
            starts.setdefault(node, {})[State(port, column)] = DIRECT
        elif not columns:
            starts.setdefault(node, {})[State(port, ALL)] = WHOLE
            fell |= {node} if graph.identifiers[port] else set()
        elif not named and (node, port) in untold:
            starts.setdefault(node, {})[State(port, column)] = DIRECT
            fell.add(node)
    return starts, fell


def _near(column: str, names: Iterable[str]) -> list[str]:
    """Return the names of which this one may be a slip: nearly as long, with the same digits in it."""
    digits = [each for each in column if each.isdigit()]
    return [
        name
        for name in get_close_matches(column, sorted(names), n=3, cutoff=ALIKE)
        if abs(len(name) - len(column)) <= 1 and [each for each in name if each.isdigit()] == digits
    ]


def _unknown(key: str, column: str, names: set[str]) -> str:
    near = get_close_matches(column, sorted(names), n=3)
    listed = ", ".join(sorted(names)[:NAMED]) + (f" and {len(names) - NAMED:,} more" if len(names) > NAMED else "")
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    return f"no column {column!r} of {key} is known: {hint}Known are {listed}. Without a column the question is about the whole table"

"""Column starts: where a question about a column begins."""

from collections.abc import Iterable
from difflib import get_close_matches

from graph_ledger.errors import ValidationError
from graph_ledger.lineage.column_graph import DIRECT, WHOLE, ColumnGraph, State
from graph_ledger.values.column import ALL
from graph_ledger.values.port import check_text, folded

NAMED = 20
"""Most columns that a refusal lists."""
Starts = dict[int, dict[State, int]]


def asked_column(column: str) -> str:
    """Return a column as it is compared.

    Raises:
        ValidationError: It cannot name anything.
    """
    return check_text(folded(check_text(column, "column")), "column")


def column_starts(graph: ColumnGraph, nodes: Iterable[int], column: str) -> tuple[Starts, set[int]]:
    """Return where the column is among what these nodes write, and which of them write something of which no column is known.

    What is unknown counts as a whole, and so do the dependencies that a person declared.

    Raises:
        ValidationError: Columns of theirs are known, and none has that name.
    """
    asked = list(nodes)
    known = {(node, port): graph.known(node, port) for node in asked for port in graph.outputs[node]}
    names = set().union(*known.values())
    if names and column not in names | {ALL}:
        raise ValidationError(_unknown(graph.keys[asked[0]], column, names))
    starts: Starts = {}
    fell = set()
    for node in asked:
        if not graph.outputs[node]:
            starts[node] = {}
            continue
        states = {}
        for port in graph.outputs[node]:
            named = known[node, port]
            if column in named or (column == ALL and named):
                states[State(port, column)] = DIRECT
            elif not named:
                states[State(port, ALL)] = WHOLE
                if graph.identifiers[port]:
                    fell.add(node)
        if states:
            starts[node] = states
    return starts, fell


def _unknown(key: str, column: str, names: set[str]) -> str:
    near = get_close_matches(column, sorted(names), n=3)
    listed = ", ".join(sorted(names)[:NAMED]) + (f" and {len(names) - NAMED:,} more" if len(names) > NAMED else "")
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    return f"no column {column!r} of {key} is known: {hint}Known are {listed}. Without a column the question is about the whole table"

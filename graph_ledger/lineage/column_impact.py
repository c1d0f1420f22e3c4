"""Column impact: which nodes a column reaches, or stands on, and by which of their columns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph_ledger.database.database import Row, Transaction
from graph_ledger.lineage.column_graph import DIRECT, INDIRECT, load_columns
from graph_ledger.lineage.column_starts import asked_column, column_starts
from graph_ledger.lineage.column_walk import ColumnWalk, Hit
from graph_ledger.lineage.walk import Cut, Walk

KINDS = {DIRECT: "DIRECT", INDIRECT: "INDIRECT"}


@dataclass(frozen=True, slots=True)
class ByColumn:
    """What a walk by columns found."""

    column: str
    row: Row
    """Nodes nearest first, as a walk by tables returns them, and in the same places precisions, columns and kinds."""
    cut: Cut
    fallbacks: tuple[str, ...]
    """Keys of the nodes of the answer, and of starts, that do not tell, so that a table counted as a whole."""


def by_column(transaction: Transaction, walk: Walk, column: str) -> ByColumn:
    """Walk by tables, load what those tables tell of columns, and follow the column among them.

    Raises:
        ValidationError: Columns of the start are known, and none has that name.
    """
    asked = asked_column(column)
    row = replace(walk, depth=None, limit=None).run(transaction)
    starts: list[str] = row.get("starts", [walk.start.key])
    down = walk.direction == "downstream"
    # Upstream nobody who reads the start is reached, and they alone may know its columns.
    readers = [] if down else transaction.run("lineage/next_downstream", keys=starts, **walk.times)["keys"]
    keys = list(dict.fromkeys([*starts, *row["keys"], *readers]))
    graph = load_columns(transaction, keys, walk.times)
    begin, unknown = column_starts(graph, range(len(starts)), asked)
    columns = ColumnWalk(graph, begin, down=down)
    if down:
        columns.fell |= unknown
    return _answer(asked, columns, walk, row, keys, set(range(len(starts))) if down else {0})


def _answer(asked: str, columns: ColumnWalk, walk: Walk, row: Row, keys: list[str], unlisted: set[int]) -> ByColumn:
    """Walk on as far as the bounds allow, and say what they cut."""
    found = _listed(columns.run(walk.depth), unlisted)
    fell, leading = set(columns.fell), columns.leading()
    places = {key: node for node, key in enumerate(keys)}
    ordered = _ordered(row, {keys[node]: hit for node, hit in found.items()})
    kept = [places[key] for key in ordered["keys"][: walk.limit]]
    inside = unlisted.union(kept)
    result = Cut(len(kept))
    if len(kept) < len(found):
        # Upstream the members of a group are listed, and one that is missing is one step from the group.
        missing = {node for node, hit in found.items() if hit.depth == 0} - inside
        ends = (columns.out_of(inside) & inside) | (unlisted if missing else set())
        result = Cut(len(kept), "limit", _frontier(ends, keys, kept, walk.start.key))
    elif walk.depth is not None and _listed(columns.run(), unlisted) != found:
        result = Cut(len(kept), "depth", _frontier(leading, keys, kept, walk.start.key))
    return ByColumn(asked, ordered, result, tuple(sorted(keys[node] for node in fell & inside)))


def _listed(hits: dict[int, Hit], unlisted: set[int]) -> dict[int, Hit]:
    return {node: hit for node, hit in hits.items() if node not in unlisted}


def _ordered(row: Row, hits: dict[str, Hit]) -> dict[str, Any]:
    """Return the lists of the walk by tables for these nodes alone, by their steps in the walk by columns, then by name and key."""
    names, keys = row["names"], row["keys"]
    order = sorted((hits[key].depth, names[place], key, place) for place, key in enumerate(keys) if key in hits)
    lists = {name: [values[place] for *_, place in order] for name, values in row.items() if name != "starts"}
    kept = [hits[key] for _, _, key, _ in order]
    return lists | {
        "hops": [2 * hit.depth for hit in kept],
        "precisions": ["column" if hit.is_exact else "table" for hit in kept],
        "columns": [hit.columns for hit in kept],
        "kinds": [KINDS.get(hit.rank) for hit in kept],
    }


def _frontier(ends: set[int], keys: Sequence[str], kept: Sequence[int], start: str) -> tuple[str, ...]:
    """Return the start, where it or a member of it leads on, then the nodes of the answer that do."""
    leading = [keys[node] for node in kept if node in ends]
    return (*([start] if ends - set(kept) else []), *leading)

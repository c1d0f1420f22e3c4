"""Impact: what a change of one model reaches, whose it is, and whether that is all."""

from collections.abc import Sequence
from typing import get_args

from graph_ledger.database.database import Database, Row, Transaction
from graph_ledger.errors import ValidationError
from graph_ledger.lineage.believed import believed
from graph_ledger.lineage.clocks import clocks
from graph_ledger.lineage.column_impact import by_column
from graph_ledger.lineage.edges import between
from graph_ledger.lineage.walk import Cut, Walk, cut
from graph_ledger.values.lineage import ColumnNode, Direction, Impact, ImpactNode
from graph_ledger.values.moment import Moment
from graph_ledger.values.start import Start


def impact(  # the question, then how far to go
    database: Database,
    start: Start,
    moment: Moment,
    direction: Direction = "downstream",
    depth: int | None = None,
    limit: int | None = None,
    column: str | None = None,
    *,
    edges: bool = False,
) -> Impact:
    """List every node that a change of a model reaches, or with ``direction="upstream"`` every node that it stands on.

    ``depth`` is the farthest step, in nodes; ``limit`` the most nodes, nearest kept. Where one of them really cut the walk, walking
    on from every key of ``frontier`` and joining what that finds with this answer gives the whole answer. A group begins at itself
    and at its members of the moment, however deep; a ``depth`` counts from the nearest of them. A ``column`` of what the model
    writes is followed from node to node; where nobody tells how columns come about, the table counts as a whole.

    Raises:
        ValidationError: The direction is neither of the two; ``depth`` or ``limit`` is below 1; columns of the model are known, and none
            has that name.
    Cost: one walk, each node once, cycles included; a ``limit`` stops it early, a ``depth`` does not. Of a group a statement a
    step, and either stops it. Where anybody ever was in a group, one look for the groups of the answer. By column: the walk without
    bounds, then one statement for what the nodes found tell of columns, followed in memory. ``edges``: one reading more, of the claims
    of all nodes of the answer.
    Source: ``cypher/lineage/impact_downstream.cypher``; proved by ``tests/lineage/test_impact.py``.
    """
    if direction not in get_args(Direction):
        raise ValidationError(f"direction is 'downstream' or 'upstream', not {direction!r}")
    _check(depth, "depth")
    _check(limit, "limit")

    def work(transaction: Transaction) -> Impact:
        walk = Walk(start, direction, depth, limit, moment.is_today, clocks(transaction, moment))
        told = by_column(transaction, walk, column) if column is not None else None
        row = told.row if told else walk.run(transaction)
        found = told.cut if told else cut(transaction, walk, row)
        answer = _answer(walk, moment, row, found, _composites(transaction, walk, row["keys"][: found.kept]))
        if told:
            answer = answer.model_copy(update={"column": told.column, "fallbacks": told.fallbacks})
        if edges:
            answer = answer.model_copy(update={"edges": _edges(transaction, walk, row.get("starts", ()), answer.nodes)})
        if answer.nodes or moment.is_today or believed(transaction, start.key, walk.times) is not None:
            return answer
        return answer.model_copy(update={"reason": "not_yet"})

    return database.reading(work)


def _check(bound: int | None, name: str) -> None:
    if bound is not None and (isinstance(bound, bool) or not isinstance(bound, int) or bound < 1):
        raise ValidationError(f"{name} is a whole number from 1 on, or None for no bound, not {bound!r}")


_BEFORE, _AFTER = ("keys", "names", "platforms"), ("owners", "tiers", "statuses", "model_types")
_BY_COLUMN = ("precisions", "columns", "kinds")


def _composites(transaction: Transaction, walk: Walk, keys: Sequence[str]) -> tuple[str, ...]:
    if not walk.start.memberships:
        return ()
    return tuple(sorted(transaction.run("lineage/composites", keys=[walk.start.key, *keys], **walk.times)["keys"]))


def _edges(transaction: Transaction, walk: Walk, starts: Sequence[str], nodes: Sequence[ImpactNode]) -> tuple[tuple[str, str], ...]:
    """Return what feeds what in an answer; members that are not in it are the group, and those that are in it feed the group."""
    start, answer = walk.start.key, [node.key for node in nodes]
    inside = set(answer)
    found = between(transaction, [start, *starts, *answer], walk.times)
    members = [(node.key, start) for node in nodes if node.depth == 0]
    ends = ((feeds if feeds in inside else start, fed if fed in inside else start) for feeds, fed in found)
    return tuple(dict.fromkeys(pair for pair in (*members, *ends) if pair[0] != pair[1]))


def _answer(walk: Walk, moment: Moment, row: Row, found: Cut, composites: tuple[str, ...]) -> Impact:
    kept = found.kept
    depths = [hops // 2 for hops in row["hops"][:kept]]
    kind, after = (ColumnNode, (*_AFTER, *_BY_COLUMN)) if "columns" in row else (ImpactNode, _AFTER)
    nodes = tuple(kind.of_columns(*(row[name][:kept] for name in _BEFORE), depths, *(row[name][:kept] for name in after)))
    return Impact(
        model=walk.start.key,
        direction=walk.direction,
        as_of=moment.as_of,
        known_at=moment.known_at,
        nodes=nodes,
        composites=composites,
        owners=tuple(sorted(set(row["owners"][:kept]) - {""})),
        notify=tuple(sorted(set(row["notify"][:kept]) - {""})),
        complete=found.reason is None,
        reason=found.reason,
        frontier=found.frontier,
    )

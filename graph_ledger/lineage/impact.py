"""Impact: what a change of one model reaches, whose it is, and whether that is all."""

from typing import get_args

from graph_ledger.database.database import Database, Row, Transaction
from graph_ledger.errors import ValidationError
from graph_ledger.lineage.believed import believed
from graph_ledger.lineage.clocks import clocks
from graph_ledger.lineage.walk import Cut, Walk, cut
from graph_ledger.values.lineage import Direction, Impact, ImpactNode
from graph_ledger.values.moment import Moment


def impact(  # the question, then how far to go
    database: Database, key: str, moment: Moment, direction: Direction = "downstream", depth: int | None = None, limit: int | None = None
) -> Impact:
    """List every node that a change of a model reaches, or with ``direction="upstream"`` every node that it stands on.

    ``depth`` is the farthest step, in nodes; ``limit`` the most nodes, nearest kept. Where one of them really cut the walk, walking
    on from every key of ``frontier`` and joining what that finds with this answer gives the whole answer.

    Raises:
        ValidationError: The direction is neither of the two; ``depth`` or ``limit`` is below 1.
    Cost: one walk, each node once, cycles included; a ``limit`` stops it early, a ``depth`` does not.
    Source: ``cypher/lineage/impact_downstream.cypher``; proved by ``tests/lineage/test_impact.py``.
    """
    if direction not in get_args(Direction):
        raise ValidationError(f"direction is 'downstream' or 'upstream', not {direction!r}")
    _check(depth, "depth")
    _check(limit, "limit")

    def work(transaction: Transaction) -> Impact:
        walk = Walk(key, direction, depth, limit, moment.is_today, clocks(transaction, moment))
        row = walk.run(transaction)
        found = cut(transaction, walk, row["keys"], row["hops"])
        answer = _answer(key, moment, direction, row, found)
        if answer.nodes or moment.is_today or believed(transaction, key, walk.times) is not None:
            return answer
        return answer.model_copy(update={"reason": "not_yet"})

    return database.reading(work)


def _check(bound: int | None, name: str) -> None:
    if bound is not None and (isinstance(bound, bool) or not isinstance(bound, int) or bound < 1):
        raise ValidationError(f"{name} is a whole number from 1 on, or None for no bound, not {bound!r}")


_BEFORE, _AFTER = ("keys", "names", "platforms"), ("owners", "tiers", "statuses", "model_types")


def _answer(key: str, moment: Moment, direction: Direction, row: Row, found: Cut) -> Impact:
    kept = found.kept
    depths = [hops // 2 for hops in row["hops"][:kept]]
    nodes = tuple(ImpactNode.of_columns(*(row[name][:kept] for name in _BEFORE), depths, *(row[name][:kept] for name in _AFTER)))
    return Impact(
        model=key,
        direction=direction,
        as_of=moment.as_of,
        known_at=moment.known_at,
        nodes=nodes,
        owners=tuple(sorted(set(row["owners"][:kept]) - {""})),
        notify=tuple(sorted(set(row["notify"][:kept]) - {""})),
        complete=found.reason is None,
        reason=found.reason,
        frontier=found.frontier,
    )

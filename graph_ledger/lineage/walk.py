"""Walk: one walk with its bounds, and where it was cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from graph_ledger.database.database import Row, Transaction
from graph_ledger.lineage.reach import reach
from graph_ledger.values.lineage import Direction
from graph_ledger.values.start import Start

NO_BOUND = 2**62
"""More than any walk has, and still an integer of the database."""


@dataclass(frozen=True, slots=True)
class Walk:
    """What a walk is asked to do."""

    start: Start
    direction: Direction
    depth: int | None
    limit: int | None
    is_today: bool
    times: dict[str, datetime]

    def run(self, transaction: Transaction) -> Row:
        """Walk one step and one node farther than asked for, so that it shows whether the bounds cut anything."""
        bounds = {
            "most": NO_BOUND if self.depth is None else min(2 * (self.depth + 1), NO_BOUND),
            "limit": NO_BOUND if self.limit is None else min(self.limit + 1, NO_BOUND),
        }
        down = self.direction == "downstream"
        if self.start.is_group:
            return self._from_group(transaction, **bounds)
        if self.is_today:
            name = "lineage/impact_downstream_today" if down else "lineage/impact_upstream_today"
            return transaction.run(name, key=self.start.key, **bounds)
        name = "lineage/impact_downstream" if down else "lineage/impact_upstream"
        return transaction.run(name, key=self.start.key, **bounds, **self.times)

    def _from_group(self, transaction: Transaction, most: int, limit: int) -> Row:
        found = reach(transaction, self.start.key, self.direction, self.times, self.depth, self.limit)
        hops = {key: 2 * steps for key, steps in found.steps.items() if 2 * steps <= most}
        row = transaction.run("lineage/impact_reached", keys=list(hops), hops=list(hops.values()), limit=limit, **self.times)
        return {**row, "starts": found.starts}


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a walk ends."""

    kept: int
    """How many of the nodes found belong to the answer."""
    reason: Literal["depth", "limit"] | None = None
    """Which bound cut it; None where nothing is missing."""
    frontier: tuple[str, ...] = ()
    """Every node of the answer, or the start, from which one step leads out of the answer."""


def cut(transaction: Transaction, walk: Walk, row: Row) -> Cut:
    """Judge what a walk found: nodes nearest first, one more than asked for.

    The frontier is every node of the answer, the start among them, that has a direct neighbour outside it. A node that is missing
    has a shortest way from the start; the last node of the answer on that way is in the frontier, so walking on from there finds it.
    """
    keys, hops = row["keys"], row["hops"]
    within = len(keys) if walk.depth is None else sum(1 for count in hops if count <= 2 * walk.depth)
    if walk.limit is not None and within > walk.limit:
        kept, nearest = walk.limit, hops[walk.limit - 1] - 2
        reason: Literal["depth", "limit"] = "limit"
    elif within < len(keys):
        kept, nearest, reason = within, hops[within - 1], "depth"
    else:
        return Cut(within)
    starts = row.get("starts", [walk.start.key])
    # All neighbours of a nearer node are in the answer.
    tried = [key for key, count in zip(keys[:kept], hops, strict=False) if count >= nearest]
    return Cut(kept, reason, _frontier(transaction, walk, starts, [*starts, *tried] if nearest <= 0 else tried, keys[:kept]))


def _frontier(transaction: Transaction, walk: Walk, starts: Sequence[str], tried: Sequence[str], answer: Sequence[str]) -> tuple[str, ...]:
    """Return the start, where one of those that are not listed leads out of the answer, and whichever nodes of the answer do.

    Downstream no start is listed, and none is missed. Upstream a group's members are, and one that is missing is one step from the group.
    """
    start, unlisted, keys = walk.start.key, set(starts).difference(answer), list(dict.fromkeys(tried))
    if walk.direction == "downstream":
        leading = transaction.run("lineage/frontier_downstream", keys=keys, reached=[*starts, *answer], **walk.times)["keys"]
        missing = False
    else:
        leading = transaction.run("lineage/frontier_upstream", keys=keys, reached=[start, *answer], **walk.times)["keys"]
        missing = bool(unlisted - {start})
    from_start = missing or not unlisted.isdisjoint(leading)
    return (*([start] if from_start else []), *(key for key in leading if key not in unlisted))

"""Walk: one walk with its bounds, and where it was cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from graph_ledger.database.database import Row, Transaction
from graph_ledger.values.lineage import Direction

NO_BOUND = 2**62
"""More than any walk has, and still an integer of the database."""


@dataclass(frozen=True, slots=True)
class Walk:
    """What a walk is asked to do."""

    key: str
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
        if self.direction == "downstream":
            if self.is_today:
                return transaction.run("lineage/impact_downstream_today", key=self.key, **bounds)
            return transaction.run("lineage/impact_downstream", key=self.key, **bounds, **self.times)
        if self.is_today:
            return transaction.run("lineage/impact_upstream_today", key=self.key, **bounds)
        return transaction.run("lineage/impact_upstream", key=self.key, **bounds, **self.times)


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a walk ends."""

    kept: int
    """How many of the nodes found belong to the answer."""
    reason: Literal["depth", "limit"] | None = None
    """Which bound cut it; None where nothing is missing."""
    frontier: tuple[str, ...] = ()
    """Every node of the answer, or the start, from which one step leads out of the answer."""


def cut(transaction: Transaction, walk: Walk, keys: Sequence[str], hops: Sequence[int]) -> Cut:
    """Judge what a walk found: nodes nearest first, one more than asked for.

    The frontier is every node of the answer, the start among them, that has a direct neighbour outside it. A node that is missing
    has a shortest way from the start; the last node of the answer on that way is in the frontier, so walking on from there finds it.
    """
    within = len(keys) if walk.depth is None else sum(1 for count in hops if count <= 2 * walk.depth)
    if walk.limit is not None and within > walk.limit:
        kept, nearest = walk.limit, hops[walk.limit - 1] - 2
        reason: Literal["depth", "limit"] = "limit"
    elif within < len(keys):
        kept, nearest, reason = within, hops[within - 1], "depth"
    else:
        return Cut(within)
    # All neighbours of a nearer node are in the answer.
    tried = ([walk.key] if nearest <= 0 else []) + [key for key, count in zip(keys[:kept], hops, strict=False) if count >= nearest]
    return Cut(kept, reason, _frontier(transaction, walk, tried, [walk.key, *keys[:kept]]))


def _frontier(transaction: Transaction, walk: Walk, tried: Sequence[str], reached: Sequence[str]) -> tuple[str, ...]:
    if walk.direction == "downstream":
        row = transaction.run("lineage/frontier_downstream", keys=tried, reached=reached, **walk.times)
    else:
        row = transaction.run("lineage/frontier_upstream", keys=tried, reached=reached, **walk.times)
    return tuple(row["keys"])

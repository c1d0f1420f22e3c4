"""Reach: how far every node is from a group, which begins at many nodes at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from graph_ledger.database.database import Transaction
from graph_ledger.values.lineage import Direction

FEW = 4
"""So many nodes are walked from one by one; the database prunes a walk for one start at a time."""
PATIENCE = 4
"""After so many steps one more counts as few: long thin ways are not worth a statement a step."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What was found from a group."""

    starts: list[str]
    """Keys of the group, and of whoever was in it at the moment, however deep."""
    steps: dict[str, int]
    """How far each node that belongs to the answer is from the nearest start, nearest first."""


def reach(
    transaction: Transaction,
    key: str,
    direction: Direction,
    times: Mapping[str, datetime],
    depth: int | None = None,
    limit: int | None = None,
) -> Reach:
    """Walk from all starts at once, a step farther than ``depth``, or until there are more nodes than ``limit``.

    Downstream no start belongs to the answer, upstream all but the group itself do, at 0 steps.
    Cost: a statement a step while the walk is broad, then one for the rest; each node's claims are read once while it is broad. One
    statement that walks from each of 1,000 members takes a hundred times as long.
    """
    starts: list[str] = transaction.run("lineage/starts", key=key, **times)["keys"]
    unlisted = set(starts) if direction == "downstream" else {key}
    steps = steps_from(transaction, starts, direction, times, depth, None if limit is None else limit + len(unlisted))
    return Reach(starts, {name: count for name, count in steps.items() if name not in unlisted})


def steps_from(
    transaction: Transaction,
    starts: list[str],
    direction: Direction,
    times: Mapping[str, datetime],
    depth: int | None = None,
    limit: int | None = None,
) -> dict[str, int]:
    """Return how far every node is from the nearest of many, these among them at 0 steps, nearest first.

    It walks a step farther than ``depth``, or until there are more nodes than ``limit``.
    """
    down = direction == "downstream"
    steps, edge, step = dict.fromkeys(starts, 0), starts, 0
    while edge and (depth is None or step <= depth) and (limit is None or len(steps) <= limit):
        if len(edge) <= max(FEW, step // PATIENCE):
            row = transaction.run("lineage/far_downstream" if down else "lineage/far_upstream", keys=edge, **times)
            found = {name: step + hops // 2 for name, hops in zip(row["keys"], row["hops"], strict=True)}
        else:
            row = transaction.run("lineage/next_downstream" if down else "lineage/next_upstream", keys=edge, **times)
            found = dict.fromkeys(row["keys"], step + 1)
        step += 1
        new = {name: count for name, count in found.items() if name not in steps}
        steps |= new
        edge = [] if "hops" in row else list(new)
    return steps

"""Memberships: one group whose members come and go; plain values, the same for both sides."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache

SEED = 7
GROUP = "group"
MEMBERS, OTHERS, CHANGES = 1_000, 200, 10_000
TOGETHER = 100
"""How many changes are made at one time: as many join as leave."""
BEGIN = datetime(2024, 1, 1, tzinfo=timezone.utc)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """Who joins and who leaves at one time."""

    at: datetime
    joins: tuple[str, ...]
    leaves: tuple[str, ...]


def names() -> list[str]:
    """Return everybody who is ever a member."""
    return [f"member-{number:05d}" for number in range(MEMBERS + OTHERS)]


@cache
def make_steps(seed: int = SEED) -> tuple[Step, ...]:
    """Make the changes: the first members at once, then a hundred changes a day."""
    chance = random.Random(seed)
    inside, outside = names()[:MEMBERS], names()[MEMBERS:]
    steps = [Step(BEGIN + DAY, tuple(inside), ())]
    for day in range((CHANGES - MEMBERS) // TOGETHER):
        joins, leaves = chance.sample(outside, TOGETHER // 2), chance.sample(inside, TOGETHER // 2)
        inside, outside = _exchanged(inside, joins, leaves), _exchanged(outside, leaves, joins)
        steps.append(Step(BEGIN + DAY * (day + 2), tuple(joins), tuple(leaves)))
    return tuple(steps)


def middle() -> int:
    """Return after how many steps half of all changes are made."""
    return (CHANGES // 2 - MEMBERS) // TOGETHER + 1


def members_after(steps: int) -> set[str]:
    """Replay: who is a member after so many steps."""
    held: set[str] = set()
    for step in make_steps()[:steps]:
        held = held - set(step.leaves) | set(step.joins)
    return held


def _exchanged(held: list[str], come: list[str], go: list[str]) -> list[str]:
    gone = set(go)
    return [each for each in held if each not in gone] + come

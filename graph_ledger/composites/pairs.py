"""Pairs: what is recorded and believed of one model in one group."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from graph_ledger.database.database import Transaction
from graph_ledger.history.event_types import MEMBERSHIP
from graph_ledger.history.fold import Point, Span, holding, spans, timeline
from graph_ledger.history.locked import Locked
from graph_ledger.values.moment import OPEN_END

JOINED, LEFT = MEMBERSHIP
Membership = tuple[str, Span]
"""Role ('' for none) and interval."""


@dataclass(slots=True)
class Pair:
    """One model in one group, under the locks of both."""

    member: str
    """Key of the model."""
    is_group: bool = False
    """Whether the member is a group itself."""
    believed: list[Membership] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    """When it joined (its event as content) and when it left (None), in order of time."""
    roles: dict[int, str] = field(default_factory=dict)
    """By number of the event with which it joined."""
    names: dict[int, str] = field(default_factory=dict)
    """``snapshot_hash`` by number of the event."""

    def tell(self, sequence: int, kind: str, at: int, role: str | None, name: str) -> None:
        """Add an event, also one that was just recorded."""
        joined = kind == JOINED
        self.points = timeline([*self.points, Point(at, sequence, sequence if joined else None)])
        self.names[sequence] = name
        if joined:
            self.roles[sequence] = role or ""

    def holding(self, at: int) -> Point | None:
        """Return what holds at a time: in (its content is the event) or out; None where it never was in before."""
        return holding(self.points, at)

    def wanted(self) -> list[Membership]:
        """Return the memberships that follow from the events; touching ones of one role are one."""
        found = spans(self.points, lambda number: [self.roles[number]])
        return [(role, span) for role, each in found.items() for span in each]


def pairs(transaction: Transaction, composite: Locked, members: Iterable[str]) -> dict[str, Pair]:
    """Read what is recorded and believed of these models in a group, by their keys; locks are held."""
    row = transaction.run(
        "composites/pairs", composite=composite.key, model_hash=composite.model_hash, members=sorted(members), types=list(MEMBERSHIP),
        open_end=OPEN_END,
    )  # fmt: skip
    columns = zip(row["keys"], row["hashes"], row["nested"], row["spans"], row["events"], strict=True)
    return {key: _pair(key, member, nested, held, events) for key, member, nested, held, events in columns}


def _pair(key: str, member: str, nested: bool, held: Iterable[list[Any]], events: Iterable[list[Any]]) -> Pair:  # noqa: FBT001
    pair = Pair(key, is_group=nested, believed=[(role, Span(start, end)) for role, start, end in held])
    for sequence, kind, at, text, name in sorted(events):
        payload = json.loads(text)
        if payload["member_hash"] == member:  # a group that is asked about itself meets the events of all its members
            pair.tell(sequence, kind, at, payload.get("role"), name)
    return pair

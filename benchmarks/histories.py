"""Histories: models with ten events each after their registration, half of which change a field; plain values, the same for both sides."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any

from benchmarks.graph import KINDS, PLATFORMS, TIERS

SEED = 7
EVENTS = 10
BEGIN = datetime(2023, 1, 1, tzinfo=timezone.utc)
SPAN = 730 * 86_400 * 1_000_000
"""Microseconds in which everything happens."""
MIDDLE, END = BEGIN + timedelta(days=365), BEGIN + timedelta(days=731)
STATUSES = ("development", "review", "active", "deprecated")
GONE = 0.05
"""Share of the models whose last event is that they were not found."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event; an ``updated`` one holds the field, its old and its new value."""

    at: datetime
    kind: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class History:
    """A model as it was registered, and what happened to it, oldest first."""

    name: str
    platform: str
    fields: dict[str, Any]
    born: datetime
    events: tuple[Event, ...]


@cache
def make_histories(size: int, seed: int = SEED) -> tuple[History, ...]:
    """Make the models; no two events of one model are at one time."""
    chance = random.Random(seed)
    return tuple(_history(chance, number) for number in range(size))


def fields_at(history: History, date: datetime) -> dict[str, Any] | None:
    """Replay: what the model was at a date, None where it was not there."""
    if history.born > date:
        return None
    fields = dict(history.fields)
    for event in history.events:
        if event.at > date:
            break
        if event.kind == "not_found":
            return None
        for field, change in event.payload.get("changes", {}).items():
            fields[field] = change["new"]
    return fields


def check_inventory(size: int, date: datetime, ours: Sequence[Any], theirs: Sequence[Any]) -> int:
    """Fail unless both have exactly the models that were there, and ours every field as it was; return how many that are."""
    expected = {each.name: fields for each in make_histories(size) if (fields := fields_at(each, date)) is not None}
    for names in ([each.name for each in ours], [each["name"] for each in theirs]):
        assert len(names) == len(expected), f"{len(names)} models, not {len(expected)}"
        assert set(names) == expected.keys()
    for each in ours:
        found = {field: getattr(each, field) for field in expected[each.name]}
        assert found == expected[each.name], (found, expected[each.name])
    return len(expected)


def _history(chance: random.Random, number: int) -> History:
    born = chance.randrange(int(SPAN * 0.9))
    times = sorted(chance.sample(range(born + 1, SPAN), EVENTS))
    first = {
        "owner": f"team-{number % 20}",
        "tier": TIERS[number % 3],
        "status": "active",
        "purpose": f"Scoring step {number} of domain {number % 12}: what is read, weighed and passed on",
        "model_type": KINDS[number % 6],
        "model_origin": "internal",
        "metadata": {"repository": f"git@example.invalid:domain-{number % 12:02d}/models.git", "schedule": "0 3 * * *"},
    }
    now, events = dict(first), []
    for place, at in enumerate(times):
        date = BEGIN + timedelta(microseconds=at)
        if place == EVENTS - 1 and chance.random() < GONE:
            events.append(Event(date, "not_found", {"run": f"run-{at}"}))
        elif place % 2:
            events.append(Event(date, "updated", {"changes": _change(chance, now)}))
        else:
            events.append(Event(date, "metrics", {"psi": chance.randrange(40) / 100, "run": f"run-{at}", "summary": "metrics logged"}))
    return History(f"model-{number:06d}", PLATFORMS[number % 4], first, BEGIN + timedelta(microseconds=born), tuple(events))


def _change(chance: random.Random, now: dict[str, Any]) -> dict[str, Any]:
    field = chance.choice(("owner", "tier", "status", "purpose", "model_type", "metadata"))
    words: dict[str, tuple[Any, ...]] = {
        "owner": tuple(f"team-{team}" for team in range(20)),
        "tier": TIERS,
        "status": STATUSES,
        "purpose": (f"{now['purpose'][:60]}, revised", f"{now['purpose'][:60]}, again"),
        "model_type": KINDS,
        "metadata": tuple({**now["metadata"], "schedule": f"0 {hour} * * *"} for hour in range(6)),
    }
    new = chance.choice([word for word in words[field] if word != now[field]])
    change = {field: {"old": now[field], "new": new}}
    now[field] = new
    return change

"""Rebuilt: what a model is by its events, compared with what is kept beside them; nothing but the events is believed."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph_ledger.database.database import Transaction
from graph_ledger.history.believed import former_states, last_words
from graph_ledger.history.draft import text_of
from graph_ledger.history.event_types import GROUPED, LOG, MARKS, MEMBERSHIP, RENAMED
from graph_ledger.history.fold import Point, Span
from graph_ledger.history.identity import FIELDS, Fields, as_list, from_list
from graph_ledger.history.replay import TYPES, Recorded, states_of
from graph_ledger.values.model import identity_hash, model_hash
from graph_ledger.values.node import key_of
from graph_ledger.values.verification import Finding

LINKS = ("has_dependent", "dependent_removed", "depends_on", "dependency_removed")


@dataclass(frozen=True, slots=True)
class Told:
    """One event of which something beside it follows."""

    sequence: int
    event_type: str
    source: str | None
    actor: str
    at: int
    payload: Mapping[str, Any]
    name: str
    """Its ``snapshot_hash``."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One model as it is kept, and its events."""

    key: str
    model_hash: str
    is_composite: bool
    row: Mapping[str, Any]
    events: list[Told]
    """By number."""
    former: list[tuple[Span, Fields]]
    last: dict[str, Point]
    unknown: list[str]
    """Sources whose last word is none of the events."""

    def recorded(self) -> list[Recorded]:
        """Return the events that say what the model is and claims."""
        return [
            Recorded(each.sequence, each.event_type, each.source, each.at, each.payload) for each in self.events if each.event_type in TYPES
        ]

    def drift(self, field: str, detail: str) -> Finding:
        """Say that something is not what the events say."""
        return Finding(model=self.key, sequence=None, kind="drifted", field=field, detail=detail)


def read_kept(transaction: Transaction, keys: Sequence[str]) -> list[Kept]:
    """Read models and their events."""
    types = [*TYPES, *LINKS, *MEMBERSHIP, *LOG, GROUPED, RENAMED]
    rows = transaction.run("history/rebuild", keys=keys, types=types, marks=sorted(MARKS), members=list(MEMBERSHIP))["models"]
    former, last = former_states(transaction, keys), last_words(transaction, keys)
    return [_kept(row, former.get(row["key"], []), last.get(row["key"], {})) for row in rows]


def _kept(row: Mapping[str, Any], former: list[tuple[Span, Fields]], last: dict[str, Point]) -> Kept:
    events = _told(row["events"])
    numbers = {each.sequence for each in events}
    words = {source: point for source, point in last.items() if point.content in numbers}
    return Kept(row["key"], row["model_hash"], row["composite"], row, events, former, words, sorted(last.keys() - words.keys()))


def compare(kept: Kept) -> Iterator[Finding]:
    """Yield where the fields, the former states, the tags and the marks of a model are not what its events say."""
    row = kept.row
    yield from _identity(kept)
    for source in kept.unknown:
        yield kept.drift("SEEN_BY", f"what {source} last said is in none of the events")
    states = states_of(kept.recorded(), row["born"], kept.last)
    newest, fields = states[-1]
    for field, there, said in zip(FIELDS, row["fields"], as_list(fields), strict=True):
        if there != said:
            yield kept.drift(field, f"it is {there!r}, and by the events {said!r}")
    if row["believed"] != as_list(fields):
        yield kept.drift("believed", "the fields as the events have them are kept otherwise")
    for name, there, time in (
        ("created_at", row["created"], row["born"]),
        ("state_from", row["state_from"], newest.start),
        ("last_timestamp", row["last"], row["newest"]),
    ):
        if there != time:
            yield kept.drift(name, f"it is {_time(there)}, and by the events {_time(time)}")
    yield from _former(kept, states[:-1])
    yield from _tags(kept)
    for number in row["unmarked"]:
        yield Finding(model=kept.key, sequence=number, kind="drifted", field="MARKED_BY", detail="nothing leads to the event")
    for name in row["strange"]:
        yield kept.drift("MARKED_BY", f"it leads to the event {name}, and should not")


def _identity(kept: Kept) -> Iterator[Finding]:
    first = kept.events[0].payload if kept.events and kept.events[0].sequence == 1 else {}
    registered, platform = str(first.get("name", "")), str(first.get("platform", ""))
    name = next((str(each.payload["name"]["new"]) for each in reversed(kept.events) if each.event_type == RENAMED), registered)
    if kept.row["name"] != name:
        yield kept.drift("name", f"it is {kept.row['name']!r}, and by the events {name!r}")
    identity = first.get("identity")
    if kept.model_hash != (model_hash(platform, registered) if identity is None else identity_hash(str(identity))):
        yield kept.drift("model_hash", f"it is {kept.model_hash}, and {identity or key_of(platform, registered)} gives another one")
    if kept.key != key_of(from_list(kept.row["believed"])["platform"], name):
        yield kept.drift("key", "it does not name the platform and the name that the events say")


def _former(kept: Kept, wanted: Iterable[tuple[Span, Fields]]) -> Iterator[Finding]:
    there, said = _spelt(kept.former), _spelt(wanted)
    for start, end, texts in sorted((there - said).elements()):
        yield kept.drift("State", f"a former state from {_time(start)} to {_time(end)} does not follow from the events: {', '.join(texts)}")
    for start, end, texts in sorted((said - there).elements()):
        yield kept.drift("State", f"the former state from {_time(start)} to {_time(end)} is not there: {', '.join(texts)}")


def _tags(kept: Kept) -> Iterator[Finding]:
    said: dict[str, tuple[str | None, int]] = {}
    for each in sorted(kept.events, key=lambda each: (each.at, each.sequence)):
        if each.event_type in LOG:
            said[each.payload["name"]] = each.payload["snapshot_hash"], each.at
    wanted = Counter((f"{kept.model_hash}/{name}", name, target, at) for name, (target, at) in said.items() if target is not None)
    there = Counter((key, name, target, at) for key, name, target, at in kept.row["tags"])
    for _, name, target, at in sorted((there - wanted).elements(), key=str):
        yield kept.drift("Tag", f"the tag {name!r} points at {target} since {_time(at)}, which the events do not say")
    for _, name, target, at in sorted((wanted - there).elements(), key=str):
        yield kept.drift("Tag", f"by the events the tag {name!r} points at {target} since {_time(at)}, and it does not")


def _told(rows: Iterable[list[Any]]) -> list[Told]:
    return [
        Told(number, kind, source, actor, at, json.loads(payload), name)
        for number, kind, source, actor, at, payload, name in sorted(rows, key=lambda columns: columns[0])
    ]


def _spelt(states: Iterable[tuple[Span, Fields]]) -> Counter[tuple[int, int, tuple[str, ...]]]:
    return Counter((span.start, span.end, tuple(as_list(fields))) for span, fields in states)


def _time(time: int | None) -> str:
    return "not there" if time is None else text_of(time)

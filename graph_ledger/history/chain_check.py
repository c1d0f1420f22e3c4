"""Chain check: goes along the events of one model and says where what is stored does not fit what was hashed."""

import json
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any, NamedTuple

from graph_ledger.history.draft import text_of
from graph_ledger.values.moment import LATEST, microseconds
from graph_ledger.values.snapshot import chain_hash, snapshot_hash
from graph_ledger.values.verification import Finding, FindingKind

FIRST, LAST = microseconds(datetime.min.replace(tzinfo=timezone.utc)), microseconds(LATEST)
"""Times that can be recorded; the database knows more."""
TRIED = 100_000
"""Places that are tried to find where an event once stood."""


class Stored(NamedTuple):
    """One event as it is stored, and the model that it hangs on."""

    name: Any
    model_hash: Any
    sequence: Any
    event_type: Any
    actor: Any
    source: Any
    at: Any
    recorded: Any
    surplus: Any
    """Nanoseconds, which no recorded time has."""
    payload: Any
    tags: Any
    parent: Any
    previous: Any
    chain: Any
    repetition: Any
    key: str | None
    owner_hash: str | None
    placed: int | None
    last: int | None
    head: str | None

    @property
    def is_whole(self) -> bool:
        """Whether every property has a type that can be hashed at all."""
        texts = (self.name, self.model_hash, self.event_type, self.actor, self.payload, self.chain)
        maybe = (self.source, self.tags, self.parent, self.previous)
        numbers = (self.sequence, self.at, self.recorded, self.repetition)
        return (
            all(isinstance(value, str) for value in texts)
            and all(value is None or isinstance(value, str) for value in maybe)
            and all(isinstance(value, int) for value in numbers)
            and FIRST <= self.at <= LAST
            and FIRST <= self.recorded <= LAST
        )

    def named(self) -> str:
        """Return the name that its content gives it."""
        return snapshot_hash(
            model_hash=self.model_hash,
            event_type=self.event_type,
            actor=self.actor,
            source=self.source,
            timestamp=text_of(self.at),
            payload=self.payload,
            tags="{}" if self.tags is None else self.tags,
            parent_hash=self.parent,
            repetition=self.repetition,
        )

    def linked(self, sequence: int) -> str:
        """Return the link that it would be at a place."""
        return chain_hash(self.name, sequence, text_of(self.recorded), self.previous)


class Chain:
    """The events of one model, from the first on."""

    def __init__(self, first: Stored) -> None:
        self.model_hash, self._model = first.model_hash, first.key or str(first.model_hash)
        self._place, self._link, self._last, self._head = 0, None, first.last, first.head
        self._whole = True
        """Whether the event before this one is there."""

    def check(self, event: Stored) -> Iterator[Finding]:
        """Yield what does not fit in the next event."""
        if event.sequence == self._place and self._place:
            yield self._finding(event, "orphaned", "HAS_SNAPSHOT", "the event hangs on more than one model")
            return
        yield from self._gap(event)
        if not event.is_whole:
            yield self._finding(event, "edited", "content", "a property is missing, or is of another type than any that is recorded")
        else:
            yield from self._owner(event)
            yield from self._content(event)
            yield from self._links(event)
        self._place, self._link, self._whole = event.sequence, event.chain, True

    def end(self) -> Iterator[Finding]:
        """Yield what does not fit behind the last event."""
        if self._last is None:
            return
        if self._last > self._place:
            count = self._last - self._place
            yield Finding(
                model=self._model, sequence=self._place + 1, kind="missing", field="sequence",
                detail=f"the model counts {self._last} events, and the last {count} of them are not there",
            )  # fmt: skip
        elif (self._last, self._head) != (self._place, self._link):
            yield Finding(
                model=self._model, sequence=self._place, kind="forged", field="head_hash",
                detail="the model's own record of its newest event is not that event",
            )  # fmt: skip

    def _gap(self, event: Stored) -> Iterator[Finding]:
        if isinstance(event.sequence, int) and event.sequence > self._place + 1:
            self._whole = False
            missing = event.sequence - self._place - 1
            detail = (
                f"{missing} event{'' if missing == 1 else 's'} before number {event.sequence} {'is' if missing == 1 else 'are'} not there"
            )
            yield Finding(model=self._model, sequence=self._place + 1, kind="missing", field="sequence", detail=detail)

    def _owner(self, event: Stored) -> Iterator[Finding]:
        if event.key is None:
            yield self._finding(event, "orphaned", "HAS_SNAPSHOT", "no model has the event")
        elif event.owner_hash != event.model_hash:
            yield self._finding(event, "orphaned", "model_hash", f"the event hangs on {event.key}, whose hash is {event.owner_hash}")
        elif event.placed != event.sequence:
            yield self._finding(event, "edited", "HAS_SNAPSHOT.sequence", f"the relationship says number {event.placed}")

    def _content(self, event: Stored) -> Iterator[Finding]:
        if event.surplus:
            yield self._finding(event, "edited", "content", "a time is finer than a microsecond, which no recorded time is")
        elif not (_is_object(event.payload) and _is_object(event.tags or "{}")):
            yield self._finding(event, "edited", "content", "payload or tags is no JSON object")
        elif (named := event.named()) != event.name:
            yield self._finding(event, "edited", "content", f"what is stored has the hash {named}, and the event is {event.name}")

    def _links(self, event: Stored) -> Iterator[Finding]:
        follows = event.previous == self._link or not self._whole
        if event.chain == event.linked(event.sequence):
            if not follows:
                yield self._finding(event, "forged", "previous_hash", "it was chained to another event than the one before it")
        elif (place := self._once_at(event)) is not None:
            yield self._finding(event, "reordered", "sequence", f"it was recorded as number {place}")
        elif follows:
            yield self._finding(event, "edited", "recorded_at", "its link does not follow from its hash, number and time of recording")
        else:
            yield self._finding(event, "edited", "previous_hash", "neither the event before it nor its own link fits")

    def _once_at(self, event: Stored) -> int | None:
        most = min(max(event.sequence, self._last or 0) + 1, TRIED)
        return next((place for place in range(1, most + 1) if event.linked(place) == event.chain), None)

    def _finding(self, event: Stored, kind: FindingKind, field: str, detail: str) -> Finding:
        number = event.sequence if isinstance(event.sequence, int) else None
        return Finding(model=self._model, sequence=number, kind=kind, field=field, detail=detail)


def _is_object(text: str) -> bool:
    """Say whether it is a JSON object: a comma moved from payload to tags would leave the hash over both as it was."""
    try:
        return text == "{}" or isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False

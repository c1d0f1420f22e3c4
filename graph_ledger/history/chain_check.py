"""Chain check: goes along the events of one model and says where what is stored does not fit what was hashed."""

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any, NamedTuple

from graph_ledger.history.draft import text_of
from graph_ledger.values.hashed import is_canonical_object, is_normal
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
    key: Any
    owner_hash: Any
    placed: Any
    last: Any
    head: Any

    @property
    def is_whole(self) -> bool:
        """Whether every property has a type that can be hashed at all."""
        texts = (self.name, self.model_hash, self.event_type, self.actor, self.payload, self.chain)
        maybe = (self.source, self.tags, self.parent, self.previous)
        numbers = (self.sequence, self.at, self.recorded, self.repetition)
        return (
            all(isinstance(value, str) for value in texts)
            and all(value is None or isinstance(value, str) for value in maybe)
            and all(type(value) is int for value in numbers)  # a bool is another value in the database
            and FIRST <= self.at <= LAST
            and FIRST <= self.recorded <= LAST
        )

    def flaw(self) -> str:
        """Return why what is stored, though whole, is not what was hashed; or nothing."""
        tags = "{}" if self.tags is None else self.tags
        if self.surplus:
            return "a time is finer than a microsecond, which no recorded time is"
        if not (is_canonical_object(self.payload) and is_canonical_object(tags)):
            return "payload or tags is no JSON object in canonical form"
        if not all(map(is_normal, (self.event_type, self.actor, self.source, self.parent))):
            return "a text is not in Unicode normalization form C, in which it was hashed"
        named = self.named()
        return "" if named == self.name else f"what is stored has the hash {named}, and the event is {self.name}"

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
        self.model_hash, self._model = first.model_hash, str(first.key or first.model_hash)
        self._place = 0
        self._link: Any = None
        self._owner: Stored | None = None
        """The newest event that hangs on the model, and with it what the model says of its events."""
        self._whole = True
        """Whether the event before this one is there."""

    def check(self, event: Stored) -> Iterator[Finding]:
        """Yield what does not fit in the next event."""
        if event.owner_hash == self.model_hash:
            self._owner = event
        if type(event.sequence) is not int:
            yield self._finding(event, "edited", "sequence", f"its number, {event.sequence!r}, is none")
            return
        if event.sequence == self._place and self._place:
            yield self._finding(event, "orphaned", "HAS_SNAPSHOT", "the event hangs on more than one model")
            return
        yield from self._gap(event)
        if not event.is_whole:
            yield self._finding(event, "edited", "content", "a property is missing, or is of another type than any that is recorded")
        else:
            yield from self._hangs(event)
            if flaw := event.flaw():
                yield self._finding(event, "edited", "content", flaw)
            yield from self._links(event)
        self._place, self._link, self._whole = event.sequence, event.chain, True

    def end(self) -> Iterator[Finding]:
        """Yield what does not fit behind the last event."""
        if self._owner is None:
            return
        last, head = self._owner.last, self._owner.head
        if type(last) is not int:
            yield self._of_model(self._place, "edited", "last_sequence", f"the number of its events, {last!r}, is none")
        elif last > self._place:
            said = f"the model counts {last} events, and the last {last - self._place} of them are not there"
            yield self._of_model(self._place + 1, "missing", "sequence", said)
        elif (last, head) != (self._place, self._link):
            yield self._of_model(self._place, "forged", "head_hash", "the model's own record of its newest event is not that event")

    def _gap(self, event: Stored) -> Iterator[Finding]:
        if event.sequence > self._place + 1:
            self._whole = False
            missing = event.sequence - self._place - 1
            detail = (
                f"{missing} event{'' if missing == 1 else 's'} before number {event.sequence} {'is' if missing == 1 else 'are'} not there"
            )
            yield self._of_model(self._place + 1, "missing", "sequence", detail)

    def _hangs(self, event: Stored) -> Iterator[Finding]:
        if event.key is None:
            yield self._finding(event, "orphaned", "HAS_SNAPSHOT", "no model has the event")
        elif event.owner_hash != event.model_hash:
            yield self._finding(event, "orphaned", "model_hash", f"the event hangs on {event.key}, whose hash is {event.owner_hash}")
        elif type(event.placed) is not int or event.placed != event.sequence:
            yield self._finding(event, "edited", "HAS_SNAPSHOT.sequence", f"the relationship says number {event.placed}")

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
        last = self._owner.last if self._owner and type(self._owner.last) is int else 0
        most = min(max(event.sequence, last) + 1, TRIED)
        return next((place for place in range(1, most + 1) if event.linked(place) == event.chain), None)

    def _finding(self, event: Stored, kind: FindingKind, field: str, detail: str) -> Finding:
        return self._of_model(event.sequence if type(event.sequence) is int else None, kind, field, detail)

    def _of_model(self, sequence: int | None, kind: FindingKind, field: str, detail: str) -> Finding:
        return Finding(model=self._model, sequence=sequence, kind=kind, field=field, detail=detail)

"""Snapshot: one thing that happened to one model, for ever."""

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from pydantic import Field, model_validator

from graph_ledger.values.canonical import canonical_json, canonical_string, digest, short_digest
from graph_ledger.values.moment import When, isoformat, point_in_time
from graph_ledger.values.value import Row, Value


class Snapshot(Value):
    """An event of a model: created once, never changed.

    Source: ``docs/concepts.md``, events.

    >>> len(Snapshot(model_hash="0" * 32, event_type="retrained", actor="ml").snapshot_hash)
    32
    """

    model_hash: str
    """Whose event it is."""
    event_type: str
    """What happened, such as registered, discovered, validated."""
    actor: str
    """Who did it."""
    source: str | None = None
    """The connector or system that said so."""
    timestamp: datetime = Field(default_factory=lambda: datetime.now(timezone.utc))
    """When it was so, UTC."""
    payload: dict[str, Any] = {}
    """What else is to be said, as JSON."""
    tags: dict[str, Any] = {}
    """Labels of the event, as JSON."""
    parent_hash: str | None = None
    """The `snapshot_hash` of the event that it answers to."""
    repetition: int = 0
    """How many events of the model said the very same of the very same time before, and were overtaken since."""
    snapshot_hash: str = ""
    """Its name: 32 hex digits over everything above."""
    sequence: int | None = None
    """Its place among the events of its model, from 1, without gaps."""
    recorded_at: datetime | None = None
    """When the ledger learned it, UTC."""
    previous_hash: str | None = None
    """The `chain_hash` of the event before it."""
    chain_hash: str | None = None
    """64 hex digits over its name, place, recording time and the event before."""
    model: str | None = None
    """Key of the model, where the answer spans several."""

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, given: Any) -> Any:
        if not isinstance(given, dict) or not {"model_hash", "event_type", "actor"} <= given.keys():
            return given
        filled = dict(given)
        filled["timestamp"] = point_in_time(given.get("timestamp") or datetime.now(timezone.utc), name="timestamp")
        if not given.get("snapshot_hash"):
            filled["snapshot_hash"] = snapshot_hash(
                model_hash=given["model_hash"],
                event_type=given["event_type"],
                actor=given["actor"],
                source=given.get("source"),
                timestamp=isoformat(filled["timestamp"]),
                payload=canonical_json(given.get("payload") or {}),
                tags=canonical_json(given.get("tags") or {}),
                parent_hash=given.get("parent_hash"),
                repetition=given.get("repetition", 0),
            )
        return filled


def snapshot_hash(
    *,
    model_hash: str,
    event_type: str,
    actor: str,
    source: str | None,
    timestamp: str,
    payload: str,
    tags: str,
    parent_hash: str | None,
    repetition: int = 0,
) -> str:
    """Return the name of an event; ``payload`` and ``tags`` are canonical JSON texts already.

    ``repetition`` numbers an event whose like was recorded before of the same time and overtaken since: a correction back.
    """
    said_by = "null" if source is None else canonical_string(source)
    parent = "null" if parent_hash is None else canonical_string(parent_hash)
    end = f",{repetition}]" if repetition else "]"
    return short_digest(
        f'["{model_hash}",{canonical_string(event_type)},{canonical_string(actor)},{said_by},"{timestamp}",{payload},{tags},{parent}{end}'
    )


def chain_hash(snapshot: str, sequence: int, recorded_at: str, previous: str | None) -> str:
    """Return the link of an event to the one before it: 64 hex digits."""
    return digest(f'["{snapshot}",{sequence},"{recorded_at}","{previous or ""}"]')


class Tag(Value):
    """A name that points at one event of a model.

    >>> Tag(name="production", model_hash="0" * 32, snapshot_hash="1" * 32).name
    'production'
    """

    name: str
    """What it is called, such as production."""
    model_hash: str
    """Whose tag it is."""
    snapshot_hash: str
    """The event it points at."""
    updated_at: datetime = Field(default_factory=lambda: datetime.now(timezone.utc))
    """When it was last moved, UTC."""


class TagMove(Row):
    """One move of a tag, or its end.

    >>> TagMove(name="production", snapshot_hash=None, previous_hash="1" * 32, actor="me", at="2026-01-01T00:00:00Z")["actor"]
    'me'
    """

    name: str
    """The tag."""
    snapshot_hash: str | None
    """The event it points at from then on; None where it was deleted."""
    previous_hash: str | None
    """The event it pointed at before; None where it was new."""
    actor: str
    """Who moved it."""
    at: datetime
    """When, UTC."""


class Event(Value):
    """What is to be recorded of a model: the arguments of ``Ledger.record``, as a value for ``record_many``.

    >>> [event.event_type for event in ledger.record_many([Event(model="fraud", event="deployed", actor="release-bot")])]
    ['deployed']
    """

    model: Any
    """The model: key, hash, bare name or ModelRef."""
    event: str
    """What happened."""
    actor: str
    """Who did it."""
    payload: Mapping[str, Any] = {}
    """What else is to be said, as JSON."""
    source: str | None = None
    """The connector or system that said so."""
    parent: str | None = None
    """The `snapshot_hash` of the event that it answers to."""
    tags: Mapping[str, Any] = {}
    """Labels of the event, as JSON."""
    timestamp: When | None = None
    """When it was so; None is now."""


def event_of(
    event: str,
    payload: Mapping[str, Any] | None,
    actor: str,
    source: str | None,
    parent: str | None,
    tags: Mapping[str, Any] | None,
    timestamp: When | None,
) -> Event:
    """Make an event of the arguments of ``Ledger.record``, unchecked: the writer refuses what cannot be one, in words of its own."""
    return Event.model_construct(
        model=None,
        event=event, payload={} if payload is None else payload, actor=actor, source=source, parent=parent,
        tags={} if tags is None else tags, timestamp=timestamp,
    )  # fmt: skip

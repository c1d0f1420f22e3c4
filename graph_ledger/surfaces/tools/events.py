"""The tools about events: what happened to a model."""

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from graph_ledger.history.signature import CURRENT, ON_BEHALF_OF, check_labels, signed
from graph_ledger.surfaces.tools.lineage import ModelInput
from graph_ledger.surfaces.tools.tags import EventOutput
from graph_ledger.surfaces.tools.tool import Asked, tool
from graph_ledger.values.snapshot import Event, Snapshot
from graph_ledger.values.value import Value

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger

LARGEST = 10_000
"""Most events of one answer, and of one request."""


class HistoryInput(ModelInput):
    """Of which model, and which events."""

    order: Literal["desc", "asc"] = "desc"
    """`desc`: newest first; `asc`: oldest first, to replay them."""
    event_type: str | None = None
    """Only of this type, such as `validated`."""
    actor: str | None = None
    """Only by this actor."""
    source: str | None = None
    """Only said by this source."""
    since: str | None = None
    """From when on; a date is its beginning."""
    until: str | None = None
    """Until when; a date is its end."""
    limit: int = Field(default=1_000, ge=1, le=LARGEST)
    """How many at most."""


class Events(Value):
    """Events, in order."""

    events: tuple[Snapshot, ...]
    """Each as it stands in the chain."""


@tool({"model": "fraud_scoring", "limit": 3}, subject="model")
def history(ledger: "Ledger", asked: HistoryInput) -> Events:
    """List what happened to a model, newest first, with the hashes that chain the events."""
    given = {name: value for name, value in asked.model_dump(exclude={"model"}).items() if value is not None}
    return Events(events=tuple(ledger.history(asked.model, **given)))


class LatestInput(ModelInput):
    """Of which model."""

    tag: str | None = Field(default=None, min_length=1)
    """The event that this tag points at. Left out: the newest."""


@tool({"model": "fraud_scoring"}, subject="model")
def latest(ledger: "Ledger", asked: LatestInput) -> EventOutput:
    """Return the newest event of a model, or the one that a tag points at."""
    return EventOutput(event=ledger.latest(asked.model, asked.tag, **asked.moment))


class EventInput(Asked):
    """One event of one model."""

    model: str = Field(min_length=1)
    """The model: its key `platform/name`, a bare name that one model has, or its hash."""
    event: str = Field(min_length=1)
    """What happened."""
    payload: dict[str, Any] = {}
    """What else is to be said, as JSON."""
    source: str | None = None
    """The system that said so."""
    parent: str | None = None
    """The event that this one answers to, by its hash."""
    tags: dict[str, Any] = {}
    """Labels of the event, as JSON."""
    actor: str | None = None
    """Who did it. Left out: the actor of the request. With a key this is kept in the label `on_behalf_of`."""
    timestamp: str | None = None
    """When it was so. Left out: now."""


class RecordManyInput(Asked):
    """Many events."""

    events: tuple[EventInput, ...] = Field(max_length=LARGEST)
    """In the order in which they are to be recorded."""
    actor: str = "user"
    """Who did what names no actor of its own."""


RETRAINED = {"model": "fraud_scoring", "event": "retrained", "actor": "ml-pipeline", "timestamp": "2026-06-01T00:00:00Z"}


@tool({"events": [RETRAINED]}, role="writer")
def record_many(ledger: "Ledger", asked: RecordManyInput) -> Events:
    """Append many events, in batches; return them in the order given."""
    signature = CURRENT.get()
    if signature is None:
        return Events(events=tuple(ledger.record_many([_event(each, asked.actor) for each in asked.events])))
    with signed(signature.actor):  # each event says for itself whom it was recorded for
        given = [_event(each, signature.actor, each.actor or signature.on_behalf_of) for each in asked.events]
        return Events(events=tuple(ledger.record_many(given)))


def _event(each: EventInput, actor: str, spoke_for: str | None = None) -> Event:
    """Return an event as the ledger takes it; with a key the actor is the key's name."""
    check_labels(each.tags)
    said = {name: value for name, value in each.model_dump().items() if value is not None}
    if CURRENT.get() is None:
        return Event(**{"actor": actor, **said})
    label = {ON_BEHALF_OF: spoke_for} if spoke_for not in {None, actor} else {}
    return Event(**{**said, "actor": actor, "tags": {**each.tags, **label}})

"""The tools about tags: names that point at events."""

from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import Field

from graph_ledger.surfaces.tools.tool import Asked, Dated, Told, tool
from graph_ledger.values.snapshot import Snapshot, TagMove
from graph_ledger.values.value import Value

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger


class TagInput(Told):
    """Which tag of which model."""

    model_name: str = Field(min_length=1)
    """The model: its key `platform/name`, a bare name that one model has, or its hash."""
    tag_name: str = Field(min_length=1, pattern=r"\S")
    """What the tag is called, such as `production`."""
    snapshot: str | None = None
    """The event that it is to point at, by its hash. Left out: the newest."""


class TagOutput(Value):
    """A tag, and the event that it points at."""

    model_name: str
    """Name of the model."""
    tag_name: str
    """What the tag is called."""
    model_hash: str
    """Whose tag it is."""
    snapshot_hash: str
    """The event it points at."""
    updated_at: datetime
    """When it was last moved, UTC."""


@tool({"model_name": "fraud_scoring", "tag_name": "latest-reviewed", "actor": "mrm-team"}, role="writer", documented=True)
def tag(ledger: "Ledger", asked: TagInput) -> TagOutput:
    """Create or move a named pointer, such as `production`, to a model's newest event; the move is itself an event."""
    moved = ledger.tag(asked.model_name, asked.tag_name, snapshot=asked.snapshot, actor=asked.actor, timestamp=asked.timestamp)
    model = ledger.get(moved.model_hash)
    return TagOutput(
        model_name=model.name, tag_name=moved.name, model_hash=moved.model_hash, snapshot_hash=moved.snapshot_hash,
        updated_at=moved.updated_at,
    )  # fmt: skip


class TagsInput(Dated):
    """Of which model."""

    model_name: str = Field(min_length=1)
    """The model: its key `platform/name`, a bare name that one model has, or its hash."""


class TagsOutput(Value):
    """The tags of a model, by name."""

    model_name: str
    """Name of the model."""
    tags: tuple[TagOutput, ...]
    """Its tags."""


@tool({"model_name": "fraud_scoring"}, subject="model_name", address="tags", documented=True)
def list_tags(ledger: "Ledger", asked: TagsInput) -> TagsOutput:
    """List the tags on a model."""
    name = ledger.get(asked.model_name).name
    found = tuple(
        TagOutput(
            model_name=name, tag_name=each.name, model_hash=each.model_hash, snapshot_hash=each.snapshot_hash, updated_at=each.updated_at
        )
        for each in ledger.list_tags(asked.model_name, **asked.moment)
    )
    return TagsOutput(model_name=name, tags=found)


class UntagInput(Told):
    """Which tag of which model."""

    model: str = Field(min_length=1)
    """The model: its key `platform/name`, a bare name that one model has, or its hash."""
    name: str = Field(min_length=1)
    """What the tag is called."""


@tool({"model": "fraud_scoring", "name": "latest-reviewed", "actor": "mrm-team"}, role="writer")
def untag(ledger: "Ledger", asked: UntagInput) -> Snapshot:
    """Delete a tag and keep its history; return the event that says so."""
    return ledger.untag(asked.model, asked.name, actor=asked.actor, timestamp=asked.timestamp)


class TagHistoryInput(Dated):
    """Which tag of which model."""

    model: str = Field(min_length=1)
    """The model: its key `platform/name`, a bare name that one model has, or its hash."""
    name: str = Field(min_length=1)
    """What the tag is called."""


class TagHistoryOutput(Value):
    """The moves of a tag."""

    moves: tuple[TagMove, ...]
    """Newest first."""


@tool({"model": "fraud_scoring", "name": "production"}, subject="model")
def tag_history(ledger: "Ledger", asked: TagHistoryInput) -> TagHistoryOutput:
    """List every move of a tag, newest first: from which event to which, by whom, when."""
    return TagHistoryOutput(moves=tuple(ledger.tag_history(asked.model, asked.name, **asked.moment)))


class TagAtInput(Asked):
    """Which tag of which model, and when."""

    model: str = Field(min_length=1)
    """The model: its key `platform/name`, a bare name that one model has, or its hash."""
    name: str = Field(min_length=1)
    """What the tag is called."""
    when: str
    """At which date; a date is the end of its day."""
    known_at: str | None = None
    """As the ledger knew it at this date or time. Left out: now."""


class EventOutput(Value):
    """An event, where there is one."""

    event: Snapshot | None
    """The event; null where there was none."""


@tool({"model": "fraud_scoring", "name": "production", "when": "2099-12-31"}, subject="model")
def tag_at(ledger: "Ledger", asked: TagAtInput) -> EventOutput:
    """Return the event that a tag pointed at at a date."""
    return EventOutput(event=ledger.tag_at(asked.model, asked.name, asked.when, known_at=asked.known_at))

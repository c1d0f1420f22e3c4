"""The tool record: register a model, or append an event to its history."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import Field

from graph_ledger.errors import ModelNotFoundError, ValidationError
from graph_ledger.history.signature import check_labels
from graph_ledger.surfaces.tools.tool import Told, tool
from graph_ledger.values.model import ModelRef
from graph_ledger.values.node import key_of
from graph_ledger.values.snapshot import Snapshot
from graph_ledger.values.value import Value

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger

REGISTERED = "registered"
ELSEWHERE = ("source", "parent", "tags")
"""What a registration cannot say."""
UNSAID = {"owner": "unknown", "model_type": "unknown", "tier": "unclassified", "purpose": ""}
"""What a model is registered with where nobody says."""


class RecordInput(Told):
    """One event of one model."""

    model_name: str = Field(min_length=1, pattern=r"\S")
    """The model: its key `platform/name`, a bare name that one model has, or its hash. With `registered` it may be new."""
    event: str = Field(min_length=1)
    """What happened, such as `retrained`, `deployed`, `validated`; `registered` makes the model known."""
    payload: dict[str, Any] = {}
    """What else is to be said, as JSON: whatever matters."""
    owner: str | None = None
    """With `registered`: who answers for it."""
    model_type: str | None = None
    """With `registered`: what kind of thing it is, such as ml_model, heuristic, etl_job."""
    purpose: str | None = None
    """With `registered`: what it is for."""
    tier: str | None = None
    """With `registered`: how risky it is, such as high, medium, low."""
    platform: str | None = None
    """Where it runs: with `registered`, and wherever a bare name would fit several."""
    status: str | None = None
    """With `registered`: where it is in its life, such as active."""
    source: str | None = None
    """The system that said so, where it was not the actor; not with `registered`."""
    parent: str | None = None
    """The event that this one answers to, by its hash; not with `registered`."""
    tags: dict[str, Any] = {}
    """Labels of the event, as JSON; not with `registered`."""


class RecordOutput(Value):
    """What was recorded."""

    model_name: str
    """Name of the model."""
    model_hash: str
    """Its identity for ever."""
    event_id: str
    """The event's hash. Of a registration that says nothing new: that of the first one."""
    timestamp: datetime
    """When it was so, UTC."""
    is_new_model: bool
    """Whether the model was unknown before."""
    model: ModelRef
    """The model as it is now."""
    snapshot: Snapshot
    """The event, with its place in the chain."""


@tool({"model_name": "fraud_scoring", "event": "reviewed", "actor": "mrm-team", "payload": {"minutes": 45}},
      role="writer", documented=True)  # fmt: skip
def record(ledger: "Ledger", asked: RecordInput) -> RecordOutput:
    """Register a model (`event="registered"`) or append an event to a model's history.

    To register a known model again changes what is said of it and differs, by an event of its own; what is left out stays. Any other
    event needs a model that is there. Findings, tags, groups and dependencies have tools of their own.
    """
    if asked.event == REGISTERED:
        _refuse(asked, ELSEWHERE, "goes with an event, not with a registration")
        return _registered(ledger, asked)
    check_labels(asked.tags)
    _refuse(asked, (*UNSAID, "status"), "goes with a registration; `update` changes what a known model is")
    snapshot = ledger.record(
        _named(asked), event=asked.event, payload=asked.payload, actor=asked.actor, source=asked.source, parent=asked.parent,
        tags=asked.tags, timestamp=asked.timestamp,
    )  # fmt: skip
    return _output(ledger.get(snapshot.model_hash), snapshot, is_new=False)


def _registered(ledger: "Ledger", asked: RecordInput) -> RecordOutput:
    given = {name: value for name in (*UNSAID, "status") if (value := getattr(asked, name)) is not None}
    who: dict[str, Any] = {"actor": asked.actor, "timestamp": asked.timestamp}
    known = _known(ledger, asked)
    if known is None:
        said: dict[str, Any] = {**UNSAID, **given, **({"platform": asked.platform} if asked.platform else {})}
        model = ledger.register(name=asked.model_name, **said, **who, payload=asked.payload or None)
        return _output(model, _first(ledger, model), is_new=True)
    if asked.payload:
        raise ValidationError(f"{known.key} is registered already: record what else is to be said of it as an event of its own")
    if given:
        before = ledger.history(known, event_type="updated")
        model = ledger.update(known, **who, **given)
        if fresh := [event for event in ledger.history(model, event_type="updated") if event not in before]:
            return _output(model, fresh[0], is_new=False)
    return _output(known, _first(ledger, known), is_new=False)


def _refuse(asked: RecordInput, names: Iterable[str], why: str) -> None:
    """Refuse what would be passed over."""
    if strange := [name for name in names if getattr(asked, name)]:
        raise ValidationError(f"{strange[0]}: it {why}")


def _named(asked: RecordInput) -> str:
    return key_of(asked.platform, asked.model_name) if asked.platform else asked.model_name


def _known(ledger: "Ledger", asked: RecordInput) -> ModelRef | None:
    try:
        return ledger.get(_named(asked))
    except ModelNotFoundError:
        return None


def _first(ledger: "Ledger", model: ModelRef) -> Snapshot:
    return ledger.history(model, event_type=REGISTERED, order="asc", limit=1)[0]


def _output(model: ModelRef, snapshot: Snapshot, *, is_new: bool) -> RecordOutput:
    return RecordOutput(
        model_name=model.name, model_hash=model.model_hash, event_id=snapshot.snapshot_hash, timestamp=snapshot.timestamp,
        is_new_model=is_new, model=model, snapshot=snapshot,
    )  # fmt: skip

"""Investigation: one model's whole card, of one moment."""

from datetime import datetime
from typing import Any

from graph_ledger.values.composite import Member, OpenObservation
from graph_ledger.values.lineage import Dependency
from graph_ledger.values.model import ModelRef
from graph_ledger.values.port import DataPort
from graph_ledger.values.snapshot import Snapshot, Tag
from graph_ledger.values.value import Value


class Validation(Value):
    """One validation of a model."""

    timestamp: datetime
    """When it was validated, UTC."""
    actor: str
    """Who recorded it."""
    result: str | None = None
    """What came out; None where nobody said."""
    since_last_change: bool = False
    """Whether the model is still what was validated: nothing of it has changed since."""
    payload: dict[str, Any] = {}
    """Whatever else was said of it."""


class Investigation(Value):
    """What the ledger knows of one model, side by side; every field is of the moment asked for.

    >>> ledger.investigate("ml/fraud").model.name
    'fraud'
    """

    model: ModelRef
    """What it is."""
    known: dict[str, Any] = {}
    """Its metadata, over which the payloads of its own events are laid, the newest last: `accuracy` is the one reported last."""
    events: tuple[Snapshot, ...] = ()
    """What happened to it, newest first: the ten newest, or all."""
    total_events: int = 0
    """How many events it has."""
    sealed_to: int = 0
    """The newest of its events that a seal closes, by its sequence; 0: none is sealed yet."""
    days_since_last_event: int | None = None
    """Whole days since the newest of them, at the moment asked for; None where it has none."""
    inputs: tuple[DataPort, ...] = ()
    """What it reads, whoever writes that."""
    outputs: tuple[DataPort, ...] = ()
    """What it writes, whoever reads that."""
    dependencies: tuple[Dependency, ...] = ()
    """Its direct neighbours, with the evidence."""
    groups: tuple[Member, ...] = ()
    """The groups that it is in."""
    members: tuple[Member, ...] = ()
    """Its members, where it is a group."""
    tags: tuple[Tag, ...] = ()
    """Names that point at its events."""
    validations: tuple[Validation, ...] = ()
    """Every validation, newest first."""
    open_observations: tuple[OpenObservation, ...] = ()
    """Findings issued and not resolved since."""

    @property
    def last_validated(self) -> datetime | None:
        """When it was last validated, whatever came out."""
        return self.validations[0].timestamp if self.validations else None

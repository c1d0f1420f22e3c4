"""Verification: what a recomputation of every stored hash found."""

from typing import Literal

from graph_ledger.values.tables import Table, Tabled, count, fields
from graph_ledger.values.value import Value

FindingKind = Literal["edited", "missing", "reordered", "orphaned", "forged", "drifted"]


class Finding(Value):
    """One place where what is stored is not what was recorded."""

    model: str
    """Key of the model; its hash where the model itself is gone; `seal 3` or `tile 3` where the log is not as it was sealed."""
    sequence: int | None
    """Number of the event; of a missing one the number that it had."""
    kind: FindingKind
    """What must have happened: a field was edited, an event is missing, stands elsewhere or belongs to nobody, a link was forged;
    or what is kept beside the events is not what they say."""
    field: str
    """What does not fit: `content` for whatever the event's own hash covers, else the name of the property."""
    detail: str
    """What was expected and what was found, in words."""


class Verification(Tabled, Value):
    """The result of a verification; `ok` when nothing was found.

    >>> Verification(checked=0, models=0).ok
    True
    """

    ok: bool = True
    """Whether every event is as it was recorded."""
    checked: int
    """How many events were recomputed."""
    models: int
    """How many models they belong to."""
    findings: tuple[Finding, ...] = ()
    """Every place that does not fit, by model and number."""

    def _table(self) -> Table:
        found = "every one as it was recorded" if self.ok else count(len(self.findings), "finding")
        return Table(f"{count(self.checked, 'event')} of {count(self.models, 'model')}: {found}", fields(Finding), self.findings)

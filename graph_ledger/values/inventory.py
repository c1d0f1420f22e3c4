"""Inventory: what differs between two dates."""

from datetime import datetime
from typing import Any

from graph_ledger.values.model import ModelRef
from graph_ledger.values.tables import Table, Tabled, count
from graph_ledger.values.value import Value

COLUMNS = ("change", "model", "field", "old", "new", "actor", "at")


class FieldChange(Value):
    """One field of one model that is not what it was."""

    model: str
    """Key of the model."""
    field: str
    """Which field: owner, tier, status, purpose, model_type, model_origin, platform or metadata."""
    old: Any
    """What it was at the earlier date."""
    new: Any
    """What it was at the later date."""
    actor: str | None = None
    """Who changed it last in between; None where no single event says so."""
    at: datetime | None = None
    """When that was so, UTC."""


class InventoryDiff(Tabled, Value):
    """What came, went and changed between two dates.

    >>> InventoryDiff().changed
    ()
    """

    appeared: tuple[ModelRef, ...] = ()
    """Present at the later date alone, as they were then, by key."""
    went: tuple[ModelRef, ...] = ()
    """Present at the earlier date alone, as they were then, by key."""
    changed: tuple[FieldChange, ...] = ()
    """Fields that differ of models present at both dates, by key and field."""

    def _table(self) -> Table:
        blank = dict.fromkeys(COLUMNS)
        rows = [blank | {"change": change, "model": model.key} for change in ("appeared", "went") for model in getattr(self, change)]
        rows += [{"change": "changed", **dict(each)} for each in self.changed]
        title = f"{len(self.appeared):,} appeared, {len(self.went):,} went, {count(len(self.changed), 'field')} changed"
        return Table(title, COLUMNS, rows)

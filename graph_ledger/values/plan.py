"""Plan: what a run would do, held apart from the doing, so that a person can look first."""

import json
from collections import Counter
from datetime import datetime
from typing import Any, Literal

import pydantic
from pydantic import SerializationInfo, SerializerFunctionWrapHandler, model_serializer

from graph_ledger.errors import ValidationError
from graph_ledger.values.canonical import canonical_json, digest
from graph_ledger.values.listing import RowError
from graph_ledger.values.node import DataNode
from graph_ledger.values.tables import Table, Tabled, count, fields
from graph_ledger.values.value import Value

FORM = 1
Kind = Literal["create", "change", "tombstone"]


class PlannedChange(Value):
    """What would become of one model."""

    kind: Kind
    """`create`: the source sees it for the first time; `change`; `tombstone`: a complete listing does not name it."""
    model: str
    """Key of the model."""
    reasons: tuple[str, ...] = ()
    """Why, in words."""
    opens: tuple[str, ...] = ()
    """Ports that it would be seen to read or write from then on: `reads t`, `writes t`."""
    closes: tuple[str, ...] = ()
    """Ports that it would not be seen to read or write any more."""


class Plan(Tabled, Value):
    """What a run would do to the graph as it is: `apply` does exactly that, or refuses when the graph has moved.

    Source: ``docs/connectors.md``, plan and apply.

    >>> plan = Plan(source="jobs/default", observed_at="2026-06-30T00:00:00Z", complete=True, nodes=(DataNode("a"),))
    >>> Plan.from_json(plan.to_json()) == plan
    True
    """

    form: int = FORM
    """Version of this document's form."""
    source: str
    """Connector name and scope."""
    observed_at: datetime
    """When the source was read, UTC."""
    complete: bool
    """Whether the listing was proved complete, so that what it does not name would be gone."""
    base: dict[str, str] = {}
    """What it stands on: a hash over all that the source had said, and the newest event of each model concerned."""
    changes: tuple[PlannedChange, ...] = ()
    """What would become of which model, tombstones first."""
    unchanged: int = 0
    """Nodes of which nothing but `last_seen` would be written."""
    guard: str | None = None
    """Why the run would be stopped by its guard; None where it would not."""
    broken: RowError | None = None
    """Why the source could not be read to its end, where it broke half-way."""
    errors: tuple[RowError, ...] = ()
    """What could not be read."""
    refused: tuple[RowError, ...] = ()
    """Nodes that would be refused."""
    coverage: dict[str, Any] = {}
    """How much of the source was understood."""
    statements: tuple[dict[str, Any], ...] = ()
    """How well each statement was read."""
    nodes: tuple[DataNode, ...] = ()
    """All that the source listed and that would not be refused."""
    listed: tuple[tuple[str, str], ...] = ()
    """Platform and name of the others: they are listed, so they are not missing."""

    @property
    def digest(self) -> str:
        """SHA-256 over the plan: an edited one is refused."""
        return str(self.model_dump(mode="json")["digest"])

    @property
    def counts(self) -> dict[str, int]:
        """How many models would be created, changed, and marked as gone."""
        found = Counter(change.kind for change in self.changes)
        return {kind: found[kind] for kind in ("create", "change", "tombstone")}

    def to_json(self) -> str:
        """Return the plan as the text of a file, with its digest."""
        return self.model_dump_json()

    @model_serializer(mode="wrap")
    def _with_digest(self, dump: SerializerFunctionWrapHandler, how: SerializationInfo) -> dict[str, Any]:
        found: dict[str, Any] = dump(self)
        return {"digest": digest(canonical_json(found)), **found} if how.mode_is_json() else found

    @classmethod
    def from_json(cls, text: str | bytes) -> "Plan":
        """Read a plan that `to_json` wrote.

        Raises:
            ValidationError: It is no plan, one of another version, or one that was edited.
        """
        try:
            found = json.loads(text)
            said, form = found.pop("digest"), found["form"]
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise ValidationError("this is no plan: `graph-ledger discover ... --plan --out plan.json` writes one") from None
        if form != FORM:
            raise ValidationError(f"this plan has the form {form!r}, and {FORM} is what this version of graph-ledger applies: make it anew")
        try:
            plan = cls.model_validate(found)
        except ValueError as error:
            raise ValidationError(f"this is no plan: {_first(error)}") from None
        if plan.digest != said:
            raise ValidationError("this plan was edited after it was made: make it anew, with a source that says what you want")
        return plan

    def _table(self) -> Table:
        kinds = ", ".join(f"{number:,} {kind}" for kind, number in self.counts.items())
        title = f"{self.source}: {count(len(self.changes), 'change')} ({kinds}), {self.unchanged:,} unchanged"
        return Table(f"{title}; {self.guard}" if self.guard else title, fields(PlannedChange), self.changes)


def _first(error: ValueError) -> str:
    """Say what is wrong first, without the value: a plan is long."""
    if not isinstance(error, pydantic.ValidationError):
        return str(error)
    told = error.errors(include_url=False, include_input=False, include_context=False)[0]
    return f"{'.'.join(map(str, told['loc']))}: {told['msg']}"

"""DiffReport: what changed between two snapshots of a model, event by event."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, StrictStr, model_validator
from typing_extensions import Self

from graph_ledger.values.contracts.events import SCHEMA, aspects_of, check_aspects, label_of
from graph_ledger.values.contracts.kinds import ChangeType, Kind

Label = Annotated[StrictStr, AfterValidator(label_of)]
Aspects = Annotated[dict[StrictStr, Any], AfterValidator(aspects_of)]


class _Open(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)


class ContentItem(_Open):
    """A child that changed, as the event of its container lists it."""

    label: Label
    """The child's label."""
    change_type: ChangeType
    """What happened to it; MODIFIED never counts for the verdict."""


class Event(_Open):
    """What happened to one element."""

    model_config = ConfigDict(json_schema_extra=SCHEMA)

    label: Label
    """Its full dotted path, after any rename."""
    kind: Kind | None = None
    """What it is. Left out: what the ledger knows it as; of something ADDED, PROPERTY with a `parent_label`, else ENTITY."""
    change_type: ChangeType
    """What was done."""
    parent_label: Label | None = None
    """The owner of a PROPERTY or ENUM_VALUE, by its old or new label; it counts where something is ADDED, and is ignored on containers."""
    renamed_from: Label | None = None
    """The label at the start of the report; on MODIFIED alone."""
    aspects: Aspects = {}
    """ADDED: all. MODIFIED: those that changed, each a value or `{"_op": "added|modified|removed", "_value": ...}`. REMOVED: none."""
    content: tuple[ContentItem, ...] | None = None
    """The children that changed, on a container that is MODIFIED."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        check_aspects(self.told_kind, self.change_type, self.aspects)
        if self.change_type is not ChangeType.MODIFIED:
            if self.renamed_from is not None:
                raise ValueError("renamed_from is only valid on MODIFIED")
            if self.content:
                raise ValueError("content is only valid on MODIFIED")
        kind = self.told_kind
        if kind is not None and not kind.is_container:
            if self.parent_label is None:
                raise ValueError(f"parent_label: Field required on {kind}")
            if self.content:
                raise ValueError(f"content is only valid on MODIFIED containers, not on {kind}")
        return self

    @property
    def told_kind(self) -> Kind | None:
        """The kind as far as the event alone tells it."""
        if self.kind is not None or self.change_type is not ChangeType.ADDED:
            return self.kind
        return Kind.ENTITY if self.parent_label is None else Kind.PROPERTY


class DiffReport(_Open):
    """What changed between two snapshots of a model.

    >>> DiffReport.model_validate({"changes": [{"label": "Vehicle", "change_type": "ADDED"}]}).changes[0].told_kind.value
    'ENTITY'
    """

    changes: tuple[Event, ...]
    """The events; what is ADDED is written first, containers before what they hold, all else in this order."""

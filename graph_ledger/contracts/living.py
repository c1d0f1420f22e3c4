"""Living: what of a ledger a sync needs to know, whether it lies in files or in the graph."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graph_ledger.contracts.uris import serial_of
from graph_ledger.values.contracts.change import Counts
from graph_ledger.values.contracts.kinds import Kind


class LivingBinding(NamedTuple):
    """An ACTIVE binding."""

    uri: str
    instance_label: str | None


@dataclass(frozen=True, slots=True)
class LivingConcept:
    """A concept that is ACTIVE, with its ACTIVE revision, contract and bindings."""

    concept_uri: str
    label: str
    kind: Kind
    parent_uri: str | None = None
    previous_labels: tuple[str, ...] = ()
    instances: tuple[str, ...] = ()
    revision_uri: str | None = None
    contract_uri: str | None = None
    bindings: tuple[LivingBinding, ...] = ()
    """In the order of their serials, on whatever contract of the concept."""
    aspects: Mapping[str, Any] | None = None
    """All aspects but an entity's instances; None where they are not known, as from files."""

    @property
    def serial(self) -> int:
        """The serial that its URI ends with."""
        return serial_of(self.concept_uri)


@dataclass(frozen=True, slots=True)
class Living:
    """A namespace, its four next serials, and its living concepts by label.

    A part of the concepts will do: those with a label that the report names (as ``label``, ``renamed_from`` or ``parent_label``), their
    owners, and what belongs to them.
    """

    namespace: str
    counters: Counts = field(default_factory=Counts)
    """The next serial of each table."""
    concepts: Mapping[str, LivingConcept] = field(default_factory=dict)

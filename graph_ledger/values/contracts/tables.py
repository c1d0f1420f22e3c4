"""Tables: the four tables of a contract ledger, as plain rows."""

from dataclasses import dataclass
from typing import NamedTuple

from graph_ledger.values.contracts.kinds import Kind, Status


class ConceptRow(NamedTuple):
    """The agreed meaning of an element: its URI never changes."""

    serial: int
    concept_uri: str
    current_label: str
    previous_labels: tuple[str, ...]
    kind: Kind
    status: Status
    parent_uri: str | None
    instances: tuple[str, ...]


class RevisionRow(NamedTuple):
    """One change of a concept, harmless or not."""

    serial: int
    concept_uri: str
    revision_uri: str
    previous_revision_uri: str | None
    status: Status


class ContractRow(NamedTuple):
    """What producers and consumers agree on; a new one with every breaking change."""

    serial: int
    concept_uri: str
    contract_uri: str
    revision_uri: str
    status: Status


class BindingRow(NamedTuple):
    """A runtime address of a property: one for each instance of its entity, or a single one."""

    serial: int
    contract_uri: str
    binding_uri: str
    instance_label: str | None
    status: Status


@dataclass(frozen=True, slots=True)
class Tables:
    """The four tables, each in the order of its serials."""

    concepts: tuple[ConceptRow, ...] = ()
    revisions: tuple[RevisionRow, ...] = ()
    contracts: tuple[ContractRow, ...] = ()
    bindings: tuple[BindingRow, ...] = ()

"""The other tools about data contracts, which a service has and agents do not."""

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from graph_ledger.surfaces.tools.contracts import METADATA, PREFIX, REF, ConceptInput
from graph_ledger.surfaces.tools.events import Events
from graph_ledger.surfaces.tools.tool import Asked, Dated, Told, tool
from graph_ledger.values.contracts.change import SyncResult
from graph_ledger.values.contracts.concept import Binding, Census, Concept
from graph_ledger.values.contracts.kinds import ANY, Kind, Profile, Status
from graph_ledger.values.contracts.metadata import Metadata
from graph_ledger.values.contracts.namespace import DataModel
from graph_ledger.values.contracts.tables import BindingRow, ConceptRow, ContractRow, RevisionRow, Tables
from graph_ledger.values.snapshot import Snapshot
from graph_ledger.values.value import Value

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger


class NamespacesInput(Asked):
    """Nothing: all of them."""


class Namespaces(Value):
    """Data models."""

    namespaces: tuple[DataModel, ...]
    """By prefix."""


@tool({}, address="contracts/namespaces")
def contract_namespaces(ledger: "Ledger", asked: NamespacesInput) -> Namespaces:
    """List the data models that there are: prefix, namespace, newest release, living elements, when it was synced last."""
    del asked
    return Namespaces(namespaces=tuple(ledger.contracts.namespaces()))


class ConceptListInput(Dated):
    """Of which data model, and which of its elements."""

    prefix: str | None = Field(default=None, min_length=1)
    """The namespace. Left out: all of them."""
    kind: Kind | None = None
    """What they are. Left out: all kinds."""
    status: Status | Literal["ANY"] = Status.ACTIVE
    """Where they stand; `ANY`: removed ones too."""


class Concepts(Value):
    """Elements of data models."""

    concepts: tuple[Concept, ...]
    """By namespace and serial."""


@tool({"prefix": PREFIX, "kind": "PROPERTY"}, address="contracts")
def contract_list(ledger: "Ledger", asked: ConceptListInput) -> Concepts:
    """List the elements of a data model, or of all, each with the contract that holds and the addresses at which it is met."""
    status = None if asked.status == ANY else asked.status
    return Concepts(concepts=tuple(ledger.contracts.list(asked.prefix, kind=asked.kind, status=status, **asked.moment)))


@tool({"ref": REF}, address="contracts/history")
def contract_history(ledger: "Ledger", asked: ConceptInput) -> Events:
    """List the revisions of an element, newest first, whatever it was called."""
    return Events(events=tuple(ledger.contracts.history(asked.ref, **asked.moment)))


class ContractPrefixInput(Asked):
    """Of which data model."""

    prefix: str = Field(min_length=1)
    """The namespace."""


class BindingInput(Dated):
    """Which binding of which data model."""

    prefix: str = Field(min_length=1)
    """The namespace."""
    serial: str = Field(min_length=1)
    """The serial, as a payload carries it, or the URI."""


@tool({"prefix": PREFIX, "serial": "0"})
def contract_binding(ledger: "Ledger", asked: BindingInput) -> Binding:
    """Say what a bare serial in a payload stands for, as of a date, and what took its place."""
    found: Binding = ledger.contracts.binding(asked.prefix, asked.serial, **asked.moment)
    return found


class CensusElement(Asked):
    """An element of a composed model."""

    label: str
    """Its label."""
    kind: Kind
    """What it is."""


class CensusInput(ContractPrefixInput):
    """A composed model, and the data model that it should be."""

    elements: tuple[CensusElement, ...] = Field(max_length=1_000_000)
    """Every element of the composed model."""


@tool({"prefix": PREFIX, "elements": [{"label": "Account", "kind": "ENTITY"}]})
def contract_census(ledger: "Ledger", asked: CensusInput) -> Census:
    """Compare the elements of a composed model with a namespace; all findings at once."""
    found: Census = ledger.contracts.census(asked.prefix, [(each.label, each.kind) for each in asked.elements])
    return found


class LedgerTables(Value):
    """The four tables of a contract ledger, each row a list in the order of the seed columns."""

    concepts: tuple[ConceptRow, ...] = ()
    """serial, concept_uri, current_label, previous_labels, kind, status, parent_uri, instances."""
    revisions: tuple[RevisionRow, ...] = ()
    """serial, concept_uri, revision_uri, previous_revision_uri, status."""
    contracts: tuple[ContractRow, ...] = ()
    """serial, concept_uri, contract_uri, revision_uri, status."""
    bindings: tuple[BindingRow, ...] = ()
    """serial, contract_uri, binding_uri, instance_label, status."""


@tool({"prefix": PREFIX})
def contract_tables(ledger: "Ledger", asked: ContractPrefixInput) -> LedgerTables:
    """Return the four tables of a namespace, from which its files are written."""
    found = ledger.contracts.tables(asked.prefix)
    return LedgerTables(concepts=found.concepts, revisions=found.revisions, contracts=found.contracts, bindings=found.bindings)


class ContractImportInput(Told):
    """Four tables, and whose they are."""

    tables: LedgerTables
    """The tables."""
    metadata: Metadata
    """What the data model is called, and its namespace."""
    profile: Profile = "seed"
    """Whose behaviour counts from then on: `seed` or `head`."""


EMPTY = {"tables": {}, "metadata": {**METADATA, "name": "Branches", "id": "https://branches.example/", "preferred_prefix": "branches"}}


@tool({**EMPTY, "actor": "data-team"}, role="writer")
def contract_import(ledger: "Ledger", asked: ContractImportInput) -> SyncResult:
    """Make a namespace of four tables, serials and URIs kept; importing the same again writes nothing."""
    rows = asked.tables
    found: SyncResult = ledger.contracts.import_tables(
        Tables(rows.concepts, rows.revisions, rows.contracts, rows.bindings), metadata=asked.metadata, profile=asked.profile,
        actor=asked.actor, timestamp=asked.timestamp,
    )  # fmt: skip
    return found


class DeclareInput(Told):
    """Which model, and which element."""

    model: str = Field(min_length=1)
    """The model: its key `platform/name`, a bare name that one model has, or its hash."""
    ref: str = Field(min_length=1)
    """The element: `PREFIX:LABEL` with any label, old or new, a URI of a concept, revision, contract or binding, or a runtime path."""
    contract: str | None = Field(default=None, min_length=1)
    """URI of the contract that the model was built against. Left out: the one that holds now."""


class Declared(Value):
    """The events of both ends."""

    model: Snapshot
    """That of the model."""
    container: Snapshot
    """That of what holds the element."""


SAID = {"model": "ecl_model", "ref": "bank:Account.Arrears", "actor": "risk-team"}


@tool(SAID, role="writer")
def contract_consume(ledger: "Ledger", asked: DeclareInput) -> Declared:
    """Let a model read an element, and pin it to the contract that it was built against."""
    model, container = ledger.contracts.consume(
        asked.model, asked.ref, actor=asked.actor, contract=asked.contract, timestamp=asked.timestamp
    )  # fmt: skip
    return Declared(model=model, container=container)


@tool({**SAID, "model": "core_banking"}, role="writer")
def contract_produce(ledger: "Ledger", asked: DeclareInput) -> Declared:
    """Let a model write an element, and pin it to the contract that it keeps."""
    model, container = ledger.contracts.produce(
        asked.model, asked.ref, actor=asked.actor, contract=asked.contract, timestamp=asked.timestamp
    )  # fmt: skip
    return Declared(model=model, container=container)

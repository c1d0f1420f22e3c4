"""Draft: a ledger while a report is worked through; each step mints its rows and notes whose status it changes."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_ledger.contracts.delta import Delta
from graph_ledger.contracts.living import Living, LivingBinding, LivingConcept
from graph_ledger.contracts.uris import Table, mint, serial_of
from graph_ledger.errors import SyncError
from graph_ledger.values.contracts.change import Change, Counts
from graph_ledger.values.contracts.kinds import Kind, Status
from graph_ledger.values.contracts.tables import BindingRow, ConceptRow, ContractRow, RevisionRow


@dataclass(slots=True)
class Held:
    """A concept while a report is worked through."""

    uri: str
    label: str
    kind: Kind
    parent_uri: str | None
    previous: tuple[str, ...]
    instances: tuple[str, ...]
    revision: str | None
    contract: str | None
    bindings: list[LivingBinding]
    aspects: Mapping[str, Any] | None
    status: Status = Status.ACTIVE
    is_new: bool = False

    def row(self) -> ConceptRow:
        """Return its row as it stands."""
        return ConceptRow(serial_of(self.uri), self.uri, self.label, self.previous, self.kind, self.status, self.parent_uri, self.instances)


class Draft:
    """What is there, what is new, and what has changed; one step of an event is one call."""

    def __init__(self, living: Living) -> None:
        self.living = living
        self._next = dict(living.counters)
        self._held: dict[str, Held] = {}
        self._at_start = {concept.concept_uri: concept for concept in living.concepts.values()}
        self._children: defaultdict[str, list[str]] = defaultdict(list)
        for concept in sorted(living.concepts.values(), key=lambda each: each.serial):
            if concept.parent_uri is not None:
                self._children[concept.parent_uri].append(concept.concept_uri)
        self._revisions: dict[str, RevisionRow] = {}
        self._contracts: dict[str, ContractRow] = {}
        self._bindings: dict[str, BindingRow] = {}
        self._statuses: dict[str, Status] = {}
        self._aspects: dict[str, Mapping[str, Any]] = {}
        self.changes: list[Change] = []

    def held(self, uri: str | None) -> Held | None:
        """Return a concept as it stands now; None where it is not a living one of this ledger's."""
        if uri is None:
            return None
        if uri not in self._held:
            concept = self._at_start.get(uri)
            if concept is None:
                return None
            self._held[uri] = _held(concept)
        return self._held[uri]

    def children(self, container: Held) -> list[Held]:
        """Return what belongs to a container and is not removed, in the order of their serials."""
        held = (self.held(uri) for uri in self._children.get(container.uri, ()))
        return [child for child in held if child is not None and child.status is Status.ACTIVE]

    def add(self, label: str, kind: Kind, parent: Held | None, instances: tuple[str, ...], aspects: Mapping[str, Any]) -> Held:
        """Mint a concept with its first revision and contract, and with its bindings where it is a property."""
        uri, parent_uri = self._mint("concepts"), None if parent is None else parent.uri
        held = Held(uri, label, kind, parent_uri, (), instances, None, None, [], aspects, is_new=True)
        self._held[uri] = held
        if parent_uri is not None:
            self._children[parent_uri].append(uri)
        self.revise(held)
        self.renew(held)
        self.settle(held)
        self.describe(held, aspects)
        return held

    def revise(self, held: Held, status: Status = Status.ACTIVE) -> str:
        """Mint a revision chained to the ACTIVE one, which it supersedes."""
        uri = self._mint("revisions")
        self._revisions[uri] = RevisionRow(serial_of(uri), held.uri, uri, held.revision, status)
        self._set(held.revision, Status.SUPERSEDED)
        held.revision = uri
        return uri

    def renew(self, held: Held) -> str:
        """Mint a contract for the revision of now; the one before is superseded."""
        if held.revision is None:
            raise SyncError(f"{held.label!r} has no ACTIVE revision that a contract could stand on")
        uri = self._mint("contracts")
        self._contracts[uri] = ContractRow(serial_of(uri), held.uri, uri, held.revision, Status.ACTIVE)
        self._set(held.contract, Status.SUPERSEDED)
        held.contract = uri
        return uri

    def rebind(self, held: Held) -> None:
        """Supersede all bindings of a property, and mint a full set on its contract."""
        for binding in held.bindings:
            self._set(binding.uri, Status.SUPERSEDED)
        held.bindings = []
        self.settle(held)

    def settle(self, held: Held) -> None:
        """Let a property have one binding for each instance, or a single one: drop what is too much, mint what is missing."""
        if held.kind is not Kind.PROPERTY:
            return
        wanted: tuple[str | None, ...] = held.instances or (None,)
        among = set(wanted)
        kept = {binding.instance_label: binding for binding in held.bindings if binding.instance_label in among}
        for binding in held.bindings:
            if kept.get(binding.instance_label) != binding:
                self._set(binding.uri, Status.REMOVED)
        held.bindings = [*kept.values(), *(self._bind(held, label) for label in wanted if label not in kept)]

    def remove(self, held: Held) -> None:
        """Close a concept, its contract and its bindings with a last revision."""
        self.revise(held, Status.REMOVED)
        self._set(held.contract, Status.REMOVED)
        for binding in held.bindings:
            self._set(binding.uri, Status.REMOVED)
        held.status, held.contract, held.bindings = Status.REMOVED, None, []

    def describe(self, held: Held, aspects: Mapping[str, Any]) -> None:
        """Note all aspects of a concept."""
        held.aspects = self._aspects[held.uri] = aspects

    def removed(self) -> list[Held]:
        """Return what was removed."""
        return [held for held in self._held.values() if held.status is Status.REMOVED]

    def delta(self, warnings: tuple[str, ...]) -> Delta:
        """Return what is new and what has changed."""
        rows = [(held, held.row()) for held in self._held.values()]
        return Delta(
            concepts=tuple(row for held, row in rows if held.is_new),
            revisions=tuple(self._revisions.values()),
            contracts=tuple(self._contracts.values()),
            bindings=tuple(self._bindings.values()),
            updated=tuple(row for held, row in rows if not held.is_new and row != _held(self._at_start[held.uri]).row()),
            statuses=self._statuses,
            aspects=self._aspects,
            changes=tuple(self.changes),
            warnings=warnings,
            counters=Counts(**self._next),
        )

    def _bind(self, held: Held, instance: str | None) -> LivingBinding:
        if held.contract is None:
            raise SyncError(f"{held.label!r} has no ACTIVE contract that a binding could stand on")
        uri = self._mint("bindings")
        self._bindings[uri] = BindingRow(serial_of(uri), held.contract, uri, instance, Status.ACTIVE)
        return LivingBinding(uri, instance)

    def _mint(self, table: Table) -> str:
        serial = self._next[table]
        self._next[table] = serial + 1
        return mint(self.living.namespace, table, serial)

    def _set(self, uri: str | None, status: Status) -> None:
        """Change the status of a row: of a new one in place, of one that was there as a note."""
        if uri is None:
            return
        if uri in self._revisions:
            self._revisions[uri] = self._revisions[uri]._replace(status=status)
        elif uri in self._contracts:
            self._contracts[uri] = self._contracts[uri]._replace(status=status)
        elif uri in self._bindings:
            self._bindings[uri] = self._bindings[uri]._replace(status=status)
        else:
            self._statuses[uri] = status


def _held(concept: LivingConcept) -> Held:
    return Held(
        concept.concept_uri, concept.label, concept.kind, concept.parent_uri, concept.previous_labels, concept.instances,
        concept.revision_uri, concept.contract_uri, list(concept.bindings), concept.aspects,
    )  # fmt: skip

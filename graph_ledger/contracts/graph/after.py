"""After: what of a namespace is living once a report is worked in, and at which addresses it is met."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from graph_ledger.contracts.delta import Delta
from graph_ledger.contracts.living import Living, LivingBinding, LivingConcept
from graph_ledger.values.contracts.kinds import Status
from graph_ledger.values.contracts.tables import ConceptRow

Concepts = Mapping[str, LivingConcept]
"""Living concepts by their URI."""


def living_after(living: Living, delta: Delta) -> Concepts:
    """Return the living concepts by their URI after a report."""
    found = {concept.concept_uri: concept for concept in living.concepts.values()}
    for row in (*delta.concepts, *delta.updated):
        if row.status is not Status.ACTIVE:
            found.pop(row.concept_uri, None)
        else:
            found[row.concept_uri] = _told(found.get(row.concept_uri), row)
    _revised(found, delta)
    _bound(found, delta)
    for uri, aspects in delta.aspects.items():
        if uri in found:
            found[uri] = replace(found[uri], aspects=aspects)
    return found


def path_of(concept: LivingConcept, owner: LivingConcept | None, instance: str | None) -> str:
    """Return the address at which a property is met: its label, with the instance behind that of its owner.

    Source: ``docs/contracts/graph.md``, addresses.
    """
    return concept.label if instance is None or owner is None else address(concept.label, owner.label, instance)


def address(label: str, owner: str, instance: str) -> str:
    """Return the address of one instance, by the labels of a property and its entity.

    >>> address("Vehicle.Door.IsOpen", "Vehicle.Door", "Left")
    'Vehicle.Door.Left.IsOpen'
    """
    rest = label[len(owner) + 1 :] if label.startswith(f"{owner}.") else label.rpartition(".")[2]
    return f"{owner}.{instance}.{rest}"


def addresses(labels: Iterable[str], owners: Iterable[str], instance: str) -> Iterator[str]:
    """Yield every address that labels, old and new, of a property and its entity give an instance; that of now first."""
    owned = tuple(owners)
    return (address(label, owner, instance) for label in labels for owner in owned)


def _told(before: LivingConcept | None, row: ConceptRow) -> LivingConcept:
    concept = before or LivingConcept(row.concept_uri, row.current_label, row.kind, row.parent_uri)
    return replace(concept, label=row.current_label, previous_labels=row.previous_labels, instances=row.instances)


def _revised(found: dict[str, LivingConcept], delta: Delta) -> None:
    for revision in delta.revisions:
        if revision.status is Status.ACTIVE and revision.concept_uri in found:
            found[revision.concept_uri] = replace(found[revision.concept_uri], revision_uri=revision.revision_uri)
    for contract in delta.contracts:
        if contract.status is Status.ACTIVE and contract.concept_uri in found:
            found[contract.concept_uri] = replace(found[contract.concept_uri], contract_uri=contract.contract_uri)


def _bound(found: dict[str, LivingConcept], delta: Delta) -> None:
    """Bindings of now stand on the contract of now, unless they were there before."""
    holders = {concept.contract_uri: uri for uri, concept in found.items()}
    came: dict[str, list[LivingBinding]] = defaultdict(list)
    for row in delta.bindings:
        if row.status is Status.ACTIVE and row.contract_uri in holders:
            came[holders[row.contract_uri]].append(LivingBinding(row.binding_uri, row.instance_label))
    ended = delta.statuses.keys()
    for uri, concept in found.items():
        kept = tuple(binding for binding in concept.bindings if binding.uri not in ended)
        if kept != concept.bindings or uri in came:
            found[uri] = replace(concept, bindings=(*kept, *came[uri]))

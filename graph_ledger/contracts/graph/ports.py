"""Ports: by which names the elements of a data model are written and read in the graph."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from graph_ledger.contracts.graph.after import Concepts, addresses, path_of
from graph_ledger.contracts.living import LivingConcept
from graph_ledger.values.contracts.kinds import Kind
from graph_ledger.values.port import folded

VOCABULARY = (Kind.ENUMERATION_SET, Kind.ENUM_VALUE)


class Ports(NamedTuple):
    """What one container writes and reads, by identifier, in order and each once."""

    outputs: tuple[str, ...]
    inputs: tuple[str, ...]


def port_of(prefix: str, name: str) -> str:
    """Return the identifier of the port of a label, or of an address.

    >>> port_of("mp", "Vehicle.Speed")
    'mp:vehicle.speed'
    """
    return folded(f"{prefix}:{name}")


def ports_of(prefix: str, concepts: Concepts) -> dict[str, Ports]:
    """Return the ports of every container by its URI.

    A container writes itself, each of its elements, each address of these, and each name that any of them once had, until a living
    concept takes that name; it reads the vocabulary that its elements refer to.
    """
    children: dict[str, list[LivingConcept]] = defaultdict(list)
    for concept in concepts.values():
        if concept.parent_uri is not None:
            children[concept.parent_uri].append(concept)
    taken = taken_by(prefix, concepts)
    named = by_name(concepts)
    found = {}
    for uri, container in concepts.items():
        if container.kind.is_container:
            own = sorted(children[uri], key=lambda each: each.serial)
            outputs = dict.fromkeys(_outputs(prefix, container, own, taken))
            read = (concepts[other] for child in (container, *own) for _, other in references(child, named))
            inputs = dict.fromkeys(port_of(prefix, each.label) for each in read if each.kind in VOCABULARY)
            found[uri] = Ports(tuple(outputs), tuple(each for each in inputs if each not in outputs))
    return found


def taken_by(prefix: str, concepts: Concepts) -> set[str]:
    """Return the ports that living concepts have now, by their labels and by their addresses: no old name keeps one of these."""
    found = {port_of(prefix, concept.label) for concept in concepts.values()}
    for concept in concepts.values():
        owner = concepts.get(str(concept.parent_uri))
        found |= {port_of(prefix, path_of(concept, owner, each.instance_label)) for each in concept.bindings}
    return found


def by_name(concepts: Concepts) -> Mapping[str, str]:
    """Return the URI of each living concept, by its label and by its URI."""
    return {name: uri for uri, concept in concepts.items() for name in (concept.label, uri)}


def references(concept: LivingConcept, named: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield which aspects name another concept, and which one."""
    for aspect, value in sorted((concept.aspects or {}).items()):
        for each in _texts(value):
            uri = named.get(each)
            if uri is not None and uri not in (concept.concept_uri, concept.parent_uri):
                yield aspect, uri


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        return (value,)
    return (each for each in value if isinstance(each, str)) if isinstance(value, (list, tuple)) else ()


def _outputs(prefix: str, container: LivingConcept, own: Iterable[LivingConcept], taken: set[str]) -> Iterator[str]:
    elements = (container, *own)
    for each in elements:
        yield port_of(prefix, each.label)
    for each in elements:
        for binding in each.bindings:
            if binding.instance_label is not None:
                yield port_of(prefix, path_of(each, container, binding.instance_label))
    for each in elements:
        old = list(each.previous_labels)
        for binding in each.bindings:
            if binding.instance_label is not None:
                names = (each.label, *each.previous_labels), (container.label, *container.previous_labels)
                old += list(addresses(*names, binding.instance_label))[1:]
        yield from (port for name in old if (port := port_of(prefix, name)) not in taken)

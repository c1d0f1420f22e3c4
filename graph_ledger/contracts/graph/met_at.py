"""Met at: by which ports whoever is hit by a change meets the element."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from graph_ledger.contracts.gate.clash import Clash
from graph_ledger.contracts.graph.after import Concepts, addresses, path_of
from graph_ledger.contracts.graph.ports import port_of, taken_by
from graph_ledger.contracts.living import LivingConcept


class MetAt(NamedTuple):
    """Where an element is met."""

    ports: tuple[str, ...]
    """Identifiers, each once."""
    container: str | None
    """Concept URI of its container, or its own where it is one; None where that is new."""


class Meeting:
    """The elements that were living before a report."""

    def __init__(self, prefix: str, before: Concepts, after: Concepts) -> None:
        self._prefix, self._before, self._after = prefix, before, after
        self._taken = taken_by(prefix, before)
        self._children: defaultdict[str, list[LivingConcept]] = defaultdict(list)
        for concept in before.values():
            if concept.parent_uri is not None:
                self._children[concept.parent_uri].append(concept)

    def met_at(self, clash: Clash) -> MetAt:
        """Return the ports of an element: its name now, before and after the report, its addresses, and those of its whole container.

        Where an entity loses instances, those of its properties count too: their addresses of these instances, and their names.
        """
        now, then = self._before.get(clash.concept_uri), self._after.get(clash.concept_uri)
        parent = next((each.parent_uri for each in (now, then) if each is not None), None)
        owner = self._before.get(str(parent))
        ports = [name for each in (now, then, owner) if each is not None for name in self._names(each)]
        if now is not None and owner is not None:
            ports += [port for binding in now.bindings for port in self._addresses(now, owner, binding.instance_label)]
        if now is not None:
            ports += [port for child in self._children[now.concept_uri] for port in self._lost(child, now, clash)]
        container = owner or (now if parent is None else None)
        return MetAt(tuple(dict.fromkeys(ports)), None if container is None else container.concept_uri)

    def _names(self, concept: LivingConcept) -> Iterator[str]:
        """Yield the port of a label, and those of previous ones that no living element has taken."""
        yield port_of(self._prefix, concept.label)
        yield from (old for name in concept.previous_labels if (old := port_of(self._prefix, name)) not in self._taken)

    def _lost(self, child: LivingConcept, entity: LivingConcept, clash: Clash) -> Iterator[str]:
        if clash.lost and child.bindings:
            yield from self._names(child)
            yield from (port for instance in clash.lost for port in self._addresses(child, entity, instance))

    def _addresses(self, concept: LivingConcept, owner: LivingConcept, instance: str | None) -> Iterator[str]:
        """Yield the port of an address, and those of previous ones that no living element has taken."""
        yield port_of(self._prefix, path_of(concept, owner, instance))
        if instance is not None:
            old = addresses((concept.label, *concept.previous_labels), (owner.label, *owner.previous_labels), instance)
            yield from (port for name in old if (port := port_of(self._prefix, name)) not in self._taken)

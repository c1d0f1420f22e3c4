"""Work: one report worked into a namespace, before anything is written."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graph_ledger.contracts.graph.bound import binding_changes, told_of
from graph_ledger.contracts.graph.planned import Planned
from graph_ledger.contracts.graph.ports import Ports, ports_of
from graph_ledger.contracts.living import LivingConcept
from graph_ledger.discovery.load import Load
from graph_ledger.history.draft import Draft
from graph_ledger.values.contracts.change import Change
from graph_ledger.values.contracts.kinds import ChangeType, Status

CHANGED, SYNCED = "contract_changed", "contracts_synced"


@dataclass
class Work(Planned):
    """A plan, who says so, and what of it is written."""

    load: Load
    imported: bool = False
    """Whether the rows come from files, with serials and a past of their own."""
    events: list[str] = field(default_factory=list)
    """Hashes of the events that were written."""
    revisions: list[list[str]] = field(default_factory=list)
    """Of each revision that was written: hash of its event, revision URI, concept URI."""

    @property
    def at(self) -> int:
        """Time of the report, microseconds."""
        return self.load.at

    def key_of(self, label: str) -> str:
        """Return the key of the container of a label."""
        return f"{self.namespace.prefix}/{label}"

    @cached_property
    def new(self) -> list[str]:
        """URIs of the containers that are made."""
        return [uri for uri, concept in self.after.items() if concept.kind.is_container and uri not in self.before]

    @cached_property
    def gone(self) -> dict[str, LivingConcept]:
        """Concepts that are removed, by their URI, as they were last; those among them that are new, too."""
        revisions = {row.concept_uri: row.revision_uri for row in self.delta.revisions}
        contracts = {uri: concept.contract_uri for uri, concept in self.before.items()}
        contracts |= {row.concept_uri: row.contract_uri for row in self.delta.contracts}
        return {
            row.concept_uri: LivingConcept(
                row.concept_uri, row.current_label, row.kind, row.parent_uri, row.previous_labels, row.instances,
                revisions.get(row.concept_uri), contracts.get(row.concept_uri), aspects=self._aspects(row.concept_uri),
            )
            for row in (*self.delta.concepts, *self.delta.updated)
            if row.concept_uri not in self.after
        }  # fmt: skip

    def last(self, uri: str) -> LivingConcept:
        """Return a concept as it is, or as it was last."""
        return self.after.get(uri) or self.gone[uri]

    def _aspects(self, uri: str) -> Mapping[str, Any] | None:
        if uri in self.delta.aspects:
            return self.delta.aspects[uri]
        return self.before[uri].aspects if uri in self.before else None

    @cached_property
    def removed(self) -> list[str]:
        """URIs of the containers that go."""
        return [uri for uri, concept in self.before.items() if concept.kind.is_container and uri not in self.after]

    @cached_property
    def renamed(self) -> list[str]:
        """URIs of the containers that get another name."""
        return [uri for uri in self.keys if uri in self.after and self.after[uri].label != self.before[uri].label]

    @cached_property
    def ports(self) -> dict[str, Ports]:
        """What each container will write and read, by its URI."""
        return ports_of(self.namespace.prefix, self.after)

    @cached_property
    def touched(self) -> list[str]:
        """URIs of the containers that stay, and write or read something else than before."""
        before = ports_of(self.namespace.prefix, self.before)
        return [uri for uri, ports in self.ports.items() if uri in before and ports != before[uri]]

    @cached_property
    def told(self) -> dict[str, list[tuple[Change, Draft]]]:
        """The revisions by the URI of the container on whose history they stand."""
        found: dict[str, list[tuple[Change, Draft]]] = defaultdict(list)
        previous = {row.revision_uri: row.previous_revision_uri for row in self.delta.revisions}
        bound = binding_changes(self.before, self.delta)
        for change in self.delta.changes:
            uri = change.concept_uri if change.kind.is_container else str(change.parent_uri)
            payload = self._payload(change, previous[change.revision_uri]) | told_of(change.concept_uri, bound, self._silent)
            source = self.namespace.source
            found[uri].append((change, Draft(CHANGED, self.asked.actor, self.at, payload, source, unheard=self.namespace.key)))
        return found

    @cached_property
    def _silent(self) -> dict[str, list[str]]:
        """URIs of the properties that have no revision in this report, by the URI of their entity."""
        heard = {change.concept_uri for change in self.delta.changes}
        found: dict[str, list[str]] = defaultdict(list)
        for uri, concept in self.before.items():
            if concept.parent_uri is not None and uri not in heard:
                found[concept.parent_uri].append(uri)
        return found

    def _payload(self, change: Change, previous: str | None) -> dict[str, Any]:
        """What the event of a revision says: what changed, and all that the concept is afterwards."""
        said = change.model_dump(mode="json")
        said["previous_revision_uri"] = previous
        said["status"] = str(Status.REMOVED if change.change_type is ChangeType.REMOVED else Status.ACTIVE)
        concept = self.last(change.concept_uri)
        said["previous_labels"] = list(concept.previous_labels)
        said["active_contract_uri"] = concept.contract_uri
        said["report_hash"] = self.asked.report_hash
        if self.asked.release is not None:
            said["release"] = self.asked.release
        if self.imported:
            said["imported"] = True
        return said

    def noted(self, uri: str, events: list[dict[str, Any]], since: int) -> None:
        """Keep which events of a container hold its revisions; ``since`` is the place of the first."""
        names = [str(event["snapshot_hash"]) for event in events]
        self.events += names
        for (change, _), name in zip(self.told.get(uri, ()), names[since:], strict=False):
            self.revisions.append([name, change.revision_uri, change.concept_uri])

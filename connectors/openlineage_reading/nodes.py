"""From events to nodes, without any file: for a connector that reads them, and for a service that is sent them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from graph_ledger.connectors.merging import merged
from graph_ledger.connectors.openlineage_reading.datasets import fields, identifier
from graph_ledger.connectors.openlineage_reading.events import Dataset, Event, Named, event_of
from graph_ledger.connectors.openlineage_reading.facets import said_by
from graph_ledger.connectors.openlineage_reading.jobs import Job
from graph_ledger.errors import ValidationError
from graph_ledger.values.listing import RowError
from graph_ledger.values.moment import isoformat
from graph_ledger.values.node import DataNode, check_name, check_platform

MOST_SHARED = 20


@dataclass
class Found:
    """What events come to."""

    nodes: list[DataNode]
    errors: list[RowError] = field(default_factory=list)
    coverage: dict[str, Any] = field(default_factory=dict)


def nodes_of(events: Iterable[Any], *, platform: str = "openlineage", qualified: bool = False) -> Found:
    """Fold events into one node a job, whatever order they come in; a bad event is an error, and the others count.

    Args:
        events: As they were sent, as mappings of JSON.
        platform: The platform of the nodes, and part of their identity.
        qualified: Put the namespace in front of every dataset's name, not of paths and topics alone.
    Source: ``docs/connectors/openlineage.md``.

    >>> job = {"namespace": "etl", "name": "daily"}
    >>> event = {"eventTime": "2026-06-30T12:00:00Z", "job": job, "outputs": [{"namespace": "bigquery", "name": "p.d.orders"}]}
    >>> nodes_of([event, {"job": job}]).nodes[0].outputs
    (DataPort('p.d.orders'),)
    """
    folding = Folding(platform=platform, qualified=qualified)
    for number, event in enumerate(events, 1):
        folding.take(event, f"event {number}")
    return folding.found()


def check_event(given: Any) -> None:
    """Refuse what is no event, before it is kept.

    Raises:
        ValidationError: It is not what OpenLineage describes; the message names the field.

    >>> check_event({"eventTime": "2026-06-30T12:00:00Z"})
    Traceback (most recent call last):
    graph_ledger.errors.ValidationError: an event names a job or a dataset, and this one names none
    """
    folding = Folding(platform="", qualified=False)
    folding.take(given, "event")
    if folding.errors:
        raise ValidationError(folding.errors[0].reason)


class Folding:
    """Takes events one by one, and holds no more of them than the jobs they come to."""

    def __init__(self, *, platform: str, qualified: bool) -> None:
        self.platform = check_platform(platform)
        self.errors: list[RowError] = []
        self._naming = partial(identifier, qualified=qualified)
        self._jobs: dict[Named, Job] = {}
        self._events = 0
        self._schemas: dict[str, tuple[datetime, dict[str, str]]] = {}
        self._namespaces: dict[str, set[str]] = {}

    def take(self, given: Any, where: str) -> None:
        """Take in one event; a bad one is an error and changes nothing."""
        try:
            event = event_of(given)
            if event.job is not None:
                check_name("/".join(event.job))
                self._take(event, event.job)
            self._note_datasets(event)
            self._events += 1
        except (ValidationError, TypeError) as error:
            self.errors.append(RowError(where=where, reason=str(error)))

    def _take(self, event: Event, named: Named) -> None:
        job = self._jobs.get(named, Job())
        job.take(event, self._naming)
        self._jobs[named] = job

    def touched(self, given: Any) -> set[str]:
        """Return the names of the jobs on which an event that was taken in tells something: its own, and those that write its datasets."""
        event = event_of(given)
        datasets = [each for each in _datasets(event) if fields(each) is not None]
        ports = {self._naming(each.namespace, each.name) for each in datasets}
        own = set() if event.job is None else {"/".join(event.job)}
        return own | {"/".join(named) for named, job in self._jobs.items() if ports and not ports.isdisjoint(job.now().outputs)}

    def nodes(self, names: Collection[str]) -> list[DataNode]:
        """Return what the jobs of these names are by now."""
        return merged(self._node(named, job) for named, job in sorted(self._jobs.items()) if "/".join(named) in names)

    def found(self) -> Found:
        """Return what the events come to."""
        shared = sorted(port for port, namespaces in self._namespaces.items() if len(namespaces) > 1)
        coverage: dict[str, Any] = {"events": self._events, "jobs": len(self._jobs), "datasets": len(self._namespaces)}
        if shared:
            coverage["in_several_namespaces"] = shared[:MOST_SHARED]
        # Namespace and name of two jobs may come to one text, as both may hold slashes.
        nodes = merged(self._node(named, job) for named, job in sorted(self._jobs.items()))
        return Found(nodes, self.errors, coverage)

    def _node(self, named: Named, job: Job) -> DataNode:
        run = job.now()
        outputs = sorted(run.outputs)
        schemas = {port: self._schemas[port][1] for port in outputs if port in self._schemas}
        metadata = {
            **said_by(job.facets),
            **({"schemas": schemas} if schemas else {}),
            **({"source_updated_at": isoformat(job.newest)} if job.newest else {}),
        }
        columns = sorted(run.columns, key=lambda flow: tuple(flow.model_dump().values()))
        return DataNode("/".join(named), self.platform, sorted(run.inputs), outputs, metadata, columns)

    def _note_datasets(self, event: Event) -> None:
        for dataset in _datasets(event):
            self._note(dataset, event.at)

    def _note(self, dataset: Dataset, at: datetime) -> None:
        port, schema = self._naming(dataset.namespace, dataset.name), fields(dataset)
        self._namespaces.setdefault(port, set()).add(dataset.namespace)
        if schema is not None and (port not in self._schemas or self._schemas[port][0] <= at):
            self._schemas[port] = at, schema


def _datasets(event: Event) -> tuple[Dataset, ...]:
    return (*event.inputs, *event.outputs, *([event.dataset] if event.dataset else []))

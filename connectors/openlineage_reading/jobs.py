"""The events of one job, in any order, folded into what it is now."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from graph_ledger.connectors.openlineage_reading.columns import flows_of
from graph_ledger.connectors.openlineage_reading.datasets import other_names
from graph_ledger.connectors.openlineage_reading.events import Dataset, Event, Facets
from graph_ledger.values.column import ColumnFlow

KEPT = frozenset({"documentation", "jobType", "ownership", "sourceCode", "sourceCodeLocation", "sql", "tags"})
Naming = Callable[[str, str], str]


@dataclass
class Run:
    """What the events of one run have named so far."""

    inputs: set[str] = field(default_factory=set)
    outputs: set[str] = field(default_factory=set)
    columns: set[ColumnFlow] = field(default_factory=set)
    completed: datetime | None = None

    def include(self, other: "Run") -> None:
        """Add what another names."""
        self.inputs |= other.inputs
        self.outputs |= other.outputs
        self.columns |= other.columns


class Job:
    """What is known of one job.

    A run is told by several events, so what it reads and writes is what all of them name. The job is what its newest complete
    run named; runs that failed, or have not ended, take nothing away. Where no run was complete, all of them count.
    """

    def __init__(self) -> None:
        self.newest: datetime | None = None
        self._runs: dict[str, Run] = {}
        self._facets: dict[str, tuple[datetime, Any]] = {}

    @property
    def facets(self) -> Facets:
        """The newest of each kind."""
        return {name: facet for name, (_, facet) in self._facets.items()}

    def take(self, event: Event, naming: Naming) -> None:
        """Take in one more event; nothing of it counts when it is refused.

        Raises:
            ValidationError: A dataset in it has a name that no port can have, or its column lineage cannot be read.
        """
        named = _named(event, naming)
        run = self._runs.setdefault(event.run or event.at.isoformat(), Run())
        run.include(named)
        if event.complete:
            run.completed = max(event.at, run.completed or event.at)
        self._note(event)
        if event.complete:
            self._forget()

    def now(self) -> Run:
        """Return what the job reads and writes."""
        newest = self._newest_complete()
        if newest is not None:
            return newest
        together = Run()
        for run in self._runs.values():
            together.include(run)
        return together

    def _note(self, event: Event) -> None:
        self.newest = max(event.at, self.newest or event.at)
        said = {name: facet for name, facet in event.facets.items() if name in KEPT}
        if "parent" in event.run_facets:
            said["parent"] = event.run_facets["parent"]
        for name, facet in said.items():
            if name not in self._facets or self._facets[name][0] <= event.at:
                self._facets[name] = event.at, facet

    def _newest_complete(self) -> Run | None:
        """Return the newest complete run that named a dataset: one that names none says nothing of them."""
        told = [(run.completed, key) for key, run in self._runs.items() if run.completed and (run.inputs or run.outputs)]
        return self._runs[max(told)[1]] if told else None

    def _forget(self) -> None:
        """Let go of runs that can never be the newest complete one any more."""
        newest = self._newest_complete()
        end = newest.completed if newest else None
        if end is not None:
            self._runs = {key: run for key, run in self._runs.items() if run.completed is None or run.completed >= end}


def _named(event: Event, naming: Naming) -> Run:
    columns = {flow for dataset in event.outputs for flow in flows_of(dataset, naming)}
    return Run(_names(event.inputs, naming) | {flow.input for flow in columns}, _names(event.outputs, naming), columns)


def _names(datasets: Iterable[Dataset], naming: Naming) -> set[str]:
    return {naming(*name) for each in datasets for name in ((each.namespace, each.name), *other_names(each))}

"""Discovering: taking in what sources and people say."""

from collections.abc import Iterable, Mapping
from typing import Any

from graph_ledger.discovery.add import add
from graph_ledger.discovery.apply import apply
from graph_ledger.discovery.connect import connect
from graph_ledger.discovery.coverage import coverage
from graph_ledger.discovery.discover import discover
from graph_ledger.discovery.links import Link, link, unlink
from graph_ledger.discovery.plan import plan
from graph_ledger.discovery.reading import Connector
from graph_ledger.discovery.removals import Guard
from graph_ledger.discovery.runs import runs
from graph_ledger.discovery.silence import silent
from graph_ledger.values.add_result import AddResult, RunReport
from graph_ledger.values.coverage import LINE, SourceCoverage
from graph_ledger.values.listed import Listed, listed
from graph_ledger.values.model import ModelLike
from graph_ledger.values.moment import When
from graph_ledger.values.node import DataNode
from graph_ledger.values.plan import Plan
from graph_ledger.values.silence import Silence
from graph_ledger.values.snapshot import Snapshot
from graph_ledger.verbs.base import Verbs


class Discovering(Verbs):
    """What is there, and what depends on what by declaration."""

    def add(self, nodes: Iterable[DataNode] | DataNode, *, source: str | None = None, observed_at: When | None = None) -> AddResult:
        """Take in nodes as one source says they are; unchanged ones move ``last_seen`` alone.

        Args:
            nodes: Any iterable of DataNodes, or one; what a connector returns is signed by it.
            source: Who says so; None: the connector, else ``client``.
            observed_at: When the source was read; None is now, a date is the end of its day. Late ones are folded in.

        Returns:
            AddResult: ``len()`` is the number added; refused nodes are in ``errors`` and stop no other.

        Raises:
            ValidationError: ``observed_at`` is no date or lies in the future.
        """
        return add(self._database, nodes, source, observed_at)

    def connect(self) -> dict[str, int]:
        """Count the pairs that became connected since the last call; ports connect themselves, so it never has to be called."""
        return connect(self._database)

    def discover(
        self,
        connector: Connector,
        *,
        observed_at: When | None = None,
        allow_removals: bool = False,
        removal_share: float = 0.2,
        removal_least: int = 5,
    ) -> RunReport:
        """Read a source once; what a complete listing does not name is gone from ``observed_at`` on, and nothing is deleted.

        Args:
            connector: Anything with a name and a ``discover()``.
            observed_at: When the source was read; None is when the run begins, a date the end of its day.
            allow_removals: Whether a complete listing may remove any number of models.
            removal_share: The share of what the source held that a run may remove, from 0 to 1.
            removal_least: The number of models that a run may always remove, plus one.

        Raises:
            SourceError: Nothing of the source could be read; the run is noted as failed.
            LeaseError: Another run has the source, or has taken it over.
            RemovalGuardError: It would remove more than that; nothing was removed.
        """
        guard = Guard(removal_share, removal_least)
        return discover(self._database, connector, observed_at=observed_at, guard=None if allow_removals else guard)

    def plan(
        self,
        connector: Connector,
        *,
        observed_at: When | None = None,
        allow_removals: bool = False,
        removal_share: float = 0.2,
        removal_least: int = 5,
    ) -> Plan:
        """Read a source and say what ``discover`` would do; nothing is written. `Plan.to_json` makes a file of it.

        Raises:
            SourceError: Nothing of the source could be read.
        """
        guard = Guard(removal_share, removal_least)
        return plan(self._database, connector, observed_at=observed_at, guard=None if allow_removals else guard)

    def apply(self, plan: Plan, *, allow_removals: bool = False, removal_share: float = 0.2, removal_least: int = 5) -> RunReport:
        """Do exactly what a plan says, or nothing.

        Raises:
            ValidationError: It is no Plan; `Plan.from_json` reads a file.
            PlanOutdatedError: The graph is not any more what the plan was made on.
            RemovalGuardError: It would remove more than the guard allows.
        """
        return apply(self._database, plan, guard=None if allow_removals else Guard(removal_share, removal_least))

    def runs(
        self, source: str | None = None, *, status: str | None = None, run_id: str | None = None, limit: int = 20
    ) -> Listed[RunReport]:
        """Return the runs, the one that began last first.

        Args:
            source: A source (``warehouse/default``), or a connector's name for all its scopes; None: all.
            status: One of running, finished, failed, stopped, interrupted; None: all.
            run_id: The run of that name, or whose name begins so.
            limit: How many at most.

        Raises:
            ValidationError: ``status`` or ``limit`` does not fit.
        """
        return listed(runs(self._database, source, status, run_id, limit), RunReport, "run")

    def coverage(self, source: str | None = None, *, runs: int = 10) -> Listed[SourceCoverage]:
        """Return how much of each source was understood, statement by statement, and how its sums went from run to run.

        Args:
            source: A source (``warehouse/default``), or a connector's name for all its scopes; None: all that were ever run.
            runs: How many of the newest runs.

        Raises:
            ValidationError: ``runs`` is no number from 1.
        """
        return Listed(coverage(self._database, source, runs), called="source", columns=LINE, row=SourceCoverage.line)

    def silent(self, days: float, platform: str | None = None) -> Silence:
        """Return the models that no source has seen for so many days, by platform; sources that were not read themselves stand apart."""
        return silent(self._database, days, platform)

    def link_dependency(
        self,
        upstream: ModelLike,
        downstream: ModelLike,
        *,
        relationship: str = "depends_on",
        actor: str,
        metadata: Mapping[str, Any] | None = None,
        timestamp: When | None = None,
    ) -> tuple[Snapshot, Snapshot]:
        """Declare a dependency; declaring it again is silent. Returns the events of both ends, upstream's first."""
        return link(self._database, self._link(upstream, downstream, relationship, actor, metadata or {}), timestamp)

    def unlink_dependency(
        self,
        upstream: ModelLike,
        downstream: ModelLike,
        *,
        relationship: str | None = None,
        actor: str,
        reason: str | None = None,
        timestamp: When | None = None,
    ) -> tuple[Snapshot, Snapshot]:
        """Take back every declaration of a dependency, or those of one relationship, whoever made them."""
        said = {} if reason is None else {"reason": reason}
        return unlink(self._database, self._link(upstream, downstream, relationship, actor, said), timestamp)

    def _link(self, upstream: ModelLike, downstream: ModelLike, relationship: str | None, actor: str, said: Mapping[str, Any]) -> Link:
        return Link(self._key(upstream), self._key(downstream), relationship, actor, said)

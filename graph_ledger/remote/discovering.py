"""Discovering: taking in what sources and people say; read here, and taken in by a service."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from graph_ledger.discovery.reading import Connector
from graph_ledger.discovery.twins import last_of_twins
from graph_ledger.errors import GraphLedgerError, OverBudgetError, ValidationError
from graph_ledger.remote.base import Asking
from graph_ledger.remote.nodes import Sent, placed_errors, plain_nodes
from graph_ledger.remote.parts import in_parts
from graph_ledger.remote.plain import json_of, time_of
from graph_ledger.remote.reading import Read
from graph_ledger.remote.tools import LARGEST
from graph_ledger.values.add_result import AddResult, RunReport
from graph_ledger.values.asked import name_of
from graph_ledger.values.bound import check_bound
from graph_ledger.values.coverage import LINE, SourceCoverage
from graph_ledger.values.listed import Listed, listed
from graph_ledger.values.listing import Listing
from graph_ledger.values.model import ModelLike
from graph_ledger.values.moment import When
from graph_ledger.values.node import DataNode
from graph_ledger.values.plan import Plan
from graph_ledger.values.silence import Silence
from graph_ledger.values.snapshot import Snapshot

TOGETHER = 2_000
"""Nodes of one request: a batch of the database."""


class RemoteDiscovering(Asking):
    """What is there, and what depends on what by declaration."""

    def add(self, nodes: Iterable[DataNode] | DataNode, *, source: str | None = None, observed_at: When | None = None) -> AddResult:
        """Take in nodes as one source says they are, request by request; without ``observed_at`` each request has a now of its own."""
        given = [nodes] if isinstance(nodes, DataNode) else nodes
        name = source or (given.source_key if isinstance(given, Listing) else None)
        asked = {"source": name, "observed_at": time_of(observed_at, "observed_at")}
        sent, errors = plain_nodes(last_of_twins(list(given)))

        def hand_over(part: list[Sent]) -> AddResult:
            told = self._value("add", AddResult, nodes=[node for _, node in part], **asked)
            errors.extend(placed_errors(told.errors, part))
            return told

        parts = list(in_parts(sent, TOGETHER, hand_over)) if sent else [hand_over([])]
        errors.sort(key=lambda each: each[0])
        added, skipped = (sum(getattr(part, name) for part in parts) for name in ("added", "skipped"))
        return AddResult(added=added, skipped=skipped, errors=tuple(error for _, error in errors))

    def connect(self) -> dict[str, int]:
        """Count the pairs that became connected since the last call; ports connect themselves, so it never has to be called."""
        return self._ask("connect", lambda told: {name: int(told[name]) for name in ("links_created", "links_skipped")})

    def discover(
        self,
        connector: Connector,
        *,
        observed_at: When | None = None,
        allow_removals: bool = False,
        removal_share: float = 0.2,
        removal_least: int = 5,
    ) -> RunReport:
        """Read a source on this machine, and have what it lists taken in by the service, in one request.

        Without ``observed_at`` the listing is of the moment at which the service takes it in, not of that at which the reading began.

        Raises:
            OverBudgetError: The listing is more than the service takes at once; nothing was taken in.
        """
        guard = {"allow_removals": allow_removals, "removal_share": removal_share, "removal_least": removal_least}
        when, read = time_of(observed_at, "observed_at"), Read(connector)
        try:
            report = self._value("take_listing", RunReport, observed_at=when, **guard, **read.told)
        except GraphLedgerError as error:
            if read.failure is not None and not read.begun:
                raise read.failure from None
            raise _explained(error, read) from None
        if read.failure is not None and not read.is_source:
            raise read.failure
        return report

    def plan(
        self,
        connector: Connector,
        *,
        observed_at: When | None = None,
        allow_removals: bool = False,
        removal_share: float = 0.2,
        removal_least: int = 5,
    ) -> Plan:
        """Read a source on this machine, and have the service say what ``discover`` would do; nothing is written."""
        guard = {"allow_removals": allow_removals, "removal_share": removal_share, "removal_least": removal_least}
        when, read = time_of(observed_at, "observed_at"), Read(connector)
        if read.failure is not None and not (read.begun and read.is_source):
            raise read.failure
        try:
            return self._service.told("plan_listing", Plan.from_json, observed_at=when, **guard, **read.told)
        except OverBudgetError as error:
            raise _explained(error, read) from None

    def apply(self, plan: Plan, *, allow_removals: bool = False, removal_share: float = 0.2, removal_least: int = 5) -> RunReport:
        """Do exactly what a plan says, or nothing."""
        if not isinstance(plan, Plan):
            raise ValidationError(f"what is applied is a Plan, not {plan!r}: Plan.from_json(Path('plan.json').read_bytes()) reads one")
        guard = {"allow_removals": allow_removals, "removal_share": removal_share, "removal_least": removal_least}
        return self._value("apply", RunReport, plan=json.loads(plan.to_json()), **guard)

    def runs(
        self, source: str | None = None, *, status: str | None = None, run_id: str | None = None, limit: int = 20
    ) -> Listed[RunReport]:
        """Return the runs, the one that began last first; a service gives the newest thousand at most."""
        most = check_bound(limit, "limit", least=1)
        asked = {"source": source, "status": status, "run_id": run_id, "limit": min(most, LARGEST["runs"])}
        found = self._values("runs", "runs", RunReport, **asked)
        if most > LARGEST["runs"] == len(found):
            raise OverBudgetError("rows", LARGEST["runs"], most)
        return listed(found, RunReport, "run")

    def coverage(self, source: str | None = None, *, runs: int = 10) -> Listed[SourceCoverage]:
        """Return how much of each source was understood, statement by statement, and how its sums went from run to run."""
        if check_bound(runs, "runs", least=1) > LARGEST["coverage"]:
            raise OverBudgetError("rows", LARGEST["coverage"], runs)
        found = self._values("coverage", "sources", SourceCoverage, source=source, runs=runs)
        return Listed(found, called="source", columns=LINE, row=SourceCoverage.line)

    def silent(self, days: float, platform: str | None = None) -> Silence:
        """Return the models that no source has seen for so many days, by platform; sources that were not read themselves stand apart."""
        return self._value("silent", Silence, days=days, platform=platform)

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
        said = {"relationship": relationship, "actor": actor, "metadata": json_of(metadata or {})}
        return self._both("link_dependency", upstream, downstream, timestamp, said)

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
        said = {"relationship": relationship, "actor": actor, "reason": reason}
        return self._both("unlink_dependency", upstream, downstream, timestamp, said)

    def _both(
        self, tool: str, upstream: ModelLike, downstream: ModelLike, timestamp: When | None, said: Mapping[str, Any]
    ) -> tuple[Snapshot, Snapshot]:
        def made(told: Mapping[str, Any]) -> tuple[Snapshot, Snapshot]:
            return Snapshot.model_validate(told["upstream"]), Snapshot.model_validate(told["downstream"])

        ends = {"upstream": name_of(upstream), "downstream": name_of(downstream)}
        return self._ask(tool, made, timestamp=time_of(timestamp, "timestamp"), **ends, **said)


def _explained(error: GraphLedgerError, read: Read) -> GraphLedgerError:
    return read.too_large(error) if isinstance(error, OverBudgetError) and error.limit == "bytes" else error

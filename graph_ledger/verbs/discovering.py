"""Discovering: taking in what sources and people say."""

from collections.abc import Iterable, Mapping
from typing import Any

from graph_ledger.discovery.add import add
from graph_ledger.discovery.connect import connect
from graph_ledger.discovery.discover import Connector, discover
from graph_ledger.discovery.links import Link, link, unlink
from graph_ledger.discovery.silence import silent
from graph_ledger.values.add_result import AddResult, RunReport
from graph_ledger.values.model import ModelLike
from graph_ledger.values.moment import When
from graph_ledger.values.node import DataNode
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

    def discover(self, connector: Connector, *, observed_at: When | None = None, allow_removals: bool = False) -> RunReport:
        """Read a source once; what a complete listing does not name is gone from ``observed_at`` on, and nothing is deleted.

        Raises:
            SourceError: The source was not read to its end; nothing was written.
            RemovalGuardError: It would remove more than 20 % and at least 5 of what it listed; nothing was written.
        """
        return discover(self._database, connector, observed_at=observed_at, allow_removals=allow_removals)

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

"""Ledger: opens the database and hands each verb to its room."""

import atexit
import weakref
from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import Any, Literal

from typing_extensions import Self

from graph_ledger.database.address import Auth, address
from graph_ledger.database.database import Database
from graph_ledger.database.doctor import check_version, doctor
from graph_ledger.database.migrations import migrate
from graph_ledger.discovery.add import add
from graph_ledger.discovery.connect import connect
from graph_ledger.discovery.discover import Connector, discover
from graph_ledger.discovery.links import Link, link, unlink
from graph_ledger.history.changelog import changelog
from graph_ledger.history.read import history, latest
from graph_ledger.history.record import record, record_many
from graph_ledger.history.verify import verify
from graph_ledger.lineage.dependencies import Side, dependencies
from graph_ledger.lineage.downstream import downstream
from graph_ledger.lineage.impact import impact
from graph_ledger.lineage.path import path
from graph_ledger.lineage.trace import trace
from graph_ledger.lineage.upstream import upstream
from graph_ledger.models.get import get, list_models
from graph_ledger.models.inventory import inventory_at, inventory_diff
from graph_ledger.models.register import register, update
from graph_ledger.models.resolve import resolve
from graph_ledger.settings import Settings, read_settings
from graph_ledger.values.add_result import AddResult, RunReport
from graph_ledger.values.changelog import Changelog
from graph_ledger.values.check import Check
from graph_ledger.values.inventory import InventoryDiff
from graph_ledger.values.lineage import Dependency, Direction, Impact, Path
from graph_ledger.values.model import ModelLike, ModelRef
from graph_ledger.values.moment import Moment, When, moment
from graph_ledger.values.node import DataNode
from graph_ledger.values.snapshot import Event, Snapshot, event_of
from graph_ledger.values.verification import Verification

# The class has a verb called list, so what its verbs return is named here.
Names = list[str]
Models = list[ModelRef]
Snapshots = list[Snapshot]
Dependencies = list[Dependency]
Checks = list[Check]

OPEN: "weakref.WeakSet[Ledger]" = weakref.WeakSet()


class Ledger:
    """One graph of models, what they read and write, and everything that happened to them.

    Args:
        uri: Address of the Neo4j, such as ``neo4j://host:7687``; it may carry user and password. None: settings, else the
            local server, which is started when it is installed.
        auth: User and password; None: those of the address, of the settings, of the local server.
        database: Name of the database on the server.

    Raises:
        NotInstalledError: No address is given and no local server is installed; nothing is ever downloaded here.
        UnreachableError, AccessDeniedError, UnsupportedServerError: The server does not answer, refuses, or is too old.

    >>> with Ledger() as ledger:
    ...     added = ledger.add([DataNode("features", outputs=["customer_features"]), DataNode("fraud", inputs=["customer_features"])])
    ...     ledger.downstream("features")
    ['fraud']
    """

    def __init__(self, uri: str | None = None, *, auth: Auth | None = None, database: str | None = None) -> None:
        settings = read_settings()
        found_uri, found_auth = _where(uri, auth, settings)
        self._database = Database(found_uri, found_auth, database or settings.database)
        self._then: Callable[[], None] | None = None
        try:
            self._database.verify()
            check_version(self._database.read("database/components")["version"])
            migrate(self._database)
        except BaseException:
            self._database.close()
            raise
        OPEN.add(self)

    @classmethod
    def temporary(cls) -> "Ledger":
        """Open an empty graph on a server of its own in a temporary folder, gone when the ledger is closed."""
        from graph_ledger import server

        throwaway = server.temporary(read_settings().cache)
        try:
            ledger = cls(str(throwaway.status.uri), auth=server.credentials(throwaway.status.home), database="neo4j")
        except BaseException:
            throwaway.close()
            raise
        ledger._then = throwaway.close
        return ledger

    @property
    def database(self) -> Database:
        """The database room: two verbs, named statements."""
        return self._database

    # What is there: taking it in

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

    # What a model is

    def register(
        self,
        *,
        name: str,
        owner: str,
        model_type: str,
        tier: str,
        purpose: str,
        model_origin: str | None = None,
        status: str | None = None,
        actor: str = "system",
        platform: str = "",
        metadata: Mapping[str, Any] | None = None,
        payload: Mapping[str, Any] | None = None,
        timestamp: When | None = None,
    ) -> ModelRef:
        """Give a model its identity; on a known one, record what differs. Left out: ``internal``, ``active``."""
        given = {"owner": owner, "model_type": model_type, "tier": tier, "purpose": purpose}
        given |= {} if model_origin is None else {"model_origin": model_origin}
        given |= {} if status is None else {"status": status}
        fields: dict[str, Any] = given | ({} if metadata is None else {"metadata": metadata})
        key = register(self._database, name=name, platform=platform, given=fields, actor=actor, payload=payload, timestamp=timestamp)
        return get(self._database, key, Moment())

    def update(self, model: ModelLike, *, actor: str, reason: str | None = None, timestamp: When | None = None, **fields: Any) -> ModelRef:
        """Change identity fields of a model by one event that carries old and new; equal values are silent."""
        key = self._key(model)
        update(self._database, key, actor=actor, reason=reason, timestamp=timestamp, given=fields)
        return get(self._database, key, Moment())

    def get(self, model: ModelLike, *, as_of: When | None = None, known_at: When | None = None) -> ModelRef:
        """Return a model, every field as of the moment asked for.

        Raises:
            ModelNotFoundError: None fits (``.near``), it did not exist yet (``.first_seen``), or nobody knew yet (``.first_known``).
        """
        return get(self._database, self._key(model), moment(as_of, known_at))

    def list(
        self,
        *,
        text: str | None = None,
        limit: int | None = None,
        offset: int = 0,
        as_of: When | None = None,
        known_at: When | None = None,
        **filters: Any,
    ) -> Models:
        """Return the models that fit, by name; filters: owner, platform, model_type, tier, status; text: in name or purpose."""
        return list_models(self._database, moment(as_of, known_at), text=text, limit=limit, offset=offset, **filters)

    def inventory_at(self, date: When, platform: str | None = None, *, known_at: When | None = None) -> Models:
        """Return the models that were present at a date, by key, every field as it was then; one that was not found is not there."""
        return inventory_at(self._database, date, platform=platform, known_at=known_at)

    def inventory_diff(self, earlier: When, later: When, platform: str | None = None, *, known_at: When | None = None) -> InventoryDiff:
        """Return what appeared, went and changed between two dates, and who changed it."""
        return inventory_diff(self._database, earlier, later, platform=platform, known_at=known_at)

    # What happened

    def record(
        self,
        model: ModelLike,
        *,
        event: str,
        payload: Mapping[str, Any] | None = None,
        actor: str,
        source: str | None = None,
        parent: str | None = None,
        tags: Mapping[str, Any] | None = None,
        timestamp: When | None = None,
    ) -> Snapshot:
        """Append an event to a model's history; an identical one with a time of its own is recorded once."""
        return record(self._database, self._key(model), event_of(event, payload, actor, source, parent, tags, timestamp))

    def record_many(self, events: Iterable[Event]) -> Snapshots:
        """Append many events, in batches; return them in the order given."""
        given = [event if isinstance(event, Event) else Event.model_validate(event) for event in events]
        keys = {model: self._key(model) for model in dict.fromkeys(_hashable(event.model) for event in given)}
        return record_many(self._database, [(keys[_hashable(event.model)], event) for event in given])

    def history(
        self,
        model: ModelLike,
        *,
        order: Literal["desc", "asc"] = "desc",
        as_of: When | None = None,
        known_at: When | None = None,
        **filters: Any,
    ) -> Snapshots:
        """Return what happened to a model, newest first; filters: event_type, actor, source, since, until, limit."""
        return history(self._database, self._key(model), moment(as_of, known_at), order=order, **filters)

    def latest(self, model: ModelLike, *, as_of: When | None = None, known_at: When | None = None) -> Snapshot | None:
        """Return the newest event of a model, or None."""
        return latest(self._database, self._key(model), moment(as_of, known_at))

    def changelog(
        self,
        *,
        since: When | None = None,
        until: When | None = None,
        model: ModelLike | None = None,
        limit: int = 100,
        cursor: str | None = None,
        **filters: Any,
    ) -> Changelog:
        """Return one page of what happened in the whole ledger, newest first; filters: event_type, actor, platform."""
        one = None if model is None else get(self._database, self._key(model), Moment()).model_hash
        return changelog(self._database, since=since, until=until, model_hash=one, limit=limit, cursor=cursor, **filters)

    def verify(self, model: ModelLike | None = None) -> Verification:
        """Recompute every hash of one model's events, or of all, and report whatever is not as it was recorded."""
        return verify(self._database, None if model is None else get(self._database, self._key(model), Moment()).model_hash)

    # What depends on what

    def trace(self, model: ModelLike, *, as_of: When | None = None, known_at: When | None = None) -> Names:
        """Return everything that feeds a model, sources first, the model last: a topological order, a cycle being one group."""
        return trace(self._database, self._key(model), moment(as_of, known_at))

    def upstream(self, model: ModelLike, *, as_of: When | None = None, known_at: When | None = None) -> Names:
        """Return the names of everything that feeds a model, sources first."""
        return upstream(self._database, self._key(model), moment(as_of, known_at))

    def downstream(self, model: ModelLike, *, as_of: When | None = None, known_at: When | None = None) -> Names:
        """Return the names of everything that a model feeds, nearest first, ties in the order in which they came."""
        return downstream(self._database, self._key(model), moment(as_of, known_at))

    def dependencies(
        self, model: ModelLike, direction: Side = "both", *, as_of: When | None = None, known_at: When | None = None
    ) -> Dependencies:
        """Return the direct neighbours of a model, upstream first, each with all the ports that both share.

        Raises:
            ValidationError: ``direction`` is none of ``upstream``, ``downstream``, ``both``.
        """
        return dependencies(self._database, self._key(model), direction, moment(as_of, known_at))

    def impact(
        self,
        model: ModelLike,
        *,
        direction: Direction = "downstream",
        depth: int | None = None,
        limit: int | None = None,
        as_of: When | None = None,
        known_at: When | None = None,
    ) -> Impact:
        """List every node that a change of ``model`` reaches, and say whether that is all.

        Args:
            model: Key (``"etl/features"``), a bare name that one node has, ``model_hash``, or ModelRef.
            direction: ``"downstream"``: what reads it. ``"upstream"``: what it reads.
            depth: Farthest step, in nodes; a direct reader is 1. None: no bound.
            limit: Most nodes, the nearest kept. None: no bound.
            as_of: Time in the world; naive is UTC, a date is the end of its day. None: now.
            known_at: Time in the ledger, likewise.

        Returns:
            Impact: ``complete`` is False exactly when a bound cut the walk: ``reason`` names it, ``frontier`` holds the keys to go on from.

        Raises:
            ModelNotFoundError, AmbiguousModelError: None or several fit; ``.near`` or ``.keys`` lists which.
        """
        return impact(self._database, self._key(model), moment(as_of, known_at), direction, depth, limit)

    def path(self, start: ModelLike, end: ModelLike, *, as_of: When | None = None, known_at: When | None = None) -> Path:
        """Return the shortest evidence path from one model down to another: node, port, who says so, since when, node."""
        return path(self._database, self._key(start), self._key(end), moment(as_of, known_at))

    # The house itself

    def doctor(self) -> Checks:
        """Look at server, driver, schema and clock; return one check each."""
        return doctor(self._database)

    def close(self) -> None:
        """Close every connection; a local server that was started stays up. A second time does nothing."""
        OPEN.discard(self)
        self._database.close()
        if self._then is not None:
            then, self._then = self._then, None
            then()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Ledger at {self._database.uri}>"

    def _key(self, model: ModelLike) -> str:
        return resolve(self._database, model)

    def _link(self, upstream: ModelLike, downstream: ModelLike, relationship: str | None, actor: str, said: Mapping[str, Any]) -> Link:
        return Link(self._key(upstream), self._key(downstream), relationship, actor, said)


def _where(uri: str | None, auth: Auth | None, settings: Settings) -> tuple[str, Auth | None]:
    named = uri or settings.uri
    if named is not None:
        kept = None if settings.password is None else (settings.user, settings.password.get_secret_value())
        found = address(named, auth)
        return found.uri, found.auth or kept
    from graph_ledger import server

    status = server.start(settings.home, settings.cache)
    return str(status.uri), auth or server.credentials(settings.home)


def _hashable(model: ModelLike) -> str:
    return model.model_hash if isinstance(model, ModelRef) else model


@atexit.register
def _close_all() -> None:
    """A ledger that was not closed closes its driver at exit, without a warning."""
    for ledger in list(OPEN):
        ledger.close()

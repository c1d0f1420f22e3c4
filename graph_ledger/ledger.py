"""Ledger: opens the database and hands each verb to its room."""

import atexit
import weakref
from collections.abc import Callable
from datetime import datetime, timezone
from importlib import import_module
from types import TracebackType

from pydantic import SecretStr
from typing_extensions import Self

from graph_ledger.database.address import Auth, address
from graph_ledger.database.database import Database
from graph_ledger.database.doctor import check_version, doctor
from graph_ledger.database.migrations import migrate
from graph_ledger.discovery.leases import lease_checks
from graph_ledger.errors import ValidationError
from graph_ledger.remote.address import is_service
from graph_ledger.settings import Settings, artifacts_of, read_settings
from graph_ledger.values.check import Check
from graph_ledger.values.listed import Listed, listed
from graph_ledger.values.moment import When, point_in_time
from graph_ledger.verbs.assessment import Assessing
from graph_ledger.verbs.contracts import Contracting
from graph_ledger.verbs.discovering import Discovering
from graph_ledger.verbs.events import Events
from graph_ledger.verbs.groups import Groups
from graph_ledger.verbs.identity import Identity
from graph_ledger.verbs.lineage import Lineage
from graph_ledger.verbs.proof import Proving
from graph_ledger.verbs.registry import Registering
from graph_ledger.verbs.tags import Tagging

OPEN: "weakref.WeakSet[Ledger]" = weakref.WeakSet()


class Ledger(Discovering, Identity, Events, Tagging, Groups, Assessing, Lineage, Proving, Contracting, Registering):
    """One graph of models, what they read and write, and everything that happened to them.

    Args:
        uri: Address of the Neo4j, such as ``neo4j://host:7687``; it may carry user and password. Or of a graph-ledger service,
            ``https://host``: the same verbs, for people who have no way to the database. None: settings, else the local server,
            which is started when it is installed.
        auth: User and password; None: those of the address, of the settings, of the local server.
        database: Name of the database on the server.
        settings: Where to look for whatever is not given; None: environment, ``graph-ledger.toml``, defaults.
        key: The key that a service is asked with; None: that of the settings.

    Raises:
        NotInstalledError: No address is given and no local server is installed; nothing is ever downloaded here.
        UnreachableError, AccessDeniedError, UnsupportedServerError: The server does not answer, refuses, or is too old.
        ValidationError: ``key`` goes with a service, ``auth`` and ``database`` with a database.

    >>> with Ledger() as ledger:
    ...     added = ledger.add([DataNode("features", outputs=["customer_features"]), DataNode("fraud", inputs=["customer_features"])])
    ...     ledger.downstream("features")
    ['fraud']
    """

    def __new__(
        cls,
        uri: str | None = None,
        *,
        auth: Auth | None = None,
        database: str | None = None,
        settings: Settings | None = None,
        key: SecretStr | str | None = None,
    ) -> Self:
        """Make the ledger that the address asks for."""
        del auth, database, key
        if cls is Ledger and is_service(uri or (settings or read_settings()).uri):
            # It knows this class, and brings an HTTP client that nobody else need wait for.
            cls = import_module("graph_ledger.remote_ledger").RemoteLedger  # noqa: PLW0642
        return super().__new__(cls)

    def __init__(
        self,
        uri: str | None = None,
        *,
        auth: Auth | None = None,
        database: str | None = None,
        settings: Settings | None = None,
        key: SecretStr | str | None = None,
    ) -> None:
        if key is not None:
            raise ValidationError("a key goes with a service, https://...; a database is asked with user and password")
        settings = settings or read_settings()
        found_uri, found_auth = _where(uri, auth, settings)
        self._database = Database(found_uri, found_auth, database or settings.database)
        self._artifacts = artifacts_of(settings)
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
        ledger._artifacts = str(throwaway.status.home / "artifacts")
        return ledger

    @classmethod
    def demo(cls, loaded_on: When | None = None, *, contracts: bool = False) -> "Ledger":
        """Open a bank's estate of two years on a server of its own, gone when closed; ``graph-ledger demo`` has one that stays.

        Args:
            loaded_on: The day from which the two years are dated back; with a fixed one the answers never change. None: today.
            contracts: Whether the bank's data model is there too, with who reads and writes its elements.

        Raises:
            ValidationError: It is no date, or lies in the future.
        """
        from graph_ledger.demo.load import load

        day = datetime.now(timezone.utc) if loaded_on is None else point_in_time(loaded_on, name="loaded_on")
        ledger = cls.temporary()
        try:
            load(ledger, day, contracts=contracts)
        except BaseException:
            ledger.close()
            raise
        return ledger

    def doctor(self) -> Listed[Check]:
        """Look at server, driver, schema, clock and who is reading which source; return one check each."""
        return listed([*doctor(self._database), *lease_checks(self._database)], Check, "check")

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


def _where(uri: str | None, auth: Auth | None, settings: Settings) -> tuple[str, Auth | None]:
    named = uri or settings.uri
    if named is not None:
        kept = None if settings.password is None else (settings.user, settings.password.get_secret_value())
        found = address(named, auth)
        return found.uri, found.auth or kept
    from graph_ledger import server

    status = server.start(settings.home, settings.cache)
    return str(status.uri), auth or server.credentials(settings.home)


@atexit.register
def _close_all() -> None:
    """A ledger that was not closed closes its driver at exit, without a warning."""
    for ledger in list(OPEN):
        ledger.close()

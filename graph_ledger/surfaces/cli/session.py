"""Session: which database or service a command asks, opened when it first asks."""

import socket
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from graph_ledger.errors import GraphLedgerError

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.server import Status
    from graph_ledger.settings import Settings

PORT, WEB = 7687, {"http": 80, "https": 443}
HASTE = 1.0
"""Seconds that a person who pressed the tab key waits for a server."""
DEMO = "demo"
"""Folder of the demo estate's own server, below the home."""
LOADED_ON = "loaded_on"
"""File in the demo's home: the day of its first load."""


class Session:
    """What the options before a command chose."""

    def __init__(self, uri: str | None = None, database: str | None = None, *, demo: bool = False, loading: bool = False) -> None:
        self._uri, self._database, self.demo, self._loading = uri, database, demo, loading
        self.config: Path | None = None
        """The file of settings; None: that of the working folder. Set before the settings are first asked for."""

    @cached_property
    def settings(self) -> "Settings":
        """The settings, with the options in their place."""
        from graph_ledger.settings import read_settings

        settings = read_settings(self.config)
        if self.demo:
            # A home of its own, and with it a store of its own: trying things out touches nobody's bytes.
            return settings.model_copy(update={"uri": None, "database": "neo4j", "home": settings.home / DEMO, "artifacts": None})
        given = {"uri": self._uri, "database": self._database}
        return settings.model_copy(update={name: value for name, value in given.items() if value})

    @cached_property
    def ledger(self) -> "Ledger":
        """The ledger; the local server is started where no other is named."""
        from graph_ledger.surfaces.cli.lean import lean

        with lean():
            from graph_ledger.ledger import Ledger

        settings = self.settings
        if not self.demo:
            # A service has no databases to choose from: only where somebody named one is that said.
            return Ledger(self._uri, database=self._database if self.is_service else settings.database, settings=settings)
        from graph_ledger.server import credentials

        return Ledger(self.started.uri, auth=credentials(settings.home), database=settings.database, settings=settings)

    @property
    def is_service(self) -> bool:
        """Whether it is a service that is asked, over HTTP."""
        from graph_ledger.remote.address import is_service

        return is_service(self.settings.uri)

    def check_database(self, what: str) -> None:
        """Refuse what only a database can do, before anything is asked."""
        if self.is_service:
            raise click.UsageError(f"{what} takes the database itself: name the address of the Neo4j (neo4j://...), not of a service")

    @cached_property
    def started(self) -> "Status":
        """The local server, running; that of the demo only where the demo was loaded."""
        from graph_ledger.server import start

        if self.demo and not self._loading and not (self.settings.home / LOADED_ON).exists():
            raise GraphLedgerError("there is no demo estate yet: `graph-ledger demo` loads it")
        return start(self.settings.home, self.settings.cache)

    @property
    def answers_at_once(self) -> bool:
        """Whether a question starts no server and waits for none."""
        from graph_ledger.server import status

        if self.settings.uri is not None:
            return listens(self.settings.uri)
        return status(self.settings.home, self.settings.cache).state == "running"

    def __enter__(self) -> "Session":  # noqa: PYI034
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if "ledger" in self.__dict__:
            self.ledger.close()


def listens(uri: str) -> bool:
    """Say whether anything listens at an address.

    Raises:
        ValidationError: It is no address of a Neo4j or of a service.
    """
    from graph_ledger.database.address import address
    from graph_ledger.remote.address import is_service, service_address

    parts = urlsplit(service_address(uri, with_key=False).uri if is_service(uri) else address(uri).uri)
    try:
        socket.create_connection((parts.hostname or "", parts.port or WEB.get(parts.scheme, PORT)), HASTE).close()
    except (OSError, ValueError):  # a port that is none is a ValueError
        return False
    return True


pass_session = click.make_pass_decorator(Session, ensure=True)
"""Hands a command its session; one that stands alone gets one of its own."""

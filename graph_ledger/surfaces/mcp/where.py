"""Where: which ledger the server asks, and how it is opened when it is first needed."""

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from graph_ledger.surfaces.cli.session import LOADED_ON, Session

if TYPE_CHECKING:
    from pathlib import Path

    from graph_ledger.ledger import Ledger

WHOLE = "loaded_whole"
"""File in the demo's home: the estate was loaded to its end."""
SERVICE = ("http", "https")
LOADING = "loading.lock"
PATIENCE = 300.0


def open_here(session: Session) -> "Ledger":
    """Open the ledger that the options before the command chose."""
    return session.ledger


def open_demo(session: Session) -> "Ledger":
    """Open the demo estate; where it was never loaded to its end, load it first, one process at a time."""
    from graph_ledger.demo.load import load
    from graph_ledger.server.exclusive import exclusive

    home = session.started.home
    ledger = session.ledger
    with exclusive(home / LOADING, PATIENCE):
        if not (home / WHOLE).exists():
            load(ledger, loaded_on(home / LOADED_ON))
            (home / WHOLE).touch()
    return ledger


def loaded_on(file: "Path") -> datetime:
    """Return the day of the first load, which is today where there was none."""
    try:
        with file.open("x", encoding="utf-8") as new:
            new.write(datetime.now(timezone.utc).date().isoformat())
    except FileExistsError:
        pass
    return datetime.fromisoformat(file.read_text(encoding="utf-8")).replace(tzinfo=timezone.utc)


def is_service(uri: str | None) -> bool:
    """Whether an address is that of a graph-ledger service, not of a database."""
    return uri is not None and urlsplit(uri).scheme in SERVICE


def told(session: Session) -> Mapping[str, Any]:
    """Say which database it is, without a password."""
    from graph_ledger.database.address import address

    settings = session.settings
    if settings.uri is not None and is_service(settings.uri):
        parts = urlsplit(settings.uri)
        return {
            "backend": "a graph-ledger service",
            "address": urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], query="")),
        }
    named = "the local server" if settings.uri is None else address(settings.uri).uri
    return {"backend": "neo4j", "address": named, "database": settings.database, "demo": session.demo}

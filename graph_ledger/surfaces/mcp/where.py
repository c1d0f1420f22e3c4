"""Where: which ledger the server asks, and how it is opened when it is first needed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from graph_ledger.surfaces.cli.session import LOADED_ON, Session

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger

WHOLE = "loaded_whole"
"""File in the demo's home: the estate was loaded to its end."""
LOADING = "loading.lock"
PATIENCE = 300.0


def open_here(session: Session) -> "Ledger":
    """Open the ledger that the options before the command chose."""
    return session.ledger


def open_demo(session: Session) -> "Ledger":
    """Open the demo estate; where it was never loaded to its end, load it first, one process at a time."""
    from graph_ledger.demo.first_load import first_load
    from graph_ledger.demo.load import load
    from graph_ledger.server.exclusive import exclusive

    home = session.settings.home
    with exclusive(home / LOADING, PATIENCE):  # also over the opening: a new database is given its schema there
        ledger = session.ledger
        if not (home / WHOLE).exists():
            load(ledger, first_load(home / LOADED_ON))
            (home / WHOLE).touch()
    return ledger


def told(session: Session) -> Mapping[str, Any]:
    """Say which database it is, without a password or a key."""
    uri = session.settings.uri
    if uri is not None and session.is_service:
        from graph_ledger.remote.address import service_address

        return {"backend": "a graph-ledger service", "address": service_address(uri, with_key=False).uri}
    from graph_ledger.database.address import address

    named = "the local server" if uri is None else address(uri).uri
    return {"backend": "neo4j", "address": named, "database": session.settings.database, "demo": session.demo}

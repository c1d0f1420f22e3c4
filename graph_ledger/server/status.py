"""How the local server is."""

from pathlib import Path
from typing import Literal

from graph_ledger.server.folders import Home
from graph_ledger.server.install import is_installed
from graph_ledger.server.ports import LOOPBACK
from graph_ledger.server.process import is_ready
from graph_ledger.server.record import Record, find
from graph_ledger.values.value import Value


class Status(Value):
    """How the local server is; what is unknown while it does not run is None."""

    state: Literal["running", "stopped", "absent"]
    """``running``: it answers. ``stopped``: it does not, but can be started. ``absent``: it is not installed."""
    uri: str | None = None
    """Address for a driver."""
    browser: str | None = None
    """Address of Neo4j Browser."""
    pid: int | None = None
    """Number of its process."""
    version: str | None = None
    """Which Neo4j it is."""
    home: Path
    """Its folder: data, configuration, logs, password."""


def status(home: Path, cache: Path) -> Status:
    """Look at the server of a home; nothing is started or changed."""
    running = running_status(Home.at(home))
    if running is not None:
        return running
    return Status(state="stopped" if is_installed(cache) else "absent", home=Home.at(home).root)


def running_status(home: Home) -> Status | None:
    """Return how a server is that answers, else None."""
    found = find(home)
    return described(home, found[1]) if found is not None and is_ready(home) else None


def described(home: Home, record: Record) -> Status:
    """Return the status of a running server."""
    return Status(
        state="running",
        uri=f"bolt://{LOOPBACK}:{record.ports.bolt}",
        browser=f"http://{LOOPBACK}:{record.ports.http}/browser/",
        pid=record.pid,
        version=record.version,
        home=home.root,
    )

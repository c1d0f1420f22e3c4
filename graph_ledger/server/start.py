"""Start the local server."""

from pathlib import Path

from graph_ledger.errors import NotInstalledError, ServerStartError
from graph_ledger.server.configuration import write_configuration
from graph_ledger.server.exclusive import exclusive
from graph_ledger.server.folders import Home, Installation
from graph_ledger.server.java import server_command
from graph_ledger.server.password import ensure_password
from graph_ledger.server.ports import ANY, DEFAULT, Ports, free_ports
from graph_ledger.server.process import await_ready, end, launch
from graph_ledger.server.record import find, recorded
from graph_ledger.server.status import Status, running_status
from graph_ledger.server.warmth import start_up_flags

PATIENCE = 180.0


def start(home: Path, cache: Path) -> Status:
    """Start the server of a home, or find that it runs.

    Args:
        home: Its folder; made, with a random password, when it is not there.
        cache: Where ``install`` put the jars.

    Raises:
        NotInstalledError: Nothing is installed below ``cache``; ``.command`` does it.
        ServerStartError: It ended instead of answering; ``.reason`` says why.
    Cost: 2.2 s, a home's first start 2.8 s; no time when it runs.
    """
    place = Home.at(home)
    return running_status(place) or start_on(place, Installation.below(cache), DEFAULT)


def start_on(home: Home, installation: Installation, wanted: Ports) -> Status:
    """Start the server of a home on the wanted ports, or on free ones where those are taken."""
    if not installation.complete.exists():
        raise NotInstalledError
    with exclusive(home.lock_file, PATIENCE):
        if find(home) is None:
            _launched(home, installation, free_ports(wanted))
        try:
            await_ready(home, PATIENCE)
        except ServerStartError:
            record = recorded(home)
            end(home, grace=0)
            if record is None or free_ports(record.ports) == record.ports:
                raise
            # Somebody took a port between our look and the server's.
            _launched(home, installation, free_ports(ANY))
            await_ready(home, PATIENCE)
        running = running_status(home)
    if running is None:
        raise ServerStartError("it ended right after it had started")
    return running


def _launched(home: Home, installation: Installation, ports: Ports) -> None:
    home.create()
    write_configuration(home, ports)
    ensure_password(installation, home)
    launch(server_command(installation, home, *start_up_flags(installation)), home, ports, installation.lock.version)

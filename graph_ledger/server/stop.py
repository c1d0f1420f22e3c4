"""Stop the local server."""

from pathlib import Path

from graph_ledger.server.exclusive import exclusive
from graph_ledger.server.folders import Home
from graph_ledger.server.process import GRACE, end
from graph_ledger.server.status import Status


def stop(home: Path) -> Status:
    """Stop the server of a home, if it runs, with everything written.

    Cost: 2 s; a minute or two while somebody holds a transaction open. After two it is killed: what was committed stays.
    """
    place = Home.at(home)
    if place.root.exists():
        with exclusive(place.lock_file, 2 * GRACE):
            end(place)
    return Status(state="stopped", home=place.root)

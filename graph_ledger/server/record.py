"""Which process a home's server is, written down so that every other process finds it."""

from typing import TYPE_CHECKING

from pydantic import ValidationError

from graph_ledger.server.extra import server_extra
from graph_ledger.server.folders import Home
from graph_ledger.server.java import home_argument
from graph_ledger.server.ports import Ports
from graph_ledger.values.value import Value

if TYPE_CHECKING:
    import psutil

CLOCK_SLACK = 5.0


class Record(Value):
    """Which process a home's server is."""

    pid: int
    """Its number; the system may have given it to another since."""
    created: float
    """When it began, in seconds since 1970."""
    ports: Ports
    """Where it listens."""
    version: str
    """Which Neo4j it is."""


def write(home: Home, record: Record) -> None:
    """Write the record; nobody ever reads half of one."""
    draft = home.record.with_suffix(".draft")
    draft.write_text(record.model_dump_json(), encoding="utf-8")
    draft.replace(home.record)


def recorded(home: Home) -> Record | None:
    """Return the record of a home's server, which may be long gone."""
    try:
        return Record.model_validate_json(home.record.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def find(home: Home) -> "tuple[psutil.Process, Record] | None":
    """Return the process of a home's server; None when it ended, or when its number is another program's now."""
    record = recorded(home)
    if record is None:
        return None
    with server_extra():
        import psutil
    try:
        process = psutil.Process(record.pid)
        ours = abs(process.create_time() - record.created) < CLOCK_SLACK and process.status() != psutil.STATUS_ZOMBIE
        command = process.cmdline()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return None
    # In the moment of its birth, and of its death, a process has no command line.
    return (process, record) if ours and (not command or home_argument(home) in command) else None

"""The server as a process: launched apart from ours, known by its record, ended without damage."""

import os
import subprocess
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from graph_ledger.errors import ServerStartError
from graph_ledger.server.extra import server_extra
from graph_ledger.server.folders import Home
from graph_ledger.server.java import home_argument
from graph_ledger.server.ports import Ports
from graph_ledger.values.value import Value

if TYPE_CHECKING:
    import psutil

READY = b"\x06"
CLOCK_SLACK = 5.0
GRACE = 120.0


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


def launch(command: list[str], home: Home, ports: Ports, version: str) -> None:
    """Start the server and write down which process it is; it outlives ours."""
    with server_extra():
        import psutil
    with home.log.open("ab") as log, home.signals.open("wb") as signals:
        process = subprocess.Popen(
            command, cwd=home.root, stdin=subprocess.DEVNULL, stdout=log, stderr=signals, start_new_session=True
        )
    record = Record(pid=process.pid, created=psutil.Process(process.pid).create_time(), ports=ports, version=version)
    draft = home.record.with_suffix(".draft")
    draft.write_text(record.model_dump_json(), encoding="utf-8")
    draft.replace(home.record)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # that nobody waits for it is meant
        del process


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
        same = abs(process.create_time() - record.created) < CLOCK_SLACK and home_argument(home) in process.cmdline()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return None
    return (process, record) if same and process.is_running() else None


def is_ready(home: Home) -> bool:
    """Say whether the server launched last has reported that it answers."""
    return home.signals.exists() and READY in home.signals.read_bytes()


def await_ready(home: Home, patience: float) -> None:
    """Wait until the server answers.

    Raises:
        ServerStartError: It ended instead, or took longer than ``patience`` seconds.
    """
    limit = time.monotonic() + patience
    while not is_ready(home):
        if find(home) is None:
            raise ServerStartError(reason_of_end(home))
        if time.monotonic() > limit:
            raise ServerStartError(f"it does not answer after {patience:.0f} s")
        time.sleep(0.05)


def reason_of_end(home: Home) -> str:
    """Return what the server said last before it ended."""
    said = [line.strip() for path in (home.signals, home.log) for line in _lines(path) if "WARNING" not in line]
    telling = [line for line in said if "Caused by" in line or "ERROR" in line]
    return (telling or said or ["it ended without a word"])[-1]


def end(home: Home, *, grace: float = GRACE) -> None:
    """End the server if it runs: ask, wait ``grace`` seconds, then kill; forget the record."""
    found = find(home)
    if found is not None:
        with server_extra():
            import psutil
        process, _ = found
        try:
            if grace:
                process.terminate()
                process.wait(grace)
        except psutil.TimeoutExpired:
            grace = 0
        except psutil.NoSuchProcess:
            grace = 1
        if not grace and process.is_running():
            process.kill()
            process.wait()
    home.record.unlink(missing_ok=True)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines()[-40:] if path.exists() else []

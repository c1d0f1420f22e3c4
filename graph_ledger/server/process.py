"""The server as a process: launched apart from ours, awaited, ended without damage."""

import os
import subprocess
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from graph_ledger.errors import ServerStartError
from graph_ledger.server.extra import server_extra
from graph_ledger.server.folders import Home
from graph_ledger.server.ports import Ports
from graph_ledger.server.record import Record, find, write

if TYPE_CHECKING:
    import psutil

READY = b"\x06"
GRACE = 120.0


def launch(command: list[str], home: Home, ports: Ports, version: str) -> None:
    """Start the server and write down which process it is; it outlives ours."""
    with server_extra():
        import psutil
    with home.console.open("wb") as console:
        process = subprocess.Popen(
            command, cwd=home.root, stdin=subprocess.DEVNULL, stdout=console, stderr=subprocess.STDOUT, start_new_session=True
        )
    process.returncode = 0  # that nobody waits for it is meant: else Python warns of it, whenever it forgets the object
    record = Record(pid=process.pid, created=psutil.Process(process.pid).create_time(), ports=ports, version=version)
    write(home, record)


def is_ready(home: Home) -> bool:
    """Say whether the server launched last has reported that it answers."""
    return home.console.exists() and READY in home.console.read_bytes()


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
    """Return what the server said last before it ended, without stack traces."""
    text = home.console.read_text(encoding="utf-8", errors="replace") if home.console.exists() else ""
    said = [line for line in text.splitlines() if line.strip() and not line.startswith(("WARNING", "\t"))]
    return " ".join(said[-3:]) or "it ended without a word"


def end(home: Home, *, grace: float = GRACE) -> None:
    """End the server if it runs: ask, wait ``grace`` seconds, then kill; forget the record."""
    with server_extra():
        import psutil
    found = find(home)
    if found is not None:
        process, _ = found
        with suppress(psutil.NoSuchProcess):
            if grace:
                process.terminate()
            if not _gone(process, grace):
                process.kill()
                _gone(process, GRACE)
            _reap(process.pid)
    home.record.unlink(missing_ok=True)


def _reap(pid: int) -> None:
    """Take a process that ended off the system's list, where it was one of ours."""
    if hasattr(os, "WNOHANG"):
        with suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


def _gone(process: "psutil.Process", patience: float) -> bool:
    # Not psutil's wait: a server that another process of ours launched stays there as a zombie.
    limit = time.monotonic() + patience
    while process.is_running() and process.status() != "zombie":
        if time.monotonic() >= limit:
            return False
        time.sleep(0.05)
    return True

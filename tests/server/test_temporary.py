"""A server for a while leaves nothing behind."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from graph_ledger import server
from graph_ledger.server.orphans import sweep

RUN = """
import os, pathlib, signal, sys, graph_ledger.server as s
status = s.temporary(pathlib.Path(sys.argv[1])).status
print(status.pid, status.home, flush=True)
if sys.argv[2] == "killed":
    os.kill(os.getpid(), signal.SIGKILL)
"""


def run(cache: Path, end: str) -> tuple[int, Path]:
    """Start a temporary server in a Python that ends in the given way."""
    said = subprocess.run([sys.executable, "-c", RUN, str(cache), end], stdout=subprocess.PIPE, text=True, check=False).stdout
    pid, home = said.split()
    return int(pid), Path(home)


def test_a_temporary_server_is_gone_after_its_block(cache: Path) -> None:
    with server.temporary(cache) as temporary:
        assert server.status(temporary.status.home, cache) == temporary.status
        assert temporary.status.state == "running"
    assert server.status(temporary.status.home, cache).state == "stopped"
    assert not temporary.status.home.exists()


def test_a_temporary_server_is_gone_when_python_ends(cache: Path, alive: Callable[[int], bool]) -> None:
    pid, home = run(cache, "normally")
    assert not alive(pid)
    assert not home.exists()


def test_a_temporary_server_whose_python_was_killed_is_swept_away(cache: Path, alive: Callable[[int], bool]) -> None:
    pid, home = run(cache, "killed")
    assert alive(pid)
    sweep()
    assert not alive(pid)
    assert not home.exists()

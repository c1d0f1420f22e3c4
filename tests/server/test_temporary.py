"""A server for a while leaves nothing behind."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from graph_ledger import server
from graph_ledger.server.orphans import sweep

RUN = """
import os, pathlib, signal, sys, graph_ledger.server as s
temporary = s.temporary(pathlib.Path(sys.argv[1]))
print(temporary.status.pid, temporary.status.home, flush=True)
if sys.argv[2] == "killed":
    os.kill(os.getpid(), signal.SIGKILL)
"""


def run(cache: Path, folder: Path, end: str) -> tuple[int, Path]:
    """Start a temporary server below a folder, in a Python that ends in the given way."""
    environment = {**os.environ, "TMPDIR": str(folder)}
    command = [sys.executable, "-c", RUN, str(cache), end]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False, env=environment).stdout
    pid, home = said.split()
    return int(pid), Path(home)


def test_a_temporary_server_is_gone_after_its_block(cache: Path) -> None:
    with server.temporary(cache) as temporary:
        assert server.status(temporary.status.home, cache) == temporary.status
        assert temporary.status.state == "running"
    assert server.status(temporary.status.home, cache).state == "stopped"
    assert not temporary.status.home.exists()


def test_a_temporary_server_is_gone_when_python_ends(cache: Path, tmp_path: Path, alive: Callable[[int], bool]) -> None:
    pid, home = run(cache, tmp_path, "normally")
    assert not alive(pid)
    assert not home.exists()


def test_a_temporary_server_whose_python_was_killed_is_swept_away(
    cache: Path, tmp_path: Path, alive: Callable[[int], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    pid, home = run(cache, tmp_path, "killed")
    assert alive(pid)
    sweep()
    assert not alive(pid)
    assert not home.exists()

"""Peer: its virtual environment, made once, and its process."""

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

from benchmarks.peer.calls import Answer, Call

VERSION = "0.7.13"
PACKAGES = (f"model-ledger[cli,mcp,rest-api]=={VERSION}", "networkx")
ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".peer-venv"


class PeerError(Exception):
    """The peer failed where it should not."""


class Peer:
    """The peer's process; every call is one line each way."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [environment(), "-m", "benchmarks.peer.process"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def call(self, call: Call) -> Answer:
        """Ask, and wait for the answer.

        Raises:
            PeerError: It failed, and the call did not expect that, or its process ended.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(call.as_mapping()) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise PeerError(f"the peer's process ended during {call.verb}")
        fields: dict[str, Any] = json.loads(line)
        if fields.get("error") and not call.may_fail:
            raise PeerError(f"{call.verb}: {fields['error']}")
        return Answer(**fields)

    def __enter__(self) -> "Peer":  # noqa: PYI034
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)


def environment() -> Path:
    """Return the Python of the peer's virtual environment; make it where there is none."""
    python = FOLDER / "bin" / "python"
    ready = FOLDER / ".ready"
    if not ready.exists() or ready.read_text() != VERSION:
        print(f"making {FOLDER.name} with {PACKAGES[0]}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", FOLDER], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        ready.write_text(VERSION)
    return python

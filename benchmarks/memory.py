"""Memory: what the server, our client and the peer hold after the load."""

import json
import os
import subprocess
import sys
from typing import Any

import psutil

from benchmarks.peer.calls import Call
from benchmarks.peer.peer import ROOT
from benchmarks.stage import Stage, say


def memory(stage: Stage, size: int) -> dict[str, float]:
    """Return megabytes: the server's process, a client's at its peak (an unchanged `add`), the peer's at its peak, and its file."""
    stage.hold("lineage", size)
    say("measuring memory")
    peer = stage.ask(Call("memory")).value or {}
    client = in_a_client(stage, "unchanged", size)
    return {
        "server_mb": server_memory(stage),
        "client_peak_mb": round(client["peak_mb"]),
        "peer_peak_mb": round(peer.get("mb", 0)),
        "peer_file_mb": round(peer.get("file_mb", 0)),
    }


def server_memory(stage: Stage) -> int:
    """Return the resident megabytes of the server's process."""
    return int(psutil.Process(stage.server.status.pid).memory_info().rss) >> 20


def in_a_client(stage: Stage, work: str, size: int, *models: str) -> dict[str, Any]:
    """Do something in a client process of its own; return its figures, its peak of memory among them."""
    user, password = stage.auth
    surroundings = {**os.environ, "GRAPH_LEDGER_URI": stage.uri, "GRAPH_LEDGER_USER": user, "GRAPH_LEDGER_PASSWORD": password}
    line = [sys.executable, "-m", "benchmarks.client", work, str(size), *models]
    done = subprocess.run(line, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures

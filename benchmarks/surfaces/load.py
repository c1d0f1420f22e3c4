"""Small reads at a steady rate for a minute, by hey on this machine: how many were answered, and how fast."""

import os
import re
import shutil
import subprocess
from typing import Any

from benchmarks.expected import largest_downstream
from benchmarks.stage import Stage, say
from benchmarks.surfaces.processes import service, until_ready
from benchmarks.table import seconds

RATE, WORKERS, SECONDS = 200, 20, 60
READS = ("/models", "/latest", "/groups")
"""Tools that read one model; each is asked a minute long."""
HEAD = "| Small reads, 200 /s for a minute | Answered | Errors | p50 | p99 | Load | |\n|---|---:|---:|---:|---:|---:|---|"


def load(stage: Stage, size: int) -> list[dict[str, Any]]:
    """Return what came out of each read; nothing where hey is not installed."""
    if shutil.which("hey") is None:
        say("the steady rate is left out: hey is not installed")
        return []
    stage.hold("lineage", size)
    client = service()
    until_ready(client)
    model = largest_downstream(size)
    return [_asked(str(client.base_url), f"{path}?model={model}") for path in READS]


def table(rows: list[dict[str, Any]]) -> str:
    """Return the rows as Markdown."""
    return "\n".join([HEAD, *map(_line, rows)])


def _asked(address: str, path: str) -> dict[str, Any]:
    say(f"{RATE} requests a second, {path}")
    every = ("-z", f"{SECONDS}s", "-q", str(RATE // WORKERS), "-c", str(WORKERS))
    done = subprocess.run(["hey", *every, f"{address}{path}"], capture_output=True, text=True, check=True)
    said = done.stdout
    statuses = {int(code): int(count) for code, count in re.findall(r"\[(\d{3})\]\s+(\d+) responses", said)}
    broken = sum(int(count) for count in re.findall(r"^\s*\[(\d+)\]\s+\S+ \"?http", said, re.MULTILINE))
    times = {int(share): float(took) for share, took in re.findall(r"(\d+)%+ in ([\d.]+) secs", said)}
    answered, errors = statuses.get(200, 0), broken + sum(count for code, count in statuses.items() if code != 200)
    return {
        "path": path.partition("?")[0], "answered": answered, "errors": errors, "p50": times.get(50), "p99": times.get(99),
        "load": round(os.getloadavg()[0], 1), "met": errors == 0 and answered >= 0.99 * RATE * SECONDS,
    }  # fmt: skip


def _line(row: dict[str, Any]) -> str:
    cells = [
        f"`GET {row['path']}`",
        f"{row['answered']:,}",
        f"{row['errors']:,}",
        seconds(row["p50"]),
        seconds(row["p99"]),
        f"{row['load']}",
    ]
    return f"| {' | '.join(cells)} | {'met' if row['met'] else '**falls short**'} |"

"""Rooms: what no peer does is measured alone, each in a process of its own that prints a JSON line a row."""

import json
import subprocess
import sys
from typing import Any

from benchmarks.stage import say

ROOMS = {
    "contracts": ("benchmarks.contracts.sync_files", "benchmarks.contracts.sync_graph"),
    "versions": ("benchmarks.registry.versions",),
}
HEAD = "| Measured by | Figures | |\n|---|---|---|"


def rooms(name: str) -> list[dict[str, Any]]:
    """Return the rows of a room, and for each module whether it met its targets."""
    found = []
    for module in ROOMS[name]:
        say(module)
        done = subprocess.run([sys.executable, "-m", module], capture_output=True, text=True, check=False)
        lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        if not lines:
            raise RuntimeError(done.stderr)
        found.append({"module": module, "rows": lines, "met": done.returncode == 0})
    return found


def table(found: list[dict[str, Any]]) -> str:
    """Return the rows as Markdown."""
    lines = [HEAD]
    for each in found:
        lines += [f"| `{each['module']}` | {_told(row)} | |" for row in each["rows"]]
        lines.append(f"| `{each['module']}` | | {'met' if each['met'] else '**falls short**'} |")
    return "\n".join(lines)


def _told(row: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in row.items() if value is not None)

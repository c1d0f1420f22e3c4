"""Growth: ours alone, from a thousand nodes to a hundred thousand, each step ten times the last, with the exponent beside it."""

import json
import math
from collections.abc import Sequence
from typing import Any

from benchmarks.estates import empty
from benchmarks.expected import largest_downstream, largest_upstream
from benchmarks.memory import in_a_client, server_memory
from benchmarks.results import command, keep, machine, versions
from benchmarks.stage import Stage, say
from benchmarks.table import seconds

SIZES = (1_000, 10_000, 100_000)
MILLION = 1_000_000
IMPACT_SECONDS, CLIENT_MB = 1.5, 400
FROM_NOTHING = {"stream", "load"}
HEAD = "| Nodes | Work | Answer | Time | Rate | Exponent | Client, peak | Server |\n|---:|---|---:|---:|---:|---:|---:|---:|"


def grow(*, million: bool = False) -> bool:
    """Load and read each size in client processes of their own; return whether no target was missed."""
    on = machine()
    found: list[dict[str, Any]] = []
    with Stage(peer=False) as stage:
        stage.warm_up()
        of = versions(stage.ledger)
        for size in (*SIZES, MILLION) if million else SIZES:
            for work, *models in _works(size):
                if work in FROM_NOTHING:
                    empty(stage.ledger)
                say(f"{work}, {size:,} nodes")
                row = in_a_client(stage, work, size, *models) | {"server_mb": server_memory(stage)}
                found.append(row | {"exponent": _exponent(row, found)})
                print(json.dumps(found[-1] | {"machine": on, "versions": of, "command": command()}), flush=True)
    print(f"\n{_table(found)}\n")
    short = _short(found)
    for sentence in short:
        print(f"**falls short**: {sentence}")
    path = keep("growth", {"command": command(), "machine": on, "versions": of, "rows": found, "short": short})
    print(f"kept as benchmarks/results/{path.name}")
    return not short


def _works(size: int) -> list[tuple[str, ...]]:
    down, up = largest_downstream(size), largest_upstream(size)
    return [("stream",), ("stream-again",), ("load",), ("unchanged",), ("downstream", down), ("impact", down), ("trace", up)]


def _exponent(row: dict[str, Any], before: Sequence[dict[str, Any]]) -> float | None:
    """Return how the time grows with the answer (for loads: with the nodes): 1 is in proportion, 0 not at all."""
    last = [other for other in before if other["work"] == row["work"]]
    if not last:
        return None
    larger = _amount(row) / _amount(last[-1])
    return round(math.log(row["seconds"] / last[-1]["seconds"]) / math.log(larger), 2)


def _amount(row: dict[str, Any]) -> int:
    return int(row.get("answer") or row["size"])


def _table(rows: Sequence[dict[str, Any]]) -> str:
    return "\n".join([HEAD, *map(_line, rows)])


def _line(row: dict[str, Any]) -> str:
    exponent = "" if row["exponent"] is None else f"{row['exponent']:.2f}"
    rate = f"{_amount(row) / row['seconds']:,.0f} /s"
    return (
        f"| {row['size']:,} | `{row['work']}` | {_amount(row):,} | {seconds(row['seconds'])} | {rate} | {exponent} "
        f"| {row['peak_mb']:.0f} MB | {row['server_mb']:,} MB |"
    )


def _short(rows: Sequence[dict[str, Any]]) -> list[str]:
    found = []
    for row in rows:
        if row["size"] != SIZES[-1]:
            continue
        if row["work"] == "impact" and row["seconds"] >= IMPACT_SECONDS:
            found.append(f"impact of {row['answer']:,} nodes takes {row['seconds']:.2f} s, not under {IMPACT_SECONDS} s")
        if row["peak_mb"] >= CLIENT_MB:
            found.append(f"{row['work']} of {row['size']:,} nodes takes the client to {row['peak_mb']:.0f} MB, not under {CLIENT_MB} MB")
    return found

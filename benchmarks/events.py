"""Events: ours alone, from a thousand stored events to a million; what one more costs, and what it takes to verify all."""

import json
import math
from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Any

from benchmarks.estates import empty
from benchmarks.memory import in_a_client, server_memory
from benchmarks.results import command, keep, machine, versions
from benchmarks.stage import Stage, say
from benchmarks.table import seconds
from graph_ledger import DataNode, Ledger
from graph_ledger.database.batches import write_in_batches
from graph_ledger.database.database import Transaction
from graph_ledger.history.append import append
from graph_ledger.history.by_hand import appending_of
from graph_ledger.history.draft import Draft
from graph_ledger.history.locked import lock

SIZES = (1_000, 100_000, 1_000_000)
GROUP = "bench/group"
MEMBERS = [f"bench/member-{number:03d}" for number in range(100)]
BEGIN = datetime(2024, 1, 1, tzinfo=timezone.utc)
MINUTE = 60_000_000
MOST = 20
"""Most events of one member in one transaction; the group hears of each, which makes 4,000 events of it."""
PAYLOAD = {"auc": 0.7, "psi": 0.1, "summary": "metrics logged"}
FLAT, VERIFY_MB = 0.1, 200
"""Most that one more event may grow by, as an exponent; most that the client may hold that verifies a million events."""
HEAD = "| Stored events | Work | Time | Rate | Exponent | Client, peak | Server |\n|---:|---|---:|---:|---:|---:|---:|"


def grow_events() -> bool:
    """Fill to each size, then measure in client processes of their own; return whether no target was missed."""
    on = machine()
    found: list[dict[str, Any]] = []
    with Stage(peer=False) as stage:
        stage.warm_up()
        of = versions(stage.ledger)
        empty(stage.ledger)
        stored = _begin(stage.ledger)
        for size in SIZES:
            say(f"filling to {size:,} events")
            stored = fill(stage.ledger, stored, size)
            for work, *models in (("record", *MEMBERS[:1]), ("verify",)):
                say(f"{work}, {stored:,} events")
                row = in_a_client(stage, work, stored, *models) | {"server_mb": server_memory(stage)}
                found.append(row | {"exponent": _exponent(row, found)})
                print(json.dumps(found[-1] | {"machine": on, "versions": of, "command": command()}), flush=True)
                stored += row.get("written", 0)
    print("\n".join(["", HEAD, *map(_line, found), ""]))
    short = _short(found)
    for sentence in short:
        print(f"**falls short**: {sentence}")
    path = keep("growth-events", {"command": command(), "machine": on, "versions": of, "rows": found, "short": short})
    print(f"kept as benchmarks/results/{path.name}")
    return not short


def fill(ledger: Ledger, stored: int, size: int) -> int:
    """Append events to all members in turn, as ``record_many`` would, thousands in one transaction; each is heard by the group."""
    while stored < size:
        each = min(MOST, max(1, (size - stored) // (2 * len(MEMBERS))))

        def work(transaction: Transaction, keys: Sequence[str], each: int = each) -> None:
            models, now = lock(transaction, keys)
            members = [models[key] for key in keys]
            last = max(model.last_timestamp or 0 for model in members)
            drafts = [[Draft("metrics", "bench", last + MINUTE * (place + 1), dict(PAYLOAD)) for place in range(each)] for _ in members]
            append(transaction, [appending_of(transaction, *pair) for pair in zip(members, drafts, strict=True)], now)

        for _ in write_in_batches(ledger.database, MEMBERS, work):
            stored += 2 * each * len(MEMBERS)
    return stored


def _begin(ledger: Ledger) -> int:
    ledger.add([DataNode(key.partition("/")[2], platform="bench") for key in MEMBERS], observed_at=BEGIN)
    ledger.register_group(
        name=GROUP.partition("/")[2], platform="bench", owner="risk", model_type="composite", tier="high", purpose="p",
        members=MEMBERS, actor="bench", timestamp=BEGIN,
    )  # fmt: skip
    return sum(len(ledger.history(key)) for key in (GROUP, *MEMBERS))


def _exponent(row: dict[str, Any], before: Sequence[dict[str, Any]]) -> float | None:
    last = [other for other in before if other["work"] == row["work"]]
    if not last:
        return None
    return round(math.log(row["seconds"] / last[-1]["seconds"]) / math.log(row["size"] / last[-1]["size"]), 2)


def _line(row: dict[str, Any]) -> str:
    exponent = "" if row["exponent"] is None else f"{row['exponent']:.2f}"
    cells = [
        f"{row['size']:,}", f"`{row['work']}`", seconds(row["seconds"]), f"{row['answer'] / row['seconds']:,.0f} /s", exponent,
        f"{row['peak_mb']:.0f} MB", f"{row['server_mb']:,} MB",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _short(rows: Sequence[dict[str, Any]]) -> list[str]:
    found = []
    for row in rows:
        if row["work"] == "record" and (row["exponent"] or 0) > FLAT:
            found.append(f"record on a member at {row['size']:,} events grows with the exponent {row['exponent']}, not at most {FLAT}")
        if row["work"] == "verify" and row["peak_mb"] >= VERIFY_MB:
            found.append(f"verify of {row['size']:,} events takes the client to {row['peak_mb']:.0f} MB, not under {VERIFY_MB} MB")
    return found

"""Sync in the graph, ours alone: a first and a later release of 1,000 to 10,000 properties with two instances each, and the same again.

``python -m benchmarks.contracts.sync_graph`` prints a JSON line a size, with the exponent beside it; it ends with 1 if a target is missed.
"""

import json
import math
import statistics
import sys
import time
from typing import Any

from benchmarks.contracts.reports import CHANGED, METADATA, RULES, first_release, later_release
from benchmarks.contracts.sync_files import EXPONENT, SIZES, UPSTREAM, exponents
from graph_ledger import Ledger

RUNS = 3
MOST_SECONDS = {2_000: 3.0}


def measure(ledger: Ledger, size: int, run: int) -> dict[str, float]:
    """Sync both releases into a namespace of their own, the later one twice; return the seconds of each."""
    metadata = METADATA | {"id": f"http://bench.example/{size}/{run}/", "preferred_prefix": f"b{size}-{run}"}
    seconds = {}
    for work, report in (("first", first_release(size)), ("later", later_release(size)), ("again", later_release(size))):
        begun = time.perf_counter()
        done = ledger.contracts.sync(report, metadata=metadata, rules=RULES)
        seconds[work] = time.perf_counter() - begun
        assert done.replayed is (work == "again")
        assert done.created.contracts == {"first": size + size // 10, "later": size // CHANGED, "again": 0}[work]
    begun = time.perf_counter()
    assert len(ledger.contracts.list(f"b{size}-{run}")) == size + size // 10
    return {**seconds, "list": time.perf_counter() - begun}


def main() -> int:
    """Measure each size, the first run apart; return the exit code."""
    found: list[dict[str, Any]] = []
    with Ledger.temporary() as ledger:
        measure(ledger, SIZES[0], 0)
        for size in SIZES:
            runs = [measure(ledger, size, run) for run in range(1, RUNS + 1)]
            row = {"properties": size, **{work: round(statistics.median(run[work] for run in runs), 3) for work in runs[0]}}
            grown = exponents(found[0], row, runs[0]) if found else None
            found.append(row | {"exponent": grown, "upstream_first": UPSTREAM.get(size)})
            print(json.dumps(found[-1]), flush=True)
    short = [row for row in found if row["first"] > MOST_SECONDS.get(row["properties"], math.inf)]
    last = found[-1]["exponent"] or {}
    return 1 if short or max(last["first"], last["later"]) > EXPONENT else 0


if __name__ == "__main__":
    sys.exit(main())

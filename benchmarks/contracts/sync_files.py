"""Sync in files, ours alone: a first and a later release of 1,000 to 10,000 properties with two instances each, files and all.

``python -m benchmarks.contracts.sync_files`` prints a JSON line a size, with the exponent beside it; it ends with 1 if a target is missed.
"""

import json
import math
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.contracts.reports import CHANGED, METADATA, RULES, first_release, later_release
from graph_ledger.contracts import sync_folder

SIZES = (1_000, 2_000, 10_000)
RUNS = 5
UPSTREAM = {2_000: 8.0}
"""Seconds that ModL was recorded to take for a first release of so many properties; by the sizes that were recorded."""
MOST_SECONDS = {2_000: 1.0}
EXPONENT = 1.1


def measure(size: int, folder: Path) -> dict[str, Any]:
    """Sync both releases into a new folder, and check what was written; return the seconds of each."""
    first, later, seconds = first_release(size), later_release(size), []
    for report in (first, later):
        begun = time.perf_counter()
        done = sync_folder(folder, report, metadata=METADATA, rules=RULES)
        seconds.append(time.perf_counter() - begun)
    assert done.tables is not None
    assert (len(done.tables.concepts), done.created.contracts) == (len(first["changes"]), size // CHANGED)
    return {"first": seconds[0], "later": seconds[1]}


def main() -> int:
    """Measure each size, the first run apart; return the exit code."""
    found: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as place:
        measure(SIZES[0], Path(place) / "warm")
        for size in SIZES:
            runs = [measure(size, Path(place) / f"{size}-{run}") for run in range(RUNS)]
            row = {"properties": size, **{work: statistics.median(run[work] for run in runs) for work in ("first", "later")}}
            found.append(row | {"exponent": exponents(found[0], row) if found else None, "upstream_first": UPSTREAM.get(size)})
            print(json.dumps(found[-1]), flush=True)
    short = [row for row in found if row["first"] > MOST_SECONDS.get(row["properties"], math.inf)]
    short += [row for row in found if row["exponent"] and row["properties"] == SIZES[-1] and max(row["exponent"].values()) > EXPONENT]
    return 1 if short else 0


def exponents(smallest: dict[str, Any], row: dict[str, Any], works: Iterable[str] = ("first", "later")) -> dict[str, float]:
    """Return how each work grew from the smallest size on: 1 is in proportion."""
    larger = math.log(row["properties"] / smallest["properties"])
    return {work: round(math.log(row[work] / smallest[work]) / larger, 2) for work in works}


if __name__ == "__main__":
    sys.exit(main())

"""Six dates of a real warehouse, discovered in order: parsed anew, and again from the cache of what was parsed."""

import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.estates import empty
from benchmarks.stage import Stage, say
from benchmarks.table import seconds
from graph_ledger.connectors.warehouse import WarehouseConnector
from tests.archive import ARCHIVE, unpacked

COLD_SECONDS, WARM_SECONDS = 90, 60
HEAD = "| Six dates of a warehouse | Nodes | Reading | Writing | In all | Target | |\n|---|---:|---:|---:|---:|---:|---|"


def warehouse(stage: Stage) -> list[dict[str, Any]]:
    """Return the seconds of reading and writing, cold and warm; nothing where the archive is not beside the project."""
    if not ARCHIVE.exists():
        say("the warehouse is left out: its history is not beside the project")
        return []
    with tempfile.TemporaryDirectory() as folder:
        dates, cache = unpacked(Path(folder) / "dates"), Path(folder) / "cache"
        return [_six(stage, dates, cache, *target) for target in (("parsed anew", COLD_SECONDS), ("from the cache", WARM_SECONDS))]


def table(rows: list[dict[str, Any]]) -> str:
    """Return the rows as Markdown."""
    return "\n".join([HEAD, *map(_line, rows)])


def _six(stage: Stage, dates: list[tuple[str, Path]], cache: Path, title: str, at_most: int) -> dict[str, Any]:
    say(f"six dates of a warehouse, {title}")
    empty(stage.ledger)
    stage.holds("warehouse")
    reading = writing = 0.0
    nodes = 0
    for day, folder in dates:
        started = time.perf_counter()
        listing = WarehouseConnector(folder, cache=cache).discover()
        read = time.perf_counter()
        report = stage.ledger.discover(Read(listing), observed_at=day)
        assert report.complete, report
        nodes += len(listing)
        reading, writing = reading + read - started, writing + time.perf_counter() - read
    return {"work": title, "nodes": nodes, "reading": reading, "writing": writing, "at_most": at_most, "met": reading + writing < at_most}


class Read:
    """A reading that was made before."""

    name = "warehouse"

    def __init__(self, listing: Any) -> None:
        self.listing = listing

    def discover(self) -> Any:
        """Return it."""
        return self.listing


def _line(row: dict[str, Any]) -> str:
    times = [seconds(each) for each in (row["reading"], row["writing"], row["reading"] + row["writing"])]
    mark = "met" if row["met"] else "**falls short**"
    return f"| {row['work']} | {row['nodes']:,} | {' | '.join(times)} | under {row['at_most']} s | {mark} |"

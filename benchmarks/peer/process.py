"""Runs in the peer's virtual environment: JSON lines in, JSON lines out, the store a SQLite file as the peer opens it."""

import gc
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from model_ledger import Ledger  # type: ignore[import-not-found]  # installed in the peer's environment alone

from benchmarks.graph import chain, make_graph
from benchmarks.memberships import GROUP
from benchmarks.peak import peak_mb
from benchmarks.peer.fill import data_nodes, fill_graph, fill_histories, fill_memberships

OWN = {"empty", "load", "chain", "histories", "memberships", "inventory_at", "membership_at_middle", "record_each"}
"""What is not asked of the peer as it stands."""


class Store:
    """The peer's ledger over one file, and what a benchmark does with it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.number = folder, 0
        self.ledger: Any = None
        self.middle = datetime.now(timezone.utc)
        """When half of the changes of the group were made."""
        self.empty()

    def open(self) -> None:
        """Open the file anew."""
        self.path = self.folder / f"peer-{self.number}.db"
        self.ledger = Ledger.from_sqlite(str(self.path))

    def empty(self) -> None:
        """Begin a new file."""
        self.number += 1
        self.open()

    def load(self, size: int) -> None:
        """Set-up, never timed: load the graph."""
        fill_graph(self._hurried(), make_graph(size))
        self.open()

    def chain(self, length: int) -> None:
        """Set-up, never timed: load a chain."""
        fill_graph(self._hurried(), chain(length))
        self.open()

    def histories(self, size: int) -> None:
        """Set-up, never timed: load models with their events."""
        fill_histories(self._hurried(), size)
        self.open()

    def memberships(self) -> None:
        """Set-up, never timed: let the members of a group come and go."""
        self.middle = fill_memberships(self._hurried())
        self.open()

    def inventory_at(self, date: str) -> Any:
        """Its verb; JSON has no dates."""
        return self.ledger.inventory_at(datetime.fromisoformat(date))

    def membership_at_middle(self) -> Any:
        """Its verb, with the time that this process alone knows."""
        return self.ledger.membership_at(GROUP, self.middle)

    def record_each(self, events: list[dict[str, Any]]) -> int:
        """Its verb, as often as there are events: it has none for many."""
        for event in events:
            self.ledger.record(**event)
        return len(events)

    def _hurried(self) -> Any:
        """Open the file without a flush to disk per commit."""
        self.open()
        self.ledger.backend._conn.execute("PRAGMA synchronous=OFF")  # noqa: SLF001
        return self.ledger

    def work(self, verb: str, arguments: dict[str, Any]) -> Callable[[], Any]:
        """Return what is to be timed."""
        if verb in {"add", "add_connect"}:
            nodes = data_nodes(make_graph(arguments["size"]), arguments.get("version"))
            ledger = self.ledger
            return (lambda: ledger.add(nodes)) if verb == "add" else (lambda: (ledger.add(nodes), ledger.connect())[1])
        if verb == "memory":
            return lambda: {"mb": peak_mb(), "file_mb": self.path.stat().st_size / 2**20}
        method = getattr(self if verb in OWN else self.ledger, verb)
        return lambda: method(**arguments)


def answered(store: Store, call: dict[str, Any]) -> dict[str, Any]:
    """Carry out one call and time it."""
    if call["fresh"]:
        store.open()
    work = store.work(call["verb"], call["arguments"])
    gc.collect()
    started = time.perf_counter()
    try:
        value = work()
    except Exception as error:  # noqa: BLE001  # a crash is an answer too
        return {"seconds": time.perf_counter() - started, "error": f"{type(error).__name__}: {str(error)[:120]}"}
    return {"seconds": time.perf_counter() - started, "value": value}


def plain(value: Any) -> Any:
    """Make JSON of what the peer returns."""
    return value.model_dump(mode="json") if hasattr(value, "model_dump") else str(value)


def main() -> None:
    """Answer until the input ends."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what the peer itself prints is no answer
    with tempfile.TemporaryDirectory(prefix="graph-ledger-peer-") as folder:
        store = Store(Path(folder))
        for line in sys.stdin:
            print(json.dumps(answered(store, json.loads(line)), default=plain), file=out, flush=True)


if __name__ == "__main__":
    main()

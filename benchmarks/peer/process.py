"""Runs in the peer's virtual environment: JSON lines in, JSON lines out, the store a SQLite file as the peer opens it."""

import gc
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from model_ledger import Ledger  # type: ignore[import-not-found]  # installed in the peer's environment alone
from model_ledger.graph.models import DataNode  # type: ignore[import-not-found]

from benchmarks.graph import Node, chain, make_graph
from benchmarks.peak import peak_mb


class Store:
    """The peer's ledger over one file, and what a benchmark does with it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.number = folder, 0
        self.ledger: Any = None
        self.empty()

    @property
    def path(self) -> Path:
        """The file that is open."""
        return self.folder / f"peer-{self.number}.db"

    def open(self) -> None:
        """Open the file anew."""
        self.ledger = Ledger.from_sqlite(str(self.path))

    def empty(self) -> None:
        """Begin a new file."""
        self.number += 1
        self.open()

    def load(self, size: int) -> None:
        """Set-up, never timed: load the graph without a flush to disk per commit."""
        self._set_up(make_graph(size))

    def chain(self, length: int) -> None:
        """Set-up, never timed: load a chain."""
        self._set_up(chain(length))

    def _set_up(self, nodes: tuple[Node, ...]) -> None:
        self.open()
        self.ledger.backend._conn.execute("PRAGMA synchronous=OFF")  # noqa: SLF001
        self.ledger.add(data_nodes(nodes, None))
        self.ledger.connect()
        self.open()

    def work(self, verb: str, arguments: dict[str, Any]) -> Callable[[], Any]:
        """Return what is to be timed."""
        if verb in {"add", "add_connect"}:
            nodes = data_nodes(make_graph(arguments["size"]), arguments.get("version"))
            ledger = self.ledger
            return (lambda: ledger.add(nodes)) if verb == "add" else (lambda: (ledger.add(nodes), ledger.connect())[1])
        if verb in {"empty", "load", "chain"}:
            return lambda: getattr(self, verb)(**arguments)
        if verb == "memory":
            return lambda: {"mb": peak_mb(), "file_mb": self.path.stat().st_size / 2**20}
        method = getattr(self.ledger, verb)
        return lambda: method(**arguments)


def data_nodes(nodes: tuple[Node, ...], version: str | None) -> list[Any]:
    """Make the peer's nodes; with a version, each hundredth node has changed to it."""
    return [
        DataNode(
            name=node.name,
            platform=node.platform,
            inputs=list(node.inputs),
            outputs=list(node.outputs),
            metadata={**node.metadata, "code_version": version} if version and number % 100 == 0 else dict(node.metadata),
        )
        for number, node in enumerate(nodes)
    ]


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

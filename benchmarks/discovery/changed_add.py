"""The graph is taken in again; one node in a hundred has changed."""

from itertools import count
from typing import Any

from benchmarks.estates import data_nodes, later
from benchmarks.graph import make_graph
from benchmarks.peer.calls import Call, Rival
from benchmarks.row import About
from graph_ledger import Ledger

ABOUT = About("`add` with 1 % changed", "lineage", ("add",), runs=3, warm=1)
VERSIONS = count(1)


def prepare(ledger: Ledger, size: int) -> Any:
    del ledger
    version = f"1.1.{next(VERSIONS)}"
    return size, version, data_nodes(make_graph(size), version), later()


def work(ledger: Ledger, prepared: Any) -> Any:
    return ledger.add(prepared[2], observed_at=prepared[3])


def peer(prepared: Any) -> Rival:
    return Call("add", {"size": prepared[0], "version": prepared[1]}, fresh=True)


def check(prepared: Any, ours: Any, theirs: Any) -> int:
    assert len(ours) == theirs["added"] == prepared[0] // 100, (ours, theirs)
    return len(ours)

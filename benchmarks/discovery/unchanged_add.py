"""The same graph is taken in again: nothing has changed."""

from typing import Any

from benchmarks.estates import data_nodes, later
from benchmarks.graph import make_graph
from benchmarks.peer.calls import Call, Rival
from benchmarks.row import About
from graph_ledger import Ledger

ABOUT = About("unchanged `add`", "lineage", ("add",), at_least=4, runs=3, warm=1)


def prepare(ledger: Ledger, size: int) -> Any:
    del ledger
    return size, data_nodes(make_graph(size)), later()


def work(ledger: Ledger, prepared: Any) -> Any:
    return ledger.add(prepared[1], observed_at=prepared[2]).skipped


def peer(prepared: Any) -> Rival:
    return Call("add", {"size": prepared[0]}, fresh=True)


def check(prepared: Any, ours: Any, theirs: Any) -> int:
    assert ours == theirs["skipped"] == prepared[0], (ours, theirs)
    return int(ours)

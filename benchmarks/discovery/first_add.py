"""The graph is taken in for the first time, and connected."""

from typing import Any

from benchmarks.estates import FIRST, data_nodes
from benchmarks.expected import graph
from benchmarks.graph import make_graph
from benchmarks.peer.calls import Call, Rival
from benchmarks.row import About
from graph_ledger import Ledger

ABOUT = About("first `add` + `connect`", "empty", ("add", "connect"), at_least=5, runs=2, warm=0, leaves="lineage")


def prepare(ledger: Ledger, size: int) -> Any:
    del ledger
    return size, data_nodes(make_graph(size))


def work(ledger: Ledger, prepared: Any) -> Any:
    _, nodes = prepared
    ledger.add(nodes, observed_at=FIRST)
    return ledger.connect()["links_created"]


def peer(prepared: Any) -> Rival:
    return Call("add_connect", {"size": prepared[0]}, fresh=True)


def check(prepared: Any, ours: Any, theirs: Any) -> int:
    edges = graph(prepared[0]).number_of_edges()
    assert ours == theirs["links_created"] == edges, (ours, theirs, edges)
    return int(edges)

"""The same set in process memory: no history, nothing stored, no server between."""

from typing import Any

import networkx as nx

from benchmarks.expected import check_downstream, graph, largest_downstream
from benchmarks.peer.calls import Here, Rival
from benchmarks.row import About
from graph_ledger import Ledger

ABOUT = About("`downstream` beside networkx, the limit", "lineage", ("downstream",), note="networkx keeps no history and stores nothing")


def prepare(ledger: Ledger, size: int) -> Any:
    del ledger
    return size, largest_downstream(size)


def work(ledger: Ledger, prepared: Any) -> Any:
    return ledger.downstream(prepared[1])


def peer(prepared: Any) -> Rival:
    size, model = prepared
    return Here("networkx", lambda: nx.descendants(graph(size), model))


def check(prepared: Any, ours: Any, theirs: Any) -> int:
    return check_downstream(*prepared, ours, theirs)

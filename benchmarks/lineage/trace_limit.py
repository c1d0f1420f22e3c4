"""What ``trace`` returns, in process memory: the ancestors and their topological order."""

from typing import Any

import networkx as nx

from benchmarks.expected import check_trace, graph, largest_upstream
from benchmarks.peer.calls import Here, Rival
from benchmarks.row import About
from graph_ledger import Ledger

ABOUT = About("`trace` beside networkx, the limit", "lineage", ("trace",), note="networkx keeps no history and stores nothing")


def prepare(ledger: Ledger, size: int) -> Any:
    del ledger
    return size, largest_upstream(size)


def work(ledger: Ledger, prepared: Any) -> Any:
    return ledger.trace(prepared[1])


def peer(prepared: Any) -> Rival:
    whole, model = graph(prepared[0]), prepared[1]
    return Here("networkx", lambda: list(nx.topological_sort(whole.subgraph(nx.ancestors(whole, model) | {model}))))


def check(prepared: Any, ours: Any, theirs: Any) -> int:
    return check_trace(*prepared, ours, theirs)

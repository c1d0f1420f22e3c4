"""One small tool call of an agent over stdio, beside the library's own call."""

from typing import Any

from benchmarks.expected import largest_downstream
from benchmarks.peer.calls import Here, Rival
from benchmarks.row import About
from benchmarks.surfaces.processes import agent
from graph_ledger import Ledger

ABOUT = About("MCP tool call (`get`, stdio)", "lineage", ("get",), beyond=0.005, runs=51, warm=20)


def prepare(ledger: Ledger, size: int) -> Any:
    return largest_downstream(size), ledger, agent()


def work(ledger: Ledger, prepared: Any) -> Any:
    del ledger
    return prepared[2].call("get", model=prepared[0])


def peer(prepared: Any) -> Rival:
    model, ledger, _ = prepared
    return Here("the library", lambda: ledger.get(model))


def check(prepared: Any, ours: Any, theirs: Any) -> int:
    del prepared
    assert ours["key"] == theirs.key
    return 1

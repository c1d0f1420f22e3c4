"""A trace of thousands of nodes over HTTP, read to its last byte, beside the call of the library that walks the same."""

from typing import Any

from benchmarks.expected import check_downstream, largest_downstream
from benchmarks.peer.calls import Here, Rival
from benchmarks.row import About
from benchmarks.surfaces.processes import service
from graph_ledger import Ledger

ABOUT = About("REST `trace` downstream, beside the library's `impact`", "lineage", ("impact",), at_most=2, note="nodes stand in it twice")


def prepare(ledger: Ledger, size: int) -> Any:
    return size, largest_downstream(size), ledger, service()


def work(ledger: Ledger, prepared: Any) -> Any:
    del ledger
    return prepared[3].get("/trace", params={"name": prepared[1], "direction": "downstream"}).raise_for_status()


def peer(prepared: Any) -> Rival:
    _, model, ledger, _ = prepared
    return Here("the library", lambda: ledger.impact(model))


def check(prepared: Any, ours: Any, theirs: Any) -> int:
    assert [node["key"] for node in ours.json()["downstream"]] == [node.key for node in theirs.nodes]
    return check_downstream(*prepared[:2], [node["name"] for node in ours.json()["nodes"]])

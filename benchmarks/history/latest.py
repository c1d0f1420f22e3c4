"""The newest event of one model: one round trip to a server, or none in process."""

from typing import Any

from benchmarks.expected import largest_upstream
from benchmarks.peer.calls import Call, Rival
from benchmarks.row import About
from graph_ledger import Ledger

ABOUT = About("`latest`", "lineage", ("latest",), runs=51, warm=10, note="a server loses here")


def prepare(ledger: Ledger, size: int) -> Any:
    del ledger
    return largest_upstream(size)


def work(ledger: Ledger, prepared: Any) -> Any:
    return ledger.latest(prepared)


def peer(prepared: Any) -> Rival:
    return Call("latest", {"model": prepared})


def check(prepared: Any, ours: Any, theirs: Any) -> int:
    assert prepared
    assert ours.event_type == "discovered"
    assert theirs["event_type"], "the peer's newest event may be that of an edge: it writes two an edge"
    return 1

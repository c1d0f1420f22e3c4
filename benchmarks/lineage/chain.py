"""A chain of 5,000 nodes, both ways; the peer's walks end with a RecursionError on one of 1,200."""

from typing import Any

from benchmarks.estates import LINKS, PEER_LINKS
from benchmarks.graph import chain
from benchmarks.peer.calls import Call, Rival
from benchmarks.row import About
from graph_ledger import Ledger

ABOUT = About(
    "chain of 5,000 nodes, `trace` and `downstream`", "chain", ("trace", "downstream"), runs=7, warm=1, note="the peer: one of 1,200"
)


def prepare(ledger: Ledger, size: int) -> Any:
    del ledger, size
    return [node.name for node in chain(LINKS)]


def work(ledger: Ledger, prepared: Any) -> Any:
    return ledger.trace(prepared[-1]), ledger.downstream(prepared[0])


def peer(prepared: Any) -> Rival:
    return Call("trace", {"name": prepared[PEER_LINKS - 1]}, may_fail=True)


def check(prepared: Any, ours: Any, theirs: Any) -> int:
    traced, reached = ours
    assert traced == prepared
    assert reached == prepared[1:]
    assert isinstance(theirs, (str, list))
    return len(traced)

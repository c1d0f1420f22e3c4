"""A small trace, where the round trips to a server are all of the time."""

from typing import Any

from benchmarks.expected import check_trace, small_upstream
from benchmarks.peer.calls import Call, Rival
from benchmarks.row import About
from graph_ledger import Ledger

ABOUT = About("`trace`, small", "lineage", ("trace",), runs=21, note="a server may lose here")


def prepare(ledger: Ledger, size: int) -> Any:
    del ledger
    return size, small_upstream(size)


def work(ledger: Ledger, prepared: Any) -> Any:
    return ledger.trace(prepared[1])


def peer(prepared: Any) -> Rival:
    return Call("trace", {"name": prepared[1]})


def check(prepared: Any, ours: Any, theirs: Any) -> int:
    return check_trace(*prepared, ours, theirs)

"""Everything that one node of the last level depends on, sources first."""

from typing import Any

from benchmarks.expected import check_trace, largest_upstream
from benchmarks.peer.calls import Call, Rival
from benchmarks.row import About
from graph_ledger import Ledger

ABOUT = About("`trace`, in topological order", "lineage", ("trace",), at_least=8)


def prepare(ledger: Ledger, size: int) -> Any:
    del ledger
    return size, largest_upstream(size)


def work(ledger: Ledger, prepared: Any) -> Any:
    return ledger.trace(prepared[1])


def peer(prepared: Any) -> Rival:
    return Call("trace", {"name": prepared[1]})


def check(prepared: Any, ours: Any, theirs: Any) -> int:
    return check_trace(*prepared, ours, theirs)

"""The walk as of the middle of history, which tests both clocks, beside our own walk of today, which tests none."""

from typing import Any

from benchmarks.estates import MIDDLE
from benchmarks.expected import check_downstream, largest_downstream
from benchmarks.peer.calls import Here, Rival
from benchmarks.row import About
from graph_ledger import Ledger

ABOUT = About("`downstream` as of the middle, beside ours of today", "history", ("downstream",), at_most=3.5)


def prepare(ledger: Ledger, size: int) -> Any:
    return size, largest_downstream(size), ledger


def work(ledger: Ledger, prepared: Any) -> Any:
    return ledger.downstream(prepared[1], as_of=MIDDLE)


def peer(prepared: Any) -> Rival:
    _, model, ledger = prepared
    return Here("ours, today", lambda: ledger.downstream(model))


def check(prepared: Any, ours: Any, theirs: Any) -> int:
    size, model, _ = prepared
    assert set(theirs) != set(ours), "the graph has not changed since"
    return check_downstream(size, model, ours)

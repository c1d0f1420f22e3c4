"""Every hash of every event, recomputed; beside reading the same events from the server and doing nothing with them."""

from typing import Any

from benchmarks.peer.calls import Here, Rival
from benchmarks.row import About
from graph_ledger import Ledger

ABOUT = About("`verify`, all events", "histories", ("verify",), runs=3, warm=1, note="the peer has none")


def prepare(ledger: Ledger, size: int) -> Any:
    del size
    return ledger


def work(ledger: Ledger, prepared: Any) -> Any:
    del prepared
    return ledger.verify()


def peer(prepared: Any) -> Rival:
    read = prepared.database.reading
    return Here("read, not checked", lambda: read(lambda transaction: sum(1 for _ in transaction.stream("history/chains"))))


def check(prepared: Any, ours: Any, theirs: Any) -> int:
    assert prepared
    assert ours.ok, ours.findings[:3]
    assert ours.checked == theirs > 0, (ours.checked, theirs)
    return int(ours.checked)

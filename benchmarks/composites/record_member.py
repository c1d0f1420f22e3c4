"""One event on a member of a group of 1,000, which hears of it by an event of its own."""

from itertools import count
from typing import Any

from benchmarks.memberships import GROUP, make_steps, members_after
from benchmarks.peer.calls import Call, Rival
from benchmarks.row import About
from graph_ledger import Ledger

ABOUT = About("`record`, a member of a group", "memberships", ("register_group", "record"), at_least=60, runs=21, warm=5)
NUMBERS = count(1)


def prepare(ledger: Ledger, size: int) -> Any:
    """Take another member each time."""
    del ledger, size
    number = next(NUMBERS)
    members = sorted(members_after(len(make_steps())))
    return members[number * 97 % len(members)], {"auc": 0.7, "run": f"run-{number:06d}"}


def work(ledger: Ledger, prepared: Any) -> Any:
    model, payload = prepared
    return ledger.record(model, event="metrics", payload=payload, actor="bench"), ledger


def peer(prepared: Any) -> Rival:
    model, payload = prepared
    return Call("record", {"model": model, "event": "metrics", "payload": payload, "actor": "bench"})


def check(prepared: Any, ours: Any, theirs: Any) -> int:
    snapshot, ledger = ours
    assert snapshot.payload == theirs["payload"] == prepared[1], (ours, theirs)
    (heard,) = ledger.history(GROUP, limit=1)
    assert heard.event_type == "member_changed", heard
    return 1

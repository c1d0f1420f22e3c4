"""Ten thousand events on as many models, one call; the peer has none for many, so its ``record`` is called as often."""

from itertools import count
from typing import Any

from benchmarks.histories import make_histories
from benchmarks.peer.calls import Call, Rival
from benchmarks.row import About
from graph_ledger import Event, Ledger

ABOUT = About(
    "`record_many`, 10,000 events", "histories", ("record_many",), per_second=2_000, runs=3, warm=1, note="the peer: `record`, one by one"
)
RUNS = count(1)


def prepare(ledger: Ledger, size: int) -> Any:
    del ledger
    run = f"run-{next(RUNS):06d}"
    return [
        {"model": each.name, "event": "metrics", "payload": {"auc": 0.7, "run": run}, "actor": "bench"} for each in make_histories(size)
    ]


def work(ledger: Ledger, prepared: Any) -> Any:
    return ledger.record_many(Event(**each) for each in prepared)


def peer(prepared: Any) -> Rival:
    return Call("record_each", {"events": prepared})


def check(prepared: Any, ours: Any, theirs: Any) -> int:
    assert [each.payload for each in ours] == [each["payload"] for each in prepared]
    assert theirs == len(prepared), theirs
    return len(ours)

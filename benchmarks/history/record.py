"""One event on a model that is in no composite, flushed to disk on both sides."""

from itertools import count
from typing import Any

from benchmarks.graph import make_graph
from benchmarks.peer.calls import Call, Rival
from benchmarks.row import About
from graph_ledger import Ledger

ABOUT = About("`record`, a model in no composite", "lineage", ("record",), runs=51, warm=10, note="a server loses here")
NUMBERS = count(1)


def prepare(ledger: Ledger, size: int) -> Any:
    """Take another model each time: the peer reads all events of the model that it records on."""
    del ledger
    number = next(NUMBERS)
    return make_graph(size)[number * 97 % size].name, {"auc": 0.7, "run": f"run-{number:06d}"}


def work(ledger: Ledger, prepared: Any) -> Any:
    model, payload = prepared
    return ledger.record(model, event="metrics", payload=payload, actor="bench")


def peer(prepared: Any) -> Rival:
    model, payload = prepared
    return Call("record", {"model": model, "event": "metrics", "payload": payload, "actor": "bench"})


def check(prepared: Any, ours: Any, theirs: Any) -> int:
    assert ours.payload == theirs["payload"] == prepared[1], (ours, theirs)
    return 1

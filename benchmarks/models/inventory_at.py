"""All models as of a date after the last event: 10,000 with ten events each, half of which changed a field."""

from typing import Any

from benchmarks.histories import END, check_inventory
from benchmarks.peer.calls import Call, Rival
from benchmarks.row import About
from graph_ledger import Ledger

ABOUT = About(
    "`inventory_at`, after the last event",
    "histories",
    ("inventory_at",),
    at_least=8,
    runs=15,
    warm=10,
    note="the peer: the models as they are today",
)


def prepare(ledger: Ledger, size: int) -> Any:
    del ledger
    return size, END


def work(ledger: Ledger, prepared: Any) -> Any:
    return ledger.inventory_at(prepared[1])


def peer(prepared: Any) -> Rival:
    return Call("inventory_at", {"date": prepared[1].isoformat()})


def check(prepared: Any, ours: Any, theirs: Any) -> int:
    size, date = prepared
    return check_inventory(size, date, ours, theirs)

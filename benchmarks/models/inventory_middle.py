"""All models as of the middle of their history, when half of them were there: most have changed since."""

from typing import Any

from benchmarks.histories import MIDDLE
from benchmarks.models import inventory_at
from benchmarks.row import About
from graph_ledger import Ledger

ABOUT = About(
    "`inventory_at`, in the middle", "histories", ("inventory_at",), runs=15, warm=10, note="the peer: the models as they are today"
)


def prepare(ledger: Ledger, size: int) -> Any:
    del ledger
    return size, MIDDLE


work, peer, check = inventory_at.work, inventory_at.peer, inventory_at.check

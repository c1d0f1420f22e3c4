"""Everything that depended on one node in the middle of history, beside the peer's walk of today: it has no other.

A tenth of the nodes have read something else since; the peer holds the graph as it was first, so both answers are equal.
"""

from typing import Any

from benchmarks.estates import MIDDLE
from benchmarks.expected import check_downstream, largest_downstream
from benchmarks.peer.calls import Call, Rival
from benchmarks.row import About
from graph_ledger import Ledger

ABOUT = About("`downstream` as of the middle of history", "history", ("downstream",), at_least=8, note="the peer: its walk of today")


def prepare(ledger: Ledger, size: int) -> Any:
    del ledger
    return size, largest_downstream(size)


def work(ledger: Ledger, prepared: Any) -> Any:
    return ledger.downstream(prepared[1], as_of=MIDDLE)


def peer(prepared: Any) -> Rival:
    return Call("downstream", {"name": prepared[1]})


def check(prepared: Any, ours: Any, theirs: Any) -> int:
    return check_downstream(*prepared, ours, theirs)

"""Everything that depends on one node of the first level."""

from typing import Any

from benchmarks.expected import check_downstream, largest_downstream
from benchmarks.peer.calls import Call, Rival
from benchmarks.row import About
from graph_ledger import Ledger

ABOUT = About("`downstream`", "lineage", ("downstream",), at_least=20)


def prepare(ledger: Ledger, size: int) -> Any:
    del ledger
    return size, largest_downstream(size)


def work(ledger: Ledger, prepared: Any) -> Any:
    return ledger.downstream(prepared[1])


def peer(prepared: Any) -> Rival:
    return Call("downstream", {"name": prepared[1]})


def check(prepared: Any, ours: Any, theirs: Any) -> int:
    return check_downstream(*prepared, ours, theirs)

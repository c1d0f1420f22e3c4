"""The same impact through the client of the service, as values of the library."""

from typing import Any

from benchmarks.expected import largest_downstream
from benchmarks.peer.calls import Here, Rival
from benchmarks.row import About
from benchmarks.surfaces.processes import service
from graph_ledger import Ledger

ABOUT = About('`Ledger("http://...").impact`, beside the library\'s', "lineage", ("impact",))
REMOTE: list[Ledger] = []


def prepare(ledger: Ledger, size: int) -> Any:
    if not REMOTE:
        REMOTE.append(Ledger(str(service().base_url)))
    return largest_downstream(size), ledger


def work(ledger: Ledger, prepared: Any) -> Any:
    del ledger
    return REMOTE[0].impact(prepared[0])


def peer(prepared: Any) -> Rival:
    model, ledger = prepared
    return Here("the library", lambda: ledger.impact(model))


def check(prepared: Any, ours: Any, theirs: Any) -> int:
    del prepared
    assert ours == theirs
    return len(ours)

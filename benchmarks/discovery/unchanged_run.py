"""The hourly run: a source lists everything again, completely, and nothing has changed."""

from typing import Any

from benchmarks.estates import data_nodes, later
from benchmarks.graph import make_graph
from benchmarks.peer.calls import Call, Rival
from benchmarks.row import About
from graph_ledger import DataNode, Ledger
from graph_ledger.connectors import Listing

ABOUT = About(
    "unchanged complete `discover`", "lineage", ("discover", "runs"), per_second=6_667, runs=3, warm=1, leaves="run",
    note="10,000 nodes in 1.5 s, the connector's own reading left out; the peer: its unchanged `add`",
)  # fmt: skip


class Read:
    """A reading that was made before the clock counts."""

    name = "bench"

    def __init__(self, nodes: list[DataNode]) -> None:
        self.nodes = nodes

    def discover(self) -> Listing:
        """Return it."""
        return Listing(self.nodes, source=self.name, complete=True)


def prepare(ledger: Ledger, size: int) -> Any:
    source = Read(data_nodes(make_graph(size)))
    if not ledger.runs("bench"):
        ledger.discover(source, observed_at=later())
    return size, source


def work(ledger: Ledger, prepared: Any) -> Any:
    return ledger.discover(prepared[1]).skipped


def peer(prepared: Any) -> Rival:
    return Call("add", {"size": prepared[0]}, fresh=True)


def check(prepared: Any, ours: Any, theirs: Any) -> int:
    assert ours == theirs["skipped"] == prepared[0], (ours, theirs)
    return int(ours)

"""Estates: what both sides hold before a row is run."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import count

from benchmarks.fill import fill_histories, fill_memberships
from benchmarks.graph import Node, chain, make_graph
from benchmarks.peer.calls import Call
from graph_ledger import DataNode, Ledger

TODAY = datetime.now(timezone.utc).replace(microsecond=0)
FIRST = TODAY - timedelta(days=200)
"""When the graph was observed first."""
MIDDLE = TODAY - timedelta(days=150)
SECOND = TODAY - timedelta(days=100)
"""When a tenth of the nodes were seen to read something else."""
HOURS = count(1)
LINKS, PEER_LINKS = 5_000, 1_200


@dataclass(frozen=True, slots=True)
class Estate:
    """How to come by it."""

    load: Callable[[Ledger, int], None]
    calls: Callable[[int], tuple[Call, ...]]
    """The same for the peer, where it holds that at all."""
    needs: tuple[str, ...] = ()
    spoils: tuple[str, ...] = ()


def data_nodes(nodes: tuple[Node, ...], version: str | None = None) -> list[DataNode]:
    """Make our nodes; with a version, each hundredth node has changed to it."""
    return [
        DataNode(
            node.name,
            node.platform,
            node.inputs,
            node.outputs,
            {**node.metadata, "code_version": version} if version and number % 100 == 0 else node.metadata,
        )
        for number, node in enumerate(nodes)
    ]


def later() -> datetime:
    """Return the next hour after the first observation, so that a repeated load is in order, and before the second state."""
    return FIRST + timedelta(hours=next(HOURS))


def rewired(size: int) -> list[DataNode]:
    """Return each tenth node past the first levels as it is later: it reads a raw source in place of its last input."""
    return [
        DataNode(node.name, node.platform, (*node.inputs[:-1], f"raw.later_{number:06d}"), node.outputs, node.metadata)
        for number, node in enumerate(make_graph(size))
        if number % 10 == 5 and node.level > 1
    ]


def empty(ledger: Ledger, size: int = 0) -> None:
    """Delete everything but the schema."""
    del size
    while ledger.database.write(lambda transaction: transaction.run("explore/empty", most=500))["deleted"]:
        pass


def _load(ledger: Ledger, size: int) -> None:
    ledger.add(data_nodes(make_graph(size)), observed_at=FIRST)


def _rewire(ledger: Ledger, size: int) -> None:
    ledger.add(rewired(size), observed_at=SECOND)


def _chain(ledger: Ledger, size: int) -> None:
    del size
    ledger.add(data_nodes(chain(LINKS)), observed_at=FIRST)


ESTATES = {
    "empty": Estate(empty, lambda _size: (Call("empty"),)),
    "lineage": Estate(_load, lambda size: (Call("load", {"size": size}),), needs=("empty",)),
    "history": Estate(_rewire, lambda _size: (), needs=("lineage",), spoils=("lineage",)),
    "histories": Estate(fill_histories, lambda size: (Call("histories", {"size": size}),), needs=("empty",)),
    "memberships": Estate(fill_memberships, lambda _size: (Call("memberships"),), needs=("empty",)),
    "chain": Estate(_chain, lambda _size: (Call("chain", {"length": PEER_LINKS}),)),
}

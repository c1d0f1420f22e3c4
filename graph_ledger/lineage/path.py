"""Path: the shortest way by which one model feeds another, with the evidence for each step."""

from collections import defaultdict
from collections.abc import Iterable

from graph_ledger.database.database import Database, Transaction
from graph_ledger.lineage.clocks import clocks
from graph_ledger.lineage.column_path import path_by_column
from graph_ledger.lineage.evidence import SharedPort, distances, shared_ports
from graph_ledger.values.moment import Moment
from graph_ledger.values.path import Path, PathStep


def path(database: Database, start_key: str, end_key: str, moment: Moment, column: str | None = None) -> Path:
    """Return the shortest way from one model to another; of several the first by key at each step, nodes before ports.

    A ``column`` of what the first one writes is followed from node to node: on the way with the fewest steps of which nobody tells how
    columns come about, and of those the shortest.

    Raises:
        ValidationError: Columns of the first model are known, and none has that name.
    Cost: a walk from either end; whatever lies on no shortest way is dropped before the evidence is read. By column whatever lies on
    any way is kept, and followed in memory.
    Source: ``cypher/lineage/steps_downstream.cypher``, ``evidence.cypher``; proved by ``tests/lineage/test_path.py``.
    """

    def work(transaction: Transaction) -> Path:
        times = clocks(transaction, moment)
        if column is not None:
            return path_by_column(transaction, start_key, end_key, column, times)
        if start_key == end_key:
            return Path(start=start_key, end=end_key)
        behind = distances(transaction, "lineage/steps_downstream", start_key, times)
        if end_key not in behind:
            return Path(start=start_key, end=end_key)
        before = distances(transaction, "lineage/steps_upstream", end_key, times)
        length = behind[end_key]
        layers = {key: hops for key, hops in behind.items() if hops + before.get(key, length) == length}
        ports = shared_ports(transaction, sorted(layers), times)
        return Path(start=start_key, end=end_key, steps=tuple(_steps(start_key, end_key, layers, ports.values())))

    return database.reading(work)


def _steps(start: str, end: str, layers: dict[str, int], ports: Iterable[SharedPort]) -> list[PathStep]:
    following: dict[str, list[tuple[str, str, SharedPort]]] = defaultdict(list)
    for port in ports:
        for writer in port.writers:
            following[writer] += [(reader, port.key, port) for reader in port.readers if layers[reader] == layers[writer] + 2]
    steps, here = [], start
    while here != end:
        after, _, port = min(following[here], key=lambda step: step[:2])
        steps.append(PathStep(**port.step(here, after)))
        here = after
    return steps

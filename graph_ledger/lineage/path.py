"""Path: the shortest way by which one model feeds another, with the evidence for each step."""

from collections import defaultdict
from dataclasses import dataclass, field

from graph_ledger.database.database import Database, Row, Transaction
from graph_ledger.lineage.clocks import clocks
from graph_ledger.lineage.dependencies import DECLARED
from graph_ledger.values.moment import Moment, from_microseconds
from graph_ledger.values.path import Path, PathStep


def path(database: Database, start_key: str, end_key: str, moment: Moment) -> Path:
    """Return the shortest way from one model to another; of several the first by key at each step, nodes before ports.

    Cost: a walk from either end; whatever lies on no shortest way is dropped before the evidence is read.
    Source: ``cypher/lineage/steps_downstream.cypher``, ``evidence.cypher``; proved by ``tests/lineage/test_path.py``.
    """

    def work(transaction: Transaction) -> Path:
        times = clocks(transaction, moment)
        if start_key == end_key:
            return Path(start=start_key, end=end_key)
        behind = _distances(transaction.run("lineage/steps_downstream", key=start_key, **times), start_key)
        if end_key not in behind:
            return Path(start=start_key, end=end_key)
        before = _distances(transaction.run("lineage/steps_upstream", key=end_key, **times), end_key)
        length = behind[end_key]
        layers = {key: hops for key, hops in behind.items() if hops + before.get(key, length) == length}
        keys = sorted(layers)
        ports = _ports(transaction.run("lineage/evidence", keys=keys, **times), keys)
        return Path(start=start_key, end=end_key, steps=tuple(_steps(start_key, end_key, layers, ports)))

    return database.reading(work)


@dataclass(slots=True)
class _Port:
    """One port between the nodes on the way: who writes it, who reads it, each with its claims (source, since)."""

    key: str
    identifier: str
    relationship: str = ""
    writers: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))
    readers: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))


def _distances(row: Row, start: str) -> dict[str, int]:
    return {start: 0} | dict(zip(row["keys"], row["hops"], strict=True))


def _ports(row: Row, keys: list[str]) -> list[_Port]:
    found: dict[str, _Port] = {}
    columns = ("nodes", "outputs", "ports", "identifiers", "kinds", "relationships", "sources", "starts")
    for node, is_output, key, identifier, kind, relationship, source, start in zip(*(row[name] for name in columns), strict=True):
        port = found.setdefault(key, _Port(key, "" if kind == DECLARED else identifier))
        (port.writers if is_output else port.readers)[keys[node]].append((source, start))
        port.relationship = relationship if is_output else port.relationship
    return list(found.values())


def _steps(start: str, end: str, layers: dict[str, int], ports: list[_Port]) -> list[PathStep]:
    following: dict[str, list[tuple[str, str, _Port]]] = defaultdict(list)
    for port in ports:
        for writer in port.writers:
            following[writer] += [(reader, port.key, port) for reader in port.readers if layers[reader] == layers[writer] + 2]
    steps, here = [], start
    while here != end:
        after, _, port = min(following[here], key=lambda step: step[:2])
        steps.append(_step(here, port, after))
        here = after
    return steps


def _step(here: str, port: _Port, after: str) -> PathStep:
    halves = port.writers[here], port.readers[after]
    return PathStep(
        from_key=here,
        port=port.identifier,
        relationship=port.relationship,
        sources=tuple(sorted({source for half in halves for source, _ in half})),
        since=from_microseconds(max(min(start for _, start in half) for half in halves)),
        to_key=after,
    )

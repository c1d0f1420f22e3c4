"""Evidence: by which ports some nodes feed each other, and who says so since when."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from graph_ledger.database.database import Transaction
from graph_ledger.lineage.dependencies import DECLARED
from graph_ledger.values.moment import from_microseconds


@dataclass(slots=True)
class SharedPort:
    """One port between nodes: who writes it, who reads it, each with its claims (source, since)."""

    key: str
    identifier: str
    """Empty where a person declared the dependency."""
    relationship: str = ""
    writers: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))
    readers: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))

    def step(self, here: str, after: str) -> dict[str, Any]:
        """Return the fields of the step over this port from one node to another."""
        halves = self.writers[here], self.readers[after]
        return {
            "from_key": here,
            "port": self.identifier,
            "relationship": self.relationship,
            "sources": tuple(sorted({source for half in halves for source, _ in half})),
            "since": from_microseconds(max(min(start for _, start in half) for half in halves)),
            "to_key": after,
        }


def shared_ports(transaction: Transaction, keys: Sequence[str], times: Mapping[str, datetime]) -> dict[str, SharedPort]:
    """Read what nodes write and read at a moment, by key of the port."""
    row = transaction.run("lineage/evidence", keys=keys, **times)
    found: dict[str, SharedPort] = {}
    columns = ("nodes", "outputs", "ports", "identifiers", "kinds", "relationships", "sources", "starts")
    for node, is_output, key, identifier, kind, relationship, source, start in zip(*(row[name] for name in columns), strict=True):
        port = found.setdefault(key, SharedPort(key, "" if kind == DECLARED else identifier))
        (port.writers if is_output else port.readers)[keys[node]].append((source, start))
        port.relationship = relationship if is_output else port.relationship
    return found


def distances(transaction: Transaction, statement: str, start: str, times: Mapping[str, datetime]) -> dict[str, int]:
    """Return how many hops each node is away, two a step, the start itself none."""
    row = transaction.run(statement, key=start, **times)
    return {start: 0} | dict(zip(row["keys"], row["hops"], strict=True))

"""The generated graph: layered lineage, the same for both sides; plain values, so that the peer's process can make it too."""

import json
import random
import sys
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from typing import Any

SEED = 7
KINDS = ("etl_job", "feature_set", "ml_model", "heuristic", "alert_queue", "report")
PLATFORMS = ("airflow", "prefect", "mlflow", "snowflake")
TIERS = ("high", "medium", "low")
DOMAINS = 12
DIGEST = "b09a679423cdc1e3926abcc6d94a34bc9e510e7492476fbe6b164438b7a75d02"
"""Of the graph of 1,000 nodes: the figures of every run are about this very graph."""


@dataclass(frozen=True, slots=True)
class Node:
    """One node as plain values."""

    name: str
    platform: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    metadata: dict[str, Any]
    level: int = 0


@cache
def make_graph(size: int, seed: int = SEED) -> tuple[Node, ...]:
    """Make a layered graph: 32 levels from 320 nodes on, 1-3 outputs a node, 1-5 inputs past the first level.

    A node's first input is from the level before; the others are mostly near it, partly what is read a lot already (so
    that a few core tables end up with hundreds of readers), partly anything before it. The first level reads raw
    sources that nobody writes.
    """
    return tuple(_Maker(size, seed).nodes())


def chain(length: int) -> tuple[Node, ...]:
    """Make a chain: each node reads what the one before it writes."""
    return tuple(Node(f"chain_{i:05d}", "chain", (f"link_{i - 1:05d}",) if i else (), (f"link_{i:05d}",), {}) for i in range(length))


def digest(nodes: tuple[Node, ...]) -> str:
    """Return the SHA-256 of the whole graph."""
    return sha256(json.dumps([asdict(node) for node in nodes], sort_keys=True).encode()).hexdigest()


class _Maker:
    """The order in which random numbers are drawn is part of the graph."""

    def __init__(self, size: int, seed: int) -> None:
        self.size, self.random = size, random.Random(seed)
        self.count = max(10, min(32, size // 10))
        self.levels: list[list[int]] = [[] for _ in range(self.count)]
        for number in range(size):
            self.levels[number * self.count // size].append(number)
        self.outputs: list[tuple[str, ...]] = [()] * size
        self.popular: list[str] = []

    def nodes(self) -> list[Node]:
        made: list[Node] = []
        for level, members in enumerate(self.levels):
            made += [self._node(level, place, number) for place, number in enumerate(members)]
            if level:
                self.popular += [port for node in made[-len(members) :] for port in node.inputs]
        return made

    def _node(self, level: int, place: int, number: int) -> Node:
        width = max(len(self.levels[level]), 1)
        domain = place * DOMAINS // width
        how_many = self.random.choice((1, 1, 1, 2, 2, 3))
        self.outputs[number] = tuple(f"warehouse.d{domain:02d}.level{level:02d}_tbl_{number:06d}_{i}" for i in range(how_many))
        inputs = self._inputs(level, place / width) if level else self._raw()
        kind = KINDS[number % 6]
        metadata = {
            "owner": f"team-{domain:02d}",
            "model_type": kind,
            "tier": TIERS[number % 3],
            "purpose": f"Pipeline step {number} of domain {domain}: scoring and aggregation",
            "schedule": "0 3 * * *",
            "repository": f"git@example.invalid:domain-{domain:02d}/pipelines.git",
            "code_version": "1.0.0",
            "columns": [f"col_{column}" for column in range(8)],
            "sla_minutes": 90 + number % 60,
        }
        return Node(f"d{domain:02d}.{kind}_{number:06d}", PLATFORMS[number % 4], inputs, self.outputs[number], metadata, level)

    def _raw(self) -> tuple[str, ...]:
        sources = max(5, self.size // 20)
        return tuple(f"raw.source_{self.random.randrange(sources):05d}" for _ in range(self.random.randint(1, 3)))

    def _inputs(self, level: int, where: float) -> tuple[str, ...]:
        found = [self._near(level, where, 1)]
        for _ in range(self.random.choices((0, 1, 2, 3, 4), weights=(20, 30, 25, 15, 10))[0]):
            drawn = self.random.random()
            if drawn < 0.55:
                found.append(self._near(level, where, min(level, self.random.choice((1, 1, 2, 3)))))
            elif drawn < 0.92 and self.popular:
                found.append(self.popular[int(len(self.popular) * self.random.random() ** 4)])
            else:
                found.append(self.random.choice(self.outputs[self.random.choice(self.levels[self.random.randrange(level)])]))
        return tuple(dict.fromkeys(found))

    def _near(self, level: int, where: float, back: int) -> str:
        before = self.levels[level - back]
        place = int(self.random.gauss(where * len(before), max(1.0, 0.05 * len(before))))
        return self.random.choice(self.outputs[before[max(0, min(len(before) - 1, place))]])


def main() -> None:
    """Print the nodes, one JSON line each."""
    for node in make_graph(int(sys.argv[1])):
        given = asdict(node)
        del given["level"]
        print(json.dumps(given))


if __name__ == "__main__":
    main()

"""Consumers: whom the changes of elements reach, each with its least distance, and whose they are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from graph_ledger.contracts.graph.met_at import MetAt
from graph_ledger.database.database import Transaction
from graph_ledger.lineage.edges import between
from graph_ledger.lineage.reach import steps_from
from graph_ledger.values.contracts.gate import Consumer
from graph_ledger.values.model import NOBODY

Times = Mapping[str, datetime]
Readers = dict[str, set[str]]
"""By ModelRef.key of who reads an element directly: the ports of it that it reads; none where a person declared it."""
_FIELDS = ("names", "platforms", "owners", "tiers", "statuses")


class Reached(NamedTuple):
    """Whom some changes reach."""

    each: list[tuple[Consumer, ...]]
    """For each change in turn, nearest first, ties by name."""
    all: tuple[Consumer, ...]
    """All of them, each once."""
    owners: tuple[str, ...]
    """Owners of all that have one, and of the groups that they are in."""


def reached(transaction: Transaction, met: Sequence[MetAt], keys: Mapping[str, str], times: Times) -> Reached:
    """Walk from the direct readers of all elements at once; a container is no consumer of what it holds.

    Args:
        transaction: The state of the graph that is asked.
        met: Where each element is met.
        keys: ``ModelRef.key`` of each container by its URI.
        times: Both clocks.
    Cost: one statement for the direct readers of all, then as many as a walk from a group takes; where the elements have different
        readers one more for what feeds what among the nodes that were found, and the rest in memory, once for each set of readers.
    """
    readers = _readers(transaction, met, keys, times) if met else []
    starts = sorted({key for found in readers for key in found})
    if not starts:
        return Reached([() for _ in met], (), ())
    depths = _depths(transaction, readers, steps_from(transaction, starts, "downstream", times), times)
    own = [keys.get(each.container or "") for each in met]
    found = [{key: depth for key, depth in each.items() if key != mine} for each, mine in zip(depths, own, strict=True)]
    least: dict[str, int] = {}
    for each in found:
        for key, depth in each.items():
            least[key] = min(depth, least.get(key, depth))
    consumers = _consumers(transaction, least, times)
    ports: Readers = defaultdict(set)
    for direct in readers:
        for key, names in direct.items():
            ports[key] |= names
    return Reached(
        [_listed(consumers, each, direct) for each, direct in zip(found, readers, strict=True)],
        _listed(consumers, least, ports),
        _owners(transaction, consumers, times),
    )


def _readers(transaction: Transaction, met: Sequence[MetAt], keys: Mapping[str, str], times: Times) -> list[Readers]:
    containers = [keys.get(each.container or "") for each in met]
    row = transaction.run(
        "contracts/readers",
        ports=sorted({port for each in met for port in each.ports}),
        containers=sorted({key for key in containers if key is not None}),
        **times,
    )
    by_port, by_container = _grouped(row["readers"]), _grouped(row["declared"])
    found = []
    for each, container in zip(met, containers, strict=True):
        direct: Readers = {key: set() for key in by_container.get(container or "", ()) if key != container}
        for port in each.ports:
            for key in by_port.get(port, ()):
                if key != container:
                    direct.setdefault(key, set()).add(port)
        found.append(direct)
    return found


def _grouped(pairs: Iterable[Sequence[str]]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for first, second in pairs:
        found[first].append(second)
    return found


def _depths(transaction: Transaction, readers: Sequence[Readers], steps: Mapping[str, int], times: Times) -> list[dict[str, int]]:
    """Return for each set of direct readers how far everybody is; who reads directly is 1."""
    kinds = {frozenset(each) for each in readers if each}
    if len(kinds) == 1:
        everybody = {key: step + 1 for key, step in steps.items()}
        return [everybody if each else {} for each in readers]
    after = _grouped(between(transaction, steps, times))
    walked = {kind: _walked(after, kind) for kind in kinds}
    return [walked[frozenset(each)] if each else {} for each in readers]


def _walked(after: Mapping[str, list[str]], starts: Iterable[str]) -> dict[str, int]:
    depths, edge, depth = dict.fromkeys(starts, 1), list(starts), 1
    while edge:
        depth += 1
        edge = list(dict.fromkeys(key for before in edge for key in after.get(before, ()) if key not in depths))
        depths |= dict.fromkeys(edge, depth)
    return depths


def _consumers(transaction: Transaction, depths: Mapping[str, int], times: Times) -> dict[str, Consumer]:
    row = transaction.run("lineage/impact_reached", keys=list(depths), hops=list(depths.values()), limit=max(1, len(depths)), **times)
    rows = zip(row["keys"], row["hops"], *(row[name] for name in _FIELDS), strict=True)
    return {
        key: Consumer(key=key, name=name, platform=platform, owner=owner, tier=tier, status=status, depth=depth)
        for key, depth, name, platform, owner, tier, status in rows
    }


def _listed(consumers: Mapping[str, Consumer], depths: Mapping[str, int], ports: Mapping[str, Iterable[str]]) -> tuple[Consumer, ...]:
    said = [consumers[key].model_copy(update={"depth": depth, "ports": tuple(sorted(ports.get(key, ())))}) for key, depth in depths.items()]
    return tuple(sorted(said, key=lambda each: (each.depth, each.name, each.key)))


def _owners(transaction: Transaction, consumers: Mapping[str, Consumer], times: Times) -> tuple[str, ...]:
    groups = transaction.run("lineage/composites", keys=list(consumers), **times)["keys"]
    row = transaction.run("lineage/impact_reached", keys=groups, hops=[0] * len(groups), limit=max(1, len(groups)), **times)
    return tuple(sorted(({each.owner for each in consumers.values()} | set(row["owners"])) - {"", NOBODY}))

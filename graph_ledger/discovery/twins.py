"""Twins: nodes of one load that are one model."""

from collections import defaultdict
from collections.abc import Sequence

from graph_ledger.values.node import DataNode, normal
from graph_ledger.values.port import folded

Placed = tuple[int, DataNode]
"""A node, and its place in what was given."""


def last_of_twins(nodes: Sequence[DataNode]) -> list[Placed]:
    """Of nodes that are one model the last counts, however far apart they stand: so a load can be repeated.

    A node without a platform is the one of its name that has one in the same load, where there is only one.
    """
    platforms: dict[str, set[str]] = defaultdict(set)
    for node in nodes:
        if _has_name(node) and node.platform:
            platforms[normal(node.name)].add(folded(node.platform))
    last: dict[object, Placed] = {}
    for place, given in enumerate(nodes):
        if not _has_name(given):
            last[place] = place, given
            continue
        node, name = given, normal(given.name)
        if not node.platform and len(platforms.get(name, ())) == 1:
            node = node.model_copy(update={"platform": next(iter(platforms[name]))})
        last[folded(node.platform), name] = place, node
    return list(last.values())


def _has_name(node: object) -> bool:
    return isinstance(node, DataNode) and isinstance(node.name, str) and isinstance(node.platform, str)

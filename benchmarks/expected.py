"""What the answers have to be, worked out by networkx, which is also the limit: the same walks in process memory."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import networkx as nx

from benchmarks.graph import make_graph

Graph = Any
"""A ``networkx.DiGraph`` of names."""


@cache
def graph(size: int) -> Graph:
    """Return the generated graph as networkx holds it."""
    nodes = make_graph(size)
    made: Graph = nx.DiGraph()
    made.add_nodes_from(node.name for node in nodes)
    producers = {port: node.name for node in nodes for port in node.outputs}
    for node in nodes:
        found = (producers[port] for port in node.inputs if port in producers)
        made.add_edges_from((producer, node.name) for producer in found if producer != node.name)
    return made


@cache
def largest_downstream(size: int) -> str:
    """Return the node of the first level (of a sample of 40) that most others depend on."""
    nodes = make_graph(size)
    first = [node.name for node in nodes if node.level == 0]
    return max(_sample(first), key=lambda name: len(nx.descendants(graph(size), name)))


@cache
def largest_upstream(size: int) -> str:
    """Return the node of the last level (of a sample of 40) that depends on most others."""
    nodes = make_graph(size)
    level = max(node.level for node in nodes)
    last = [node.name for node in nodes if node.level == level]
    return max(_sample(last), key=lambda name: len(nx.ancestors(graph(size), name)))


@cache
def small_upstream(size: int, about: int = 35) -> str:
    """Return the first node whose trace has about so many others."""
    nodes = make_graph(size)
    return min((node.name for node in nodes if 2 <= node.level <= 8), key=lambda name: abs(len(nx.ancestors(graph(size), name)) - about))


def check_downstream(size: int, model: str, *answers: Sequence[str]) -> int:
    """Fail unless each answer is exactly what depends on the model; return how many that are."""
    expected = nx.descendants(graph(size), model)
    for answer in answers:
        assert len(answer) == len(expected), f"{len(answer)} names, not {len(expected)}"
        assert set(answer) == expected
    return len(expected)


def check_trace(size: int, model: str, *answers: Sequence[str]) -> int:
    """Fail unless each answer is what the model depends on and the model last, in topological order; return how many that are."""
    expected = nx.ancestors(graph(size), model) | {model}
    edges = list(graph(size).subgraph(expected).edges)
    for answer in answers:
        assert len(answer) == len(expected), f"{len(answer)} names, not {len(expected)}"
        assert set(answer) == expected
        place = {name: number for number, name in enumerate(answer)}
        assert all(place[start] < place[end] for start, end in edges), "not a topological order"
        assert answer[-1] == model
    return len(expected)


def _sample(names: list[str]) -> list[str]:
    return names[:: max(1, len(names) // 40)]

"""The order of nodes that meet at ports, on its own."""

from collections.abc import Sequence
from itertools import permutations

from hypothesis import example, given
from hypothesis import strategies as st

from graph_ledger.lineage.order import order

Ports = list[list[int]]


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, Ports]:
    count = draw(st.integers(1, 6))
    ends = st.integers(0, count - 1).flatmap(lambda node: st.sampled_from([node, -1 - node]))
    return count, draw(st.lists(st.lists(ends, max_size=5), max_size=6))


def reach(count: int, ports: Ports) -> list[set[int]]:
    """Who is reached from whom, by repetition until nothing changes."""
    found: list[set[int]] = [set() for _ in range(count)]
    for ends in ports:
        for end in ends:
            if end < 0:
                found[-1 - end] |= {other for other in ends if other >= 0 and other != -1 - end}
    for _ in range(count):
        for node in range(count):
            found[node] |= {far for near in found[node] for far in found[near]}
    return found


def expected(count: int, ports: Ports) -> list[int]:
    """Of all orders of the groups that keep writers before readers, the one whose lowest members come first."""
    reached = reach(count, ports)
    groups = {tuple(sorted({a} | {b for b in range(count) if b in reached[a] and a in reached[b]})) for a in range(count)}

    def allowed(groups: Sequence[tuple[int, ...]]) -> bool:
        return not any(earlier[0] in reached[later[0]] for n, later in enumerate(groups) for earlier in groups[:n])

    best = min((p for p in permutations(groups) if allowed(p)), key=lambda groups: [group[0] for group in groups])
    return [node for group in best for node in group]


@given(graphs())
@example((1, [[0, -1]]))
@example((2, [[0, -1], [0, -2, 1, -1]]))
def test_writers_come_before_readers_cycles_as_one_group_ties_by_number(graph: tuple[int, Ports]) -> None:
    count, ports = graph
    assert order(count, ports) == expected(count, ports)


def test_a_long_chain_and_a_long_ring_need_no_recursion() -> None:
    chain = [[-1 - (node + 1), node] for node in range(20_000)]
    assert order(20_001, chain) == list(range(20_000, -1, -1))
    assert order(20_001, [*chain, [-1, 20_000]]) == list(range(20_001))


def test_a_port_of_a_thousand_writers_and_readers_is_not_their_product() -> None:
    port = [-1 - node for node in range(5_000, 10_000)] + list(range(5_000))
    assert order(10_000, [port])[:5_000] == list(range(5_000, 10_000))

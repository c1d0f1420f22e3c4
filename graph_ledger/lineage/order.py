"""Order: a topological order of nodes that meet at ports, without walking recursively."""

from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush

from graph_ledger.lineage.components import components

Ends = Sequence[int]
"""The nodes at one port: i reads it, -1 - i writes it. A pair of claims may name a node twice."""


def order(count: int, ports: Iterable[Ends]) -> list[int]:
    """Return the nodes 0 to ``count`` - 1, writers before readers, ties by number.

    A cycle is one group, numbers rising inside; groups stand where their lowest number would.

    >>> order(3, [[-1 - 2, 0], [-1 - 0, 1]])
    [2, 0, 1]
    """
    # Ports stay vertices of their own: a port with a thousand writers and a thousand readers is 2,000 edges, not a million.
    writes: list[list[int]] = [[] for _ in range(count)]
    readers: list[list[int]] = []
    for ends in ports:
        reading = [end for end in ends if end >= 0]
        if reading and len(reading) < len(ends):
            port = len(readers)
            readers.append(reading)
            for end in ends:
                if end < 0:
                    writes[-1 - end].append(port)
    found = list(_without_cycles(writes, readers))
    return found if len(found) == count else _with_cycles(writes, readers)


def _without_cycles(writes: list[list[int]], readers: list[list[int]]) -> Iterator[int]:
    """Yield node after node whose writers have all been yielded; whatever lies in or behind a cycle never is."""
    open_writers, open_ports = [0] * len(readers), [0] * len(writes)
    for ports in writes:
        for port in ports:
            open_writers[port] += 1
    for reading in readers:
        for node in reading:
            open_ports[node] += 1
    ready = [node for node, left in enumerate(open_ports) if not left]
    heapify(ready)
    while ready:
        node = heappop(ready)
        yield node
        for port in writes[node]:
            open_writers[port] -= 1
            if not open_writers[port]:
                for reader in readers[port]:
                    open_ports[reader] -= 1
                    if not open_ports[reader]:
                        heappush(ready, reader)


def _with_cycles(writes: list[list[int]], readers: list[list[int]]) -> list[int]:
    """Do the same with groups of nodes that feed each other in place of nodes."""
    count = len(writes)
    after = [[count + port for port in ports] for ports in writes] + readers
    group_of, groups = components(after)
    members = [sorted(vertex for vertex in group if vertex < count) for group in groups]
    group_writes: list[list[int]] = [[] for _ in groups]
    for vertex, following in enumerate(after):
        mine = group_of[vertex]
        group_writes[mine] += [group_of[other] for other in following if group_of[other] != mine]
    return [node for group in _groups(members, group_writes) for node in members[group]]


def _groups(members: list[list[int]], after: list[list[int]]) -> Iterator[int]:
    """Yield groups in topological order by their lowest member; a port alone is passed at once."""
    left = [0] * len(members)
    for following in after:
        for group in following:
            left[group] += 1
    ready = [_place(members, group) for group, open_before in enumerate(left) if not open_before]
    heapify(ready)
    while ready:
        _, group = heappop(ready)
        yield group
        for other in after[group]:
            left[other] -= 1
            if not left[other]:
                heappush(ready, _place(members, other))


def _place(members: list[list[int]], group: int) -> tuple[int, int]:
    return (members[group][0] if members[group] else -1), group

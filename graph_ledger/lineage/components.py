"""Components: which vertices of a graph reach each other (Tarjan, with a stack in place of recursion)."""

from collections.abc import Iterator, Sequence

UNSEEN = -1


class _Search:
    """One depth-first search over all vertices."""

    def __init__(self, after: Sequence[Sequence[int]]) -> None:
        self.after = after
        self.number, self.lowest, self.group_of = ([UNSEEN] * len(after) for _ in range(3))
        self.groups: list[list[int]] = []
        self.waiting: list[int] = []
        self.way: list[tuple[int, Iterator[int]]] = []
        self.seen = 0

    def enter(self, vertex: int) -> None:
        self.number[vertex] = self.lowest[vertex] = self.seen
        self.seen += 1
        self.waiting.append(vertex)
        self.way.append((vertex, iter(self.after[vertex])))

    def fresh(self, vertex: int, rest: Iterator[int]) -> int:
        """Return the next vertex that nobody has entered; note on the way which earlier ones can be reached."""
        for other in rest:
            if self.number[other] == UNSEEN:
                return other
            if self.group_of[other] == UNSEEN:
                self.lowest[vertex] = min(self.lowest[vertex], self.number[other])
        return UNSEEN

    def leave(self) -> None:
        vertex, _ = self.way.pop()
        if self.way:
            before = self.way[-1][0]
            self.lowest[before] = min(self.lowest[before], self.lowest[vertex])
        if self.lowest[vertex] == self.number[vertex]:
            group = [vertex]
            while (member := self.waiting.pop()) != vertex:
                group.append(member)
            for member in group:
                self.group_of[member] = len(self.groups)
            self.groups.append(group)


def components(after: Sequence[Sequence[int]]) -> tuple[list[int], list[list[int]]]:
    """Return the number of each vertex's group, and the groups, for a graph given as the successors of each vertex.

    >>> components([[1], [0], [0]])
    ([0, 0, 1], [[0, 1], [2]])
    """
    search = _Search(after)
    for root in range(len(after)):
        if search.number[root] == UNSEEN:
            search.enter(root)
        while search.way:
            other = search.fresh(*search.way[-1])
            if other == UNSEEN:
                search.leave()
            else:
                search.enter(other)
    return search.group_of, search.groups

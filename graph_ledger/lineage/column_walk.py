"""Column walk: follow columns from node to node, step by step, each at most three times; no recursion, and cycles end."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graph_ledger.lineage.column_graph import DIRECT, WHOLE, ColumnGraph, State, Step
from graph_ledger.values.column import ALL


@dataclass(slots=True)
class Hit:
    """What is known of one node that was reached."""

    depth: int
    states: dict[State, int] = field(default_factory=dict)
    """Its columns that are concerned, each with the strongest way there."""
    rank: int = WHOLE
    """The strongest way to the node."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns, ``*`` first."""
        return tuple(sorted({state.column for state in self.states}, key=lambda name: (name != ALL, name)))

    @property
    def is_exact(self) -> bool:
        """Whether nothing of this rests on a table as a whole."""
        sure = {state.port for state, rank in self.states.items() if rank > WHOLE and state.column == ALL}
        return bool(self.states) and all(rank > WHOLE or state.port in sure for state, rank in self.states.items())


class ColumnWalk:
    """A walk in one direction, a step at a time; the columns of a start are no step."""

    def __init__(self, graph: ColumnGraph, starts: Mapping[int, Mapping[State, int]], *, down: bool) -> None:
        self.graph, self.down = graph, down
        self.hits: dict[int, Hit] = {}
        self.fell: set[int] = set()
        self.depth = 0
        self._best: dict[State, int] = {}
        self._edge: dict[State, int] = {}
        self._owners: dict[State, set[int]] = {}
        for node, states in starts.items():
            self._begin(node, states)

    def _begin(self, node: int, states: Mapping[State, int]) -> None:
        if self.down:
            self._follow(node, list(states.items()), DIRECT)
            return
        self.hits[node] = Hit(0, dict(states), max(states.values(), default=WHOLE))
        for state, rank in states.items():
            step = self.graph.before(node, state)
            self._follow(node, step.states, rank)
            self._fall(node, step)
        if not states:
            step = self.graph.before(node, None)
            self._follow(node, step.states, WHOLE)
            self._fall(node, step)

    def run(self, depth: int | None = None) -> dict[int, Hit]:
        """Walk to its end, or so many steps; return what was found so far, as it is now."""
        while self._edge and (depth is None or self.depth < depth):
            self.advance()
        return {node: Hit(hit.depth, dict(hit.states), hit.rank) for node, hit in self.hits.items()}

    def advance(self) -> None:
        """Take one step from every column that was reached last, or better than before."""
        edge, self._edge = self._edge, {}
        self.depth += 1
        for state, rank in edge.items():
            for node, own, step in self._steps(state):
                hit = self.hits.setdefault(node, Hit(self.depth))
                for each, how in own:
                    reached = min(rank, how)
                    hit.states[each] = max(hit.states.get(each, WHOLE), reached)
                    hit.rank = max(hit.rank, reached)
                self._follow(node, step.states, rank)
                self._fall(node, step)

    def leading(self) -> set[int]:
        """Return the nodes, starts too, from which one more step would tell something new."""
        found: set[int] = set()
        for state, rank in self._edge.items():
            if any(self._is_news(node, own, rank) for node, own, _ in self._steps(state)):
                found |= self._owners[state]
        return found

    def out_of(self, inside: set[int]) -> set[int]:
        """Return the nodes, starts too, from which one step leads to a node that is not among these."""
        found: set[int] = set()
        for state, owners in self._owners.items():
            if not owners <= found and any(node not in inside for node, _, _ in self._steps(state)):
                found |= owners
        return found

    def _steps(self, state: State) -> Iterator[tuple[int, list[tuple[State, int]], Step]]:
        """Yield each node on the other side of the port, its columns that are concerned, and where it goes on."""
        if self.down:
            for node in self.graph.readers[state.port]:
                step = self.graph.behind(node, state)
                if step is not None:
                    yield node, step.states, step
        else:
            for node in self.graph.writers[state.port]:
                yield node, [(state, DIRECT)], self.graph.before(node, state)

    def _is_news(self, node: int, own: list[tuple[State, int]], rank: int) -> bool:
        hit = self.hits.get(node)
        return hit is None or any(min(rank, how) > hit.states.get(each, -1) for each, how in own)

    def _follow(self, node: int, states: list[tuple[State, int]], rank: int) -> None:
        for state, how in states:
            reached = min(rank, how)
            self._owners.setdefault(state, set()).add(node)
            if reached > self._best.get(state, -1):
                self._best[state] = self._edge[state] = reached

    def _fall(self, node: int, step: Step) -> None:
        if step.fell:
            self.fell.add(node)

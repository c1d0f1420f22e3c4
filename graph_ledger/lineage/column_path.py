"""Column path: by which columns of which ports one model feeds another."""

from collections.abc import Mapping
from datetime import datetime
from heapq import heappop, heappush
from typing import NamedTuple

from graph_ledger.database.database import Transaction
from graph_ledger.lineage.column_graph import WHOLE, ColumnGraph, State, load_columns
from graph_ledger.lineage.column_impact import KINDS
from graph_ledger.lineage.column_starts import Starts, asked_column, column_starts
from graph_ledger.lineage.evidence import distances, shared_ports
from graph_ledger.values.path import ColumnStep, Path

ARRIVED = State("", "")
"""No port: the end was reached."""


class Hop(NamedTuple):
    """One step: a node writes a column, the next one reads it."""

    writer: int
    state: State
    reader: int
    rank: int
    """How the reader uses it on this way; WHOLE where nobody tells."""


def path_by_column(transaction: Transaction, start: str, end: str, column: str, times: Mapping[str, datetime]) -> Path:
    """Return the surest way of a column from one model to another.

    Raises:
        ValidationError: Columns of the first model are known, and none has that name.
    """
    asked = asked_column(column)
    behind = distances(transaction, "lineage/steps_downstream", start, times)
    before = distances(transaction, "lineage/steps_upstream", end, times)
    # Whoever reads the start directly may know its columns.
    keys = [start, *(key for key, hops in behind.items() if key != start and (key in before or hops <= 2))]  # noqa: PLR2004  # two hops a step
    graph = load_columns(transaction, keys, times)
    starts, _ = column_starts(graph, [0], asked)
    if start == end or end not in behind:
        return Path(start=start, end=end, column=asked)
    hops = column_way(graph, starts, keys.index(end))
    ports = shared_ports(transaction, sorted({keys[node] for hop in hops for node in (hop.writer, hop.reader)}), times)
    steps = (
        ColumnStep(
            **ports[hop.state.port].step(keys[hop.writer], keys[hop.reader]),
            column=hop.state.column,
            kind=KINDS.get(hop.rank),
            precision="table" if hop.rank == WHOLE else "column",
        )
        for hop in hops
    )
    return Path(start=start, end=end, column=asked, steps=tuple(steps))


def column_way(graph: ColumnGraph, starts: Starts, end: int) -> list[Hop]:
    """Return the surest way to a node: fewest steps of which nobody tells the columns, then fewest steps, then by key; or none."""
    heap: list[tuple[int, int, str, State, int, int]] = []  # guesses, steps, key of the writer, what it writes, its place, the last hop
    for node, states in starts.items():
        for state, rank in states.items():
            heappush(heap, (int(rank == WHOLE), 0, graph.keys[node], state, node, -1))
    hops: list[tuple[Hop, int]] = []
    settled: set[State] = set()
    while heap:
        guesses, steps, _, state, writer, last = heappop(heap)
        if state == ARRIVED:
            return _back(hops, last)
        if state in settled:
            continue
        settled.add(state)
        for reader in graph.readers[state.port]:
            step = graph.behind(reader, state)
            ahead = step.states if step else []
            if step and reader == end:
                ahead = [(ARRIVED, max((rank for _, rank in ahead), default=WHOLE))]
            for found, rank in ahead:
                if found not in settled:
                    hops.append((Hop(writer, state, reader, rank), last))
                    heappush(heap, (guesses + (rank == WHOLE), steps + 1, graph.keys[reader], found, reader, len(hops) - 1))
    return []


def _back(hops: list[tuple[Hop, int]], last: int) -> list[Hop]:
    way = []
    while last >= 0:
        hop, last = hops[last]
        way.append(hop)
    return way[::-1]

"""Column graph: what some nodes read and write at a moment, and what is told of the columns; loaded once, walked in memory."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from graph_ledger.database.database import Row, Transaction
from graph_ledger.values.column import ALL
from graph_ledger.values.column_text import Derived, read_lines

WHOLE, INDIRECT, DIRECT = 0, 1, 2
"""How sure and how strong a step is: nobody tells of the columns; they decide; they flow."""
RANKS = {"INDIRECT": INDIRECT, "DIRECT": DIRECT}


class State(NamedTuple):
    """One column of one port; ``*`` for the port as a whole."""

    port: str
    column: str


class Step(NamedTuple):
    """What follows in one node from one column of a port that it reads, or writes."""

    states: list[tuple[State, int]]
    """The columns behind it or before it, each with how."""
    fell: bool
    """Whether the node does not tell, so that something counts as a whole."""


class _Told:
    """What one node tells of its columns, by identifiers of ports: by input and its column, and by output and its column."""

    def __init__(self, said: Iterable[tuple[str, Sequence[str]]]) -> None:
        self.by_input: dict[str, dict[str, list[tuple[str, str, int]]]] = defaultdict(lambda: defaultdict(list))
        self.by_output: dict[str, dict[str, list[tuple[str, str, int]]]] = defaultdict(lambda: defaultdict(list))
        for output, lines in dict.fromkeys((output, tuple(lines)) for output, lines in said):
            for flow in read_lines(lines):
                self._take(output, flow)

    def _take(self, output: str, flow: Derived) -> None:
        rank = RANKS[flow.kind]
        self.by_input[flow.input][flow.input_column].append((output, flow.output_column, rank))
        self.by_output[output][flow.output_column].append((flow.input, flow.input_column, rank))


class ColumnGraph:
    """Nodes by their place in a list of keys, ports by their keys."""

    def __init__(self, keys: Sequence[str], row: Row) -> None:
        self.keys = keys
        self.identifiers: dict[str, str] = {}
        self.inputs: dict[int, list[str]] = defaultdict(list)
        self.outputs: dict[int, list[str]] = defaultdict(list)
        self.readers: dict[str, list[int]] = defaultdict(list)
        self.writers: dict[str, list[int]] = defaultdict(list)
        self._said: dict[int, list[tuple[str, Sequence[str]]]] = defaultdict(list)
        self._told: dict[int, _Told] = {}
        seen = set()
        names = ("nodes", "outputs", "ports", "identifiers", "flows")
        for node, is_output, port, identifier, lines in zip(*(row[name] for name in names), strict=True):
            self.identifiers[port] = identifier
            if lines:
                self._said[node].append((identifier, lines))
            elif (node, is_output, port) not in seen:
                seen.add((node, is_output, port))
                (self.outputs if is_output else self.inputs)[node].append(port)
                (self.writers if is_output else self.readers)[port].append(node)

    def told(self, node: int) -> _Told:
        """Return what a node tells of its columns; taken apart when it is first asked for."""
        if node not in self._told:
            self._told[node] = _Told(self._said.get(node, ()))
        return self._told[node]

    def known(self, node: int, port: str) -> set[str]:
        """Return the columns of what a node writes that are named by itself, or by whoever reads it."""
        name = self.identifiers[port]
        read = {column for reader in self.readers[port] for column in self.told(reader).by_input.get(name, ())}
        return read.union(self.told(node).by_output.get(name, ())) - {ALL}

    def tells(self, node: int, port: str) -> bool:
        """Whether a node tells of the columns of what it writes."""
        return self.identifiers[port] in self.told(node).by_output

    def behind(self, node: int, state: State) -> Step | None:
        """Return what of a node's outputs depends on a column that it reads; None where nothing does.

        An input of which it tells nothing touches all outputs. An output of which nobody tells anything is touched by all inputs; where
        a person declared that somebody depends on the node, by those alone that touch something.
        """
        told, outputs = self.told(node), self.outputs[node]
        flows = told.by_input.get(self.identifiers[state.port])
        if flows is None:
            return Step([(State(port, ALL), WHOLE) for port in outputs], fell=True)
        matched = {(output, column): rank for output, column, rank in sorted(_of(flows, state.column), key=lambda flow: flow[2])}
        found, fell = [], False
        for port in outputs:
            name = self.identifiers[port]
            if name in told.by_output:
                found += [(State(port, column), rank) for (output, column), rank in matched.items() if output == name]
            elif name or matched:
                found.append((State(port, ALL), WHOLE))
                fell = fell or bool(name)
        return Step(found, fell) if found or matched else None

    def before(self, node: int, state: State | None) -> Step:
        """Return on what of a node's inputs a column that it writes depends, or for None the node as a whole: `behind` read backwards."""
        told = self.told(node)
        name = self.identifiers[state.port] if state else ""
        flows = told.by_output.get(name) if state else None
        matched = {(source, column): rank for source, column, rank in sorted(_into(flows, state), key=lambda flow: flow[2])}
        found, fell = [], False
        for port in self.inputs[node]:
            source = self.identifiers[port]
            if source not in told.by_input or (flows is None and (name or state is None)):
                found.append((State(port, ALL), WHOLE))
                fell = True
            elif flows is None:
                found += [(State(port, column), WHOLE) for column in told.by_input[source]]
            else:
                found += [(State(port, column), rank) for (of, column), rank in matched.items() if of == source]
        return Step(found, fell)


def load_columns(transaction: Transaction, keys: Sequence[str], times: Mapping[str, datetime]) -> ColumnGraph:
    """Read what nodes read and write and tell of columns, at a moment; each key once.

    Cost: one statement, each claim of each node once.
    """
    return ColumnGraph(keys, transaction.run("lineage/columns", keys=keys, **times))


def _of(flows: Mapping[str, list[tuple[str, str, int]]], column: str) -> Iterator[tuple[str, str, int]]:
    """Yield what depends on a column: what names it, and what depends on each; on a port as a whole, everything."""
    for name in flows if column == ALL else (column, ALL):
        yield from flows.get(name, ())


def _into(flows: Mapping[str, list[tuple[str, str, int]]] | None, state: State | None) -> Iterator[tuple[str, str, int]]:
    if flows is not None and state is not None:
        yield from _of(flows, state.column)

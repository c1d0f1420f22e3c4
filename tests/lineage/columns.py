"""Naive answers about columns: every column of every port beside every other, tried until nothing changes; no code of the room."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

Flow = tuple[str, str, str, str, str]
"""Output, its column, input, its column, kind."""
Column = tuple[str, str]
RANK = {"DIRECT": 2, "INDIRECT": 1}


@dataclass(frozen=True)
class Table:
    """What one node reads, writes and tells."""

    inputs: frozenset[str] = frozenset()
    outputs: frozenset[str] = frozenset()
    flows: frozenset[Flow] = frozenset()

    def rank(self, read: Column, written: Column) -> int | None:
        """How a column that is written depends on one that is read: 0 where nobody tells."""
        (port, column), (output, name) = read, written
        if port not in self.inputs or output not in self.outputs:
            return None
        if not any(flow[2] == port for flow in self.flows) or not any(flow[0] == output for flow in self.flows):
            return 0 if name == "*" else None
        ranks = [
            RANK[kind] for to, to_column, of, of_column, kind in self.flows
            if (to, to_column, of) == (output, name, port) and (column == "*" or of_column in {column, "*"})
        ]  # fmt: skip
        return max(ranks, default=None)

    def guesses(self, port: str) -> bool:
        """Whether something of what it writes counts as a whole, if this input changes."""
        told = {flow[0] for flow in self.flows}
        return not any(flow[2] == port for flow in self.flows) or not self.outputs <= told


Estate = Mapping[str, Table]


@dataclass
class Found:
    """What is known of one node of an answer."""

    depth: int
    states: dict[Column, int]

    def told(self) -> tuple[int, str, tuple[str, ...], str | None]:
        """Depth, precision, columns and kind, as an answer has them."""
        sure = {port for (port, column), rank in self.states.items() if column == "*" and rank}
        exact = bool(self.states) and all(rank or port in sure for (port, _), rank in self.states.items())
        names = tuple(sorted({column for _, column in self.states}, key=lambda name: (name != "*", name)))
        kind = {2: "DIRECT", 1: "INDIRECT"}.get(max(self.states.values(), default=0))
        return self.depth, "column" if exact else "table", names, kind


def known(estate: Estate, name: str, port: str) -> set[str]:
    """The columns of what a node writes that it names, or whoever reads it."""
    own = {flow[1] for flow in estate[name].flows if flow[0] == port}
    return (own | {flow[3] for table in estate.values() for flow in table.flows if flow[2] == port}) - {"*"}


def starts(estate: Estate, name: str, column: str) -> dict[Column, int] | None:
    """Where a question begins; None where it is refused."""
    named = {port: known(estate, name, port) for port in estate[name].outputs}
    begin = {(port, column): 2 for port, names in named.items() if column in names}
    untold = maybe(estate, name, column)
    if any(named.values()) and not begin and not untold and all(tells(estate, name, port) for port in named):
        return None
    return begin | {(port, column): 2 for port in untold} | {(port, "*"): 0 for port, names in named.items() if not names}


def tells(estate: Estate, name: str, port: str) -> bool:
    """Whether a node tells of the columns of what it writes."""
    return any(flow[0] == port for flow in estate[name].flows)


def maybe(estate: Estate, name: str, column: str) -> set[str]:
    """Ports that may have a column that nobody names: only readers name some of theirs."""
    named = {port: known(estate, name, port) for port in estate[name].outputs}
    if any(column in names for names in named.values()):
        return set()
    return {port for port, names in named.items() if names and not tells(estate, name, port)}


def everything(estate: Estate) -> list[Column]:
    """Every column there may be, and every port as a whole."""
    ports = {port for table in estate.values() for port in table.inputs | table.outputs}
    names = {name for table in estate.values() for flow in table.flows for name in (flow[1], flow[3])}
    return list(product(sorted(ports), sorted(names | {"*"})))


def reached(estate: Estate, name: str, column: str, depth: int | None = None) -> tuple[dict[str, Found], set[str]]:
    """Whatever a column reaches, and who does not tell."""
    columns, held = everything(estate), dict(starts(estate, name, column) or {})
    found: dict[str, Found] = {}
    fell = {name} if any(rank == 0 for rank in held.values()) or maybe(estate, name, column) else set()
    for step in range(1, (depth or len(columns) * 3) + 1):
        before = dict(held)
        for reader, table in estate.items():
            for read, how in before.items():
                after = {written: min(how, rank) for written in columns if (rank := table.rank(read, written)) is not None}
                if read[0] in table.inputs and (after or not any(flow[2] == read[0] for flow in table.flows)):
                    hit = found.setdefault(reader, Found(step, {}))
                    if table.guesses(read[0]):
                        fell.add(reader)
                    for written, rank in after.items():
                        hit.states[written] = max(hit.states.get(written, 0), rank)
                        held[written] = max(held.get(written, 0), rank)
    found.pop(name, None)
    return found, fell & {*found, name}


def stands_on(estate: Estate, name: str, column: str) -> dict[str, Found]:
    """Whatever a column comes from: `reached` from every column of every node, looked at from the other end."""
    columns = everything(estate)
    found: dict[str, Found] = {}
    begin = starts(estate, name, column)
    if begin is None:
        return {}
    held: dict[Column, int] = {}
    if not estate[name].outputs:
        held = {(port, "*"): 0 for port in estate[name].inputs}
    for at, how in begin.items():
        _back(estate[name], at, how, columns, held)
    for step in range(1, len(columns) * 3 + 1):
        before = dict(held)
        for writer, table in estate.items():
            for at, how in before.items():
                if at[0] in table.outputs:
                    hit = found.setdefault(writer, Found(step, {}))
                    hit.states[at] = max(hit.states.get(at, 0), how)
                    _back(table, at, how, columns, held)
    found.pop(name, None)
    return found


def _back(table: Table, at: Column, how: int, columns: Iterable[Column], held: dict[Column, int]) -> None:
    """On which columns of its inputs one of its outputs depends: as a whole it is each of its columns, and each is touched by the whole."""
    ends = [each for each in columns if each[0] == at[0] and (at[1] == "*" or each[1] in {at[1], "*"})]
    for port in table.inputs:
        ranks = {
            read: max((rank for end in ends if (rank := table.rank(read, end)) is not None), default=None)
            for read in columns if read[0] == port
        }  # fmt: skip
        unknown = not any(flow[2] == port for flow in table.flows) or not any(flow[0] == at[0] for flow in table.flows)
        named = {flow[3] for flow in table.flows if flow[2] == port}
        for read, rank in ranks.items():
            if rank is not None and (read[1] == "*" if unknown else read[1] in named):
                exact = rank if unknown else max(
                    (RANK[kind] for to, to_column, of, of_column, kind in table.flows
                     if (to, of, of_column) == (at[0], port, read[1]) and (at[1] == "*" or to_column in {at[1], "*"})), default=None,
                )  # fmt: skip
                if exact is not None:
                    held[read] = max(held.get(read, 0), min(how, exact))


def surest(estate: Estate, name: str, column: str, end: str) -> tuple[int, int] | None:
    """How many guesses and steps the surest way has."""
    columns = everything(estate)
    cost = {at: (int(rank == 0), 0) for at, rank in (starts(estate, name, column) or {}).items()}
    best: list[tuple[int, int]] = []
    for _ in range(len(columns) + 1):
        for table, (at, (guesses, steps)) in product(list(estate.values()), list(cost.items())):
            for written in columns:
                rank = table.rank(at, written)
                if rank is not None:
                    cost[written] = min(cost.get(written, (99, 99)), (guesses + (rank == 0), steps + 1))
    table = estate[end]
    for at, (guesses, steps) in cost.items():
        ranks = [rank for written in columns if (rank := table.rank(at, written)) is not None]
        if at[0] in table.inputs and (ranks or not any(flow[2] == at[0] for flow in table.flows)):
            best.append((guesses + (max(ranks, default=0) == 0), steps + 1))
    return min(best, default=None)

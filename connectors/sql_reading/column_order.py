"""The columns of many texts that read each other: producers first, so that what a query gives is known where it is read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph_ledger.connectors.sql_reading.column_scopes import Catalogue
from graph_ledger.connectors.sql_reading.columns import Flow, StatementColumns, together
from graph_ledger.connectors.sql_reading.reading import Reading
from graph_ledger.connectors.sql_reading.statements import Statement


@dataclass(frozen=True, slots=True)
class Told:
    """What the texts of one node say of columns."""

    flows: frozenset[Flow]
    """From inputs of which every use is known."""
    known: frozenset[str]
    """Those inputs."""
    inputs: frozenset[str]
    """All inputs."""
    names: tuple[str, ...] | None
    """All columns of what it writes under its own name; None where they are not all known."""


def follow(texts: Mapping[str, Sequence[Reading]], catalogue: Catalogue) -> dict[str, Told]:
    """Return what each node says of columns, by the full name of what it writes.

    ``catalogue`` holds the columns that are known beforehand; what the texts give is added to it in a copy, and never replaces it.
    Cost: each text once; of a cycle some are read before the others are known.
    """
    known = dict(catalogue)
    found = {}
    for name in producers_first(
        {name: {table for each in readings for said in each.statements for table in said.inputs} for name, readings in texts.items()}
    ):
        told = told_of(name, texts[name], known)
        found[name] = told
        if told.names is not None:
            known.setdefault(name, told.names)
    return found


def told_of(name: str, readings: Sequence[Reading], catalogue: Catalogue) -> Told:
    """Return what the texts of one node say of columns; a plain query gives what stands under ``name``."""
    statements: list[tuple[Sequence[str], Sequence[StatementColumns]]] = []
    given: set[tuple[str, ...] | None] = set()
    for reading in readings:
        results = results_of(reading.statements, name)
        for said, columns in zip(reading.statements, reading.columns(catalogue), strict=True):
            # What a query gives that is no result goes into a variable, or nowhere: nobody follows it.
            told = [each for each in columns if each.output or said in results]
            statements.append((said.inputs, told))
            writes = said in results or name in said.outputs
            given |= {next((each.names for each in told if each.output in {"", name}), None)} if writes else set()
        reading.forget()
    flows, sure, inputs = together(statements)
    own = frozenset((flow[0] or name, *flow[1:]) for flow in flows)
    return Told(own, frozenset(sure), frozenset(inputs), given.pop() if len(given) == 1 else None)


def results_of(statements: Sequence[Statement], name: str) -> list[Statement]:
    """Return the queries whose result is what the text gives: the only one of a rendering in which nothing else writes that name."""
    found = []
    for rendering in {each.rendering for each in statements}:
        here = [each for each in statements if each.rendering == rendering]
        queries = [each for each in here if each.kind == "select"]
        if len(queries) == 1 and not any(name in each.outputs for each in here):
            found += queries
    return found


def producers_first(reads: Mapping[str, set[str]]) -> Iterator[str]:
    """Yield each name after those that it reads; names that read each other in the order in which they come.

    >>> list(producers_first({"b": {"a"}, "a": {"raw"}}))
    ['a', 'b']
    """
    seen: set[str] = set()
    for root in sorted(reads):
        if root in seen:
            continue
        seen.add(root)
        way = [(root, iter(sorted(reads[root])))]
        while way:
            name, rest = way[-1]
            following = next((each for each in rest if each in reads and each not in seen), None)
            if following is None:
                way.pop()
                yield name
            else:
                seen.add(following)
                way.append((following, iter(sorted(reads[following]))))

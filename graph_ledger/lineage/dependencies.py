"""Dependencies: the direct neighbours of a model, and every port or membership that says so."""

from collections.abc import Iterator
from json import loads
from typing import Literal, get_args

from graph_ledger.database.database import Database, Row, Transaction
from graph_ledger.errors import ValidationError
from graph_ledger.lineage.clocks import clocks
from graph_ledger.values.lineage import Dependency, Direction
from graph_ledger.values.moment import Moment, from_microseconds
from graph_ledger.values.port import DataPort

Side = Literal["both", "upstream", "downstream"]
DECLARED = "declared"
"""Kind of a port that stands for what a person declared; no evidence of its own."""

MEMBER_OF = "member_of"
"""Relationship of a member to its group."""


def dependencies(database: Database, key: str, direction: Side, moment: Moment) -> list[Dependency]:
    """List what a model reads from and what reads it: a row for each neighbour, relationship and direction, upstream ones first.

    Behind each side's data stand memberships: the members of a group are upstream of it, the groups of a model downstream.

    Raises:
        ValidationError: The direction is none of the three.
    Source: ``cypher/lineage/dependencies_upstream.cypher``; proved by ``tests/lineage/test_dependencies.py``.
    """
    if direction not in get_args(Side):
        raise ValidationError(f"direction is 'both', 'upstream' or 'downstream', not {direction!r}")

    def work(transaction: Transaction) -> list[Dependency]:
        times = clocks(transaction, moment)
        found: list[Dependency] = []
        if direction != "downstream":
            found += _rows(transaction.run("lineage/dependencies_upstream", key=key, **times), "upstream")
            found += _memberships(transaction.run("lineage/memberships_upstream", key=key, **times), "upstream")
        if direction != "upstream":
            found += _rows(transaction.run("lineage/dependencies_downstream", key=key, **times), "downstream")
            found += _memberships(transaction.run("lineage/memberships_downstream", key=key, **times), "downstream")
        return found

    return database.reading(work)


def _memberships(row: Row, direction: Direction) -> Iterator[Dependency]:
    for key, actor, start in zip(row["keys"], row["actors"], row["starts"], strict=True):
        source, since = (actor,) if actor else (), from_microseconds(start)
        yield Dependency(model=key, relationship=MEMBER_OF, direction=direction, source=source, since=since)


def _rows(row: Row, direction: Direction) -> Iterator[Dependency]:
    ports: dict[tuple[str, str], dict[str, DataPort]] = {}
    sources: dict[tuple[str, str], set[str]] = {}
    starts: dict[tuple[str, str], int] = {}
    columns = ("keys", "relationships", "kinds", "ports", "identifiers", "schemas", "sources", "starts")
    for neighbour, relationship, kind, port, identifier, schema, said_by, start in zip(*(row[name] for name in columns), strict=True):
        one = neighbour, relationship
        evidence = ports.setdefault(one, {})
        if kind != DECLARED:
            evidence[port] = DataPort(identifier, **(loads(schema) if schema else {}))
        sources.setdefault(one, set()).update(said_by)
        starts[one] = min(start, starts.get(one, start))
    for one, evidence in ports.items():
        yield Dependency(
            model=one[0],
            relationship=one[1],
            direction=direction,
            ports=tuple(evidence.values()),
            source=tuple(sorted(sources[one])),
            since=from_microseconds(starts[one]),
        )

"""What the graph holds, as sets of tuples, so that a test reads as expected == actual."""

from typing import Any

from graph_ledger.ledger import Ledger

SLICE = 2_000


def nodes(ledger: Ledger, label: str, *properties: str) -> set[tuple[Any, ...]]:
    """Return these properties of every node that has the label."""
    rows = ledger.database.read("explore/nodes", label=label, properties=list(properties))["rows"]
    return {tuple(row) for row in rows}


def edges(ledger: Ledger, start: str, kind: str, end: str, start_property: str = "key", end_property: str = "key") -> set[tuple[Any, ...]]:
    """Return both ends of every relationship of this type between nodes of these labels."""
    rows = ledger.database.read(
        "explore/edges", **{"from": start, "type": kind, "to": end, "from_property": start_property, "to_property": end_property}
    )["rows"]
    return {tuple(row) for row in rows}


def check_nodes(ledger: Ledger, label: str, properties: list[str], expected: set[tuple[Any, ...]]) -> None:
    """Fail unless the nodes of this label have exactly these properties."""
    assert nodes(ledger, label, *properties) == expected


def check_relationships(ledger: Ledger, start: str, kind: str, end: str, expected: set[tuple[Any, ...]]) -> None:
    """Fail unless exactly these relationships are there, by key of both ends."""
    assert edges(ledger, start, kind, end) == expected


def counts(ledger: Ledger) -> dict[str, int]:
    """Return how many nodes and relationships there are, by label and type."""
    return dict(ledger.database.table("MATCH (n) UNWIND labels(n) AS l RETURN l, count(*)")[1]) | dict(
        ledger.database.table("MATCH ()-[r]->() RETURN type(r), count(*)")[1]
    )


def empty(ledger: Ledger) -> None:
    """Delete everything but the schema."""
    while ledger.database.write(lambda tx: tx.run("explore/empty", most=SLICE))["deleted"]:
        pass

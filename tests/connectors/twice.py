"""Discover a source twice: what is unchanged is not written again."""

from typing import Any

from graph_ledger.connectors import SourceConnector
from graph_ledger.ledger import Ledger

SEEN = {"last_seen", "last_known"}
NODES = """
MATCH (node) WHERE NOT node:Run AND NOT node:Source
RETURN labels(node) AS labels, properties(node) AS properties ORDER BY elementId(node)
"""
RELATIONSHIPS = """
MATCH ()-[relationship]->(end) WHERE NOT end:Run AND NOT end:Source OR type(relationship) = 'SEEN_BY'
RETURN type(relationship) AS type, properties(relationship) AS properties ORDER BY elementId(relationship)
"""


def written(ledger: Ledger) -> list[Any]:
    """Return all that the graph holds, but for the runs themselves and for when a source was last seen."""
    rows = [*ledger.database.table(NODES)[1], *ledger.database.table(RELATIONSHIPS)[1]]
    return [[kind, {name: value for name, value in held.items() if name not in SEEN}] for kind, held in rows]


def check_twice(ledger: Ledger, connector: SourceConnector, listed: int) -> None:
    """Fail unless the first run adds everything, completely, and the second one writes nothing."""
    first = ledger.discover(connector)
    assert (first.added, first.complete, first.errors) == (listed, True, ())
    before = written(ledger)
    second = ledger.discover(connector)
    assert (second.added, second.changed, second.gone, second.skipped, second.complete) == (0, 0, 0, listed, True)
    assert written(ledger) == before

"""The demo estate in the test database."""

from datetime import datetime, timezone
from hashlib import sha256

import pytest

from graph_ledger.demo.load import load
from graph_ledger.ledger import Ledger
from tests.graph import empty

LOADED_ON = datetime(2026, 6, 30, tzinfo=timezone.utc)
LOADED: set[str] = set()
"""What the estate looked like when it was loaded last, to the letter."""


@pytest.fixture
def bank(opened: Ledger) -> Ledger:
    """A bank's estate of two years, up to a day that is past; loaded anew where a test before has left anything else."""
    if everything(opened) not in LOADED:
        empty(opened)
        load(opened, LOADED_ON)
        LOADED.clear()
        LOADED.add(everything(opened))
    return opened


def everything(ledger: Ledger) -> str:
    """Return one hash over every node and relationship with all that they hold."""
    nodes = ledger.database.table("MATCH (n) RETURN labels(n), properties(n), elementId(n)")[1]
    edges = ledger.database.table("MATCH (a)-[r]->(b) RETURN type(r), properties(r), elementId(a), elementId(b)")[1]
    texts = sorted(repr([sorted(each.items()) if isinstance(each, dict) else each for each in row]) for row in [*nodes, *edges])
    return sha256("\n".join(texts).encode()).hexdigest()

"""The demo estate, a bank's, in the test database: loaded anew only where a test before has left anything else."""

from datetime import date, datetime, timezone
from hashlib import sha256

from graph_ledger.demo.load import load
from graph_ledger.ledger import Ledger
from tests.graph import empty

LOADED_ON = datetime(2026, 6, 30, tzinfo=timezone.utc)
"""A day that is past, up to which the two years of the estate go."""
LOADED: dict[tuple[date, bool], str] = {}
"""What the estate of a day, without its data model and with it, looked like when it was loaded last, to the letter."""


def loaded(ledger: Ledger, day: datetime = LOADED_ON, *, contracts: bool = False) -> Ledger:
    """Return the ledger with the estate of a day in it, and nothing else."""
    if LOADED.get((day.date(), contracts)) != everything(ledger):
        empty(ledger)
        load(ledger, day, contracts=contracts)
        LOADED[day.date(), contracts] = everything(ledger)
    return ledger


def everything(ledger: Ledger) -> str:
    """Return one hash over every node and relationship with all that they hold."""
    nodes = ledger.database.table("MATCH (n) RETURN labels(n), properties(n), elementId(n)")[1]
    edges = ledger.database.table("MATCH (a)-[r]->(b) RETURN type(r), properties(r), elementId(a), elementId(b)")[1]
    texts = sorted(repr([sorted(each.items()) if isinstance(each, dict) else each for each in row]) for row in [*nodes, *edges])
    return sha256("\n".join(texts).encode()).hexdigest()

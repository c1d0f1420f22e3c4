"""Trace: the way from the sources to a node."""

from graph_ledger.database.database import Database, Transaction
from graph_ledger.lineage.believed import believed
from graph_ledger.lineage.clocks import clocks
from graph_ledger.lineage.order import order
from graph_ledger.values.moment import Moment


def trace(database: Database, key: str, moment: Moment) -> list[str]:
    """Return the names of all that a node stands on in topological order, sources first, the node itself last.

    Ties are in order of arrival. A cycle is one group: groups in topological order, by arrival inside. A model that reads
    nothing is its own whole answer; one that was not there at the moment has none.
    Cost: one walk and one reading of its edges; the order is found in Python, in time that grows with the edges.
    Source: ``cypher/lineage/trace.cypher``; proved by ``tests/lineage/test_trace.py``.
    """

    def work(transaction: Transaction) -> list[str]:
        if moment.is_today:
            row = transaction.run("lineage/trace_today", key=key)
        else:
            row = transaction.run("lineage/trace", key=key, **clocks(transaction, moment))
        names: list[str] = row["names"]
        if len(names) > 1:
            return [names[place] for place in order(len(names), row["ports"])]
        alone = believed(transaction, key, clocks(transaction, moment))
        return [] if alone is None else [alone]

    return database.reading(work)

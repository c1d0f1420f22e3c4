"""Upstream: what a node reads, directly or through others."""

from graph_ledger.database.database import Database
from graph_ledger.lineage.trace import trace
from graph_ledger.values.moment import Moment
from graph_ledger.values.start import Start


def upstream(database: Database, start: Start, moment: Moment) -> list[str]:
    """Return the names of all that a node stands on, sources first; never the node itself; of a group also its members.

    Cost, source and proof: those of ``trace``.
    """
    return trace(database, start, moment)[:-1]

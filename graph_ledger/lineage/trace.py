"""Trace: the way from the sources to a node."""

from collections.abc import Sequence

from graph_ledger.database.database import Database, Transaction
from graph_ledger.lineage.believed import believed
from graph_ledger.lineage.clocks import clocks
from graph_ledger.lineage.order import Ends, order
from graph_ledger.values.moment import Moment
from graph_ledger.values.start import Start


def trace(database: Database, start: Start, moment: Moment) -> list[str]:
    """Return the names of all that a node stands on in topological order, sources first, the node itself last.

    Ties are in order of arrival. A cycle is one group: groups in topological order, by arrival inside. A model that reads
    nothing is its own whole answer; one that was not there at the moment has none. A group stands on its members of the moment,
    however deep, and on all that these stand on; a group among them comes after its own members.
    Cost: one walk and one reading of its edges; the order is found in Python, in time that grows with the edges.
    Source: ``cypher/lineage/trace.cypher``; proved by ``tests/lineage/test_trace.py``.
    """

    def work(transaction: Transaction) -> list[str]:
        if start.is_group:
            row = transaction.run("lineage/trace_group", key=start.key, **clocks(transaction, moment))
        elif moment.is_today:
            row = transaction.run("lineage/trace_today", key=start.key)
        else:
            row = transaction.run("lineage/trace", key=start.key, **clocks(transaction, moment))
        names: list[str] = row["names"]
        if len(names) > 1:
            if start.is_group:
                return [names[place] for place in _group_last(len(names) - 1, row["ports"] + row["memberships"])]
            return [names[place] for place in order(len(names), row["ports"])]
        alone = believed(transaction, start.key, clocks(transaction, moment))
        return [] if alone is None else [alone]

    return database.reading(work)


def _group_last(last: int, ports: Sequence[Ends]) -> list[int]:
    """Order what a group stands on, and put the group, which has the last number, behind it, even where it feeds its own members.

    Then what it reads comes before what it feeds, as if they met at one port.
    """
    before = [end for ends in ports if last in ends for end in ends if end < 0]
    after = [end for ends in ports if -1 - last in ends for end in ends if end >= 0]
    others = ([end for end in ends if end not in (last, -1 - last)] for ends in [*ports, before + after])
    return [*order(last, others), last]

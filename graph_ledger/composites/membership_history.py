"""Membership history: who has been in a group, from when to when, in which role."""

from graph_ledger.database.database import Database, Transaction
from graph_ledger.lineage.clocks import clocks
from graph_ledger.values.membership import MembershipHistory, Stay
from graph_ledger.values.moment import Moment, from_microseconds


def membership_history(database: Database, key: str, moment: Moment) -> MembershipHistory:
    """Return every stay in a group that had begun by a moment, the oldest first; what ends later goes on at that moment.

    Another role is another stay. What is no group has none.
    Cost: one statement over the memberships of the group, former ones among them.
    Source: ``cypher/composites/membership_history.cypher``; proved by ``tests/composites/test_membership_history.py``.
    """

    def work(transaction: Transaction) -> MembershipHistory:
        times = clocks(transaction, moment)
        row = transaction.run("composites/membership_history", key=key, **times)
        stays = [
            Stay(model=model, role=role, since=from_microseconds(since), until=None if until is None else from_microseconds(until))
            for model, role, since, until in row["stays"]
        ]
        at = min(from_microseconds(row["now"]), times["as_of"])
        return MembershipHistory(sorted(stays, key=_by_time), group=key, at=at)

    return database.reading(work)


def _by_time(stay: Stay) -> tuple[object, ...]:
    return stay.since, stay.model

"""Clocks: the two times that every question about the past hands to its statement."""

from datetime import datetime

from graph_ledger.database.database import Transaction
from graph_ledger.values.moment import LATEST, Moment, from_microseconds


def clocks(transaction: Transaction, moment: Moment) -> dict[str, datetime]:
    """Return ``as_of`` and ``known_at`` as a statement takes them.

    Latest belief, and today's state, are what holds at the last moment there is: open ends lie behind it, all others before.
    Only a question that says what was known but not of when needs the database's clock.
    """
    as_of = moment.as_of
    if as_of is None:
        as_of = LATEST if moment.known_at is None else from_microseconds(transaction.run("database/clock")["now"])
    return {"as_of": as_of, "known_at": moment.known_at or LATEST}

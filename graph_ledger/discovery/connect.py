"""Connect: ports connect themselves; this counts what connected since it was last asked."""

from graph_ledger.database.database import Database, Transaction
from graph_ledger.values.moment import from_microseconds


def connect(database: Database) -> dict[str, int]:
    """Return how many pairs became connected since the last call, and how many were."""

    def work(transaction: Transaction) -> dict[str, int]:
        now = transaction.run("database/clock")["now"]
        row = transaction.run("discovery/connect", now=from_microseconds(now))
        return {"links_created": row["links_created"], "links_skipped": row["links_skipped"]}

    return database.write(work)

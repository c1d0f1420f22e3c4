"""Overview: what is in the ledger, in numbers."""

from graph_ledger.database.database import Database
from graph_ledger.values.moment import from_microseconds
from graph_ledger.values.overview import Overview


def overview(database: Database) -> Overview:
    """Count what there is now.

    Cost: one scan of the models; the rest comes from the server's own counts.
    Source: ``cypher/models/overview.cypher``; proved by ``tests/models/test_overview.py``.
    """
    row = database.read("models/overview")
    return Overview(
        total_models=row["models"], absent_models=row["absent"], total_events=row["events"], groups=row["groups"], ports=row["ports"],
        runs=row["runs"], seals=row["seals"], sealed_events=row["sealed"],
        model_types=dict(row["types"]), platforms=dict(row["platforms"]), tiers=dict(row["tiers"]), statuses=dict(row["statuses"]),
        last_event=None if row["last_event"] is None else from_microseconds(row["last_event"]),
    )  # fmt: skip

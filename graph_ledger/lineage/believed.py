"""Believed: whether a model was there at a moment."""

from collections.abc import Mapping
from datetime import datetime

from graph_ledger.database.database import Transaction


def believed(transaction: Transaction, key: str, times: Mapping[str, datetime]) -> str | None:
    """Return the model's name, or None where it was not there yet or nobody knew of it."""
    name: str | None = transaction.run("lineage/believed", key=key, **times)["name"]
    return name

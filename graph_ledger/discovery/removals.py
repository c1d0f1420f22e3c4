"""Removals: what a complete listing does not name, and the guard against one that would remove too much."""

from graph_ledger.database.database import Database, Transaction
from graph_ledger.discovery.load import Load
from graph_ledger.errors import RemovalGuardError
from graph_ledger.models.resolve import named
from graph_ledger.values.listing import Listing
from graph_ledger.values.node import key_of, normal

SHARE, LEAST = 0.2, 5


def keys_named(database: Database, listing: Listing) -> set[str]:
    """Return the keys that a listing may mean: a name without a platform means any model of that name."""
    bare = [normal(node.name) for node in listing if not node.platform]
    others = database.reading(lambda transaction: named(transaction, bare)) if bare else {}
    return {key_of(normal(node.platform), normal(node.name)) for node in listing} | {key for keys in others.values() for key in keys}


def missing(transaction: Transaction, load: Load, named_now: set[str]) -> list[str]:
    """Return the keys of all that the source ever listed, and does not list now."""
    return sorted(set(transaction.run("discovery/listed_by", source=load.source)["keys"]) - named_now)


def guard(database: Database, load: Load, named_now: set[str]) -> None:
    """Refuse a complete listing that would remove more than 20 % and at least 5 of what the source held when it was read.

    Raises:
        RemovalGuardError: It would; late and repeated readings are judged by what was there at their own time.
    """
    row = database.read("discovery/listed_by", source=load.source)
    seen = zip(row["keys"], row["gone"], row["first_seen"], row["last_seen"], strict=True)
    held = {key for key, gone, first, last in seen if first <= load.at and (last >= load.at or not gone)}
    removed = sorted(held - named_now)
    if len(removed) >= LEAST and len(removed) > SHARE * len(held):
        raise RemovalGuardError(load.source, removed, len(held))

"""Removals: what a complete listing does not name, and the guard against one that would remove too much."""

from collections.abc import Iterable
from dataclasses import dataclass

from graph_ledger.database.database import Database, Transaction
from graph_ledger.discovery.load import Load
from graph_ledger.errors import RemovalGuardError, ValidationError
from graph_ledger.models.resolve import named
from graph_ledger.values.node import key_of, normal


def keys_named(database: Database, names: Iterable[tuple[str, str]]) -> set[str]:
    """Return the keys that platforms and names may mean: a name without a platform means any model of that name."""
    given = [(normal(platform), normal(name)) for platform, name in names]
    bare = [name for platform, name in given if not platform]
    others = database.reading(lambda transaction: named(transaction, bare)) if bare else {}
    return {key_of(platform, name) for platform, name in given} | {key for keys in others.values() for key in keys}


def missing(transaction: Transaction, load: Load, named_now: set[str]) -> list[str]:
    """Return the keys of all that the source ever listed, and does not list now."""
    return sorted(set(transaction.run("discovery/listed_by", source=load.source)["keys"]) - named_now)


@dataclass(frozen=True)
class Guard:
    """Refuses a complete listing that would remove more than a share, and at least a number, of what its source held.

    Raises:
        ValidationError: The share is no number from 0 to 1, or the number is below 1.

    >>> Guard(share=0.5).least
    5
    """

    share: float = 0.2
    least: int = 5

    def __post_init__(self) -> None:
        if isinstance(self.share, bool) or not isinstance(self.share, (int, float)) or not 0 <= self.share <= 1:
            raise ValidationError(f"the share that a run may remove is a number from 0 to 1, not {self.share!r}")
        if isinstance(self.least, bool) or not isinstance(self.least, int) or self.least < 1:
            raise ValidationError(f"the least number that the guard stops is 1 or more, not {self.least!r}")

    def check(self, database: Database, load: Load, named_now: set[str]) -> None:
        """Look whether a listing of these keys passes.

        Raises:
            RemovalGuardError: It does not; late and repeated readings are judged by what was there at their own time.
        """
        row = database.read("discovery/listed_by", source=load.source)
        seen = zip(row["keys"], row["gone"], row["first_seen"], row["last_seen"], strict=True)
        held = {key for key, gone, first, last in seen if first <= load.at and (last >= load.at or not gone)}
        removed = sorted(held - named_now)
        if len(removed) >= self.least and len(removed) > self.share * len(held):
            raise RemovalGuardError(load.source, removed, len(held))

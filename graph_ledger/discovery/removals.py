"""Removals: what a complete listing does not name, and the guard against one that would remove too much."""

from dataclasses import dataclass

from graph_ledger.database.database import Database, Transaction
from graph_ledger.discovery.listed import Listed
from graph_ledger.discovery.load import Load
from graph_ledger.errors import RemovalGuardError, ValidationError


def missing(transaction: Transaction, load: Load, listed: Listed) -> list[str]:
    """Return the keys of all that the source ever listed, does not list now, and was not known to miss already."""
    row = transaction.run("discovery/listed_by", source=load.source)
    known = {key for key, gone, last in zip(row["keys"], row["gone"], row["last_known"], strict=True) if gone and last <= load.at}
    return sorted(set(row["keys"]) - known - listed.keys(transaction))


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

    def check(self, database: Database, load: Load, listed: Listed) -> None:
        """Look whether a listing passes.

        Raises:
            RemovalGuardError: It does not; late and repeated readings are judged by what was there at their own time.
        """
        row, named_now = database.reading(lambda tx: (tx.run("discovery/listed_by", source=load.source), listed.keys(tx)))
        seen = zip(row["keys"], row["gone"], row["first_seen"], row["last_seen"], strict=True)
        held = {key for key, gone, first, last in seen if first <= load.at and (last >= load.at or not gone)}
        removed = sorted(held - named_now)
        if len(removed) >= self.least and len(removed) > self.share * len(held):
            raise RemovalGuardError(load.source, removed, len(held))

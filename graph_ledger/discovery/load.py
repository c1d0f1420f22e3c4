"""Load: what all observations of one call share."""

from dataclasses import dataclass

from graph_ledger.database.database import Database
from graph_ledger.history.clock import fact_time
from graph_ledger.values.moment import When, from_microseconds

CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Load:
    """One reading of one source."""

    source: str
    """Source.key; ``client`` for what people add."""
    at: int
    """When the source was read, microseconds."""
    last_complete: int | None
    """Newest moment for which the source was listed completely."""
    next_complete: int | None
    """First such moment after ``at``."""
    repeated: bool
    """Whether it was listed completely for exactly this moment before."""
    fresh: bool
    """Whether the source has listed nothing yet."""

    @property
    def in_order(self) -> bool:
        """Whether no complete listing of the source is as new as this reading."""
        return self.last_complete is None or self.at > self.last_complete


def open_load(database: Database, source: str, observed_at: When | None) -> Load:
    """Make the source known and settle when it was read.

    Raises:
        ValidationError: ``observed_at`` is no date, or lies in the future.
    """
    name, _, scope = source.partition("/")
    row = database.write(lambda transaction: transaction.run("discovery/open_source", key=source, name=name, scope=scope))
    at = fact_time(observed_at, row["now"], "observed_at")
    following, repeated = None, False
    if row["last_complete_at"] is not None and row["last_complete_at"] >= at:
        runs = database.read("discovery/complete_runs", source=source, observed_at=from_microseconds(at))
        following, repeated = runs["next"], runs["same"]
    return Load(source, at, row["last_complete_at"], following, repeated, row["fresh"])

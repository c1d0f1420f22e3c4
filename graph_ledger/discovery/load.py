"""Load: what all observations of one call share."""

import secrets
from dataclasses import dataclass, replace

from graph_ledger.database.database import Database, Row, Transaction
from graph_ledger.errors import LeaseError
from graph_ledger.history.clock import fact_time
from graph_ledger.values.moment import When, from_microseconds
from graph_ledger.values.port import check_text

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
    run_id: str | None = None
    """The run that writes; None for what is added without one."""
    fence: int | None = None
    """Number of the run's lease: every write finds it again under the source's lock, or aborts."""

    @property
    def in_order(self) -> bool:
        """Whether no complete listing of the source is as new as this reading."""
        return self.last_complete is None or self.at > self.last_complete


def open_load(database: Database, source: str, observed_at: When | None) -> Load:
    """Make the source known and settle when it was read.

    Raises:
        ValidationError: ``source`` cannot name anything; ``observed_at`` is no date, or lies in the future.
    """
    return database.write(lambda transaction: opened(transaction, source, observed_at))


def opened(transaction: Transaction, source: str, observed_at: When | None) -> Load:
    """Make the source known within a transaction, and settle when it was read."""
    parts = key_parts(source)
    return settled(transaction, parts["key"], observed_at, transaction.run("discovery/open_source", **parts))


def key_parts(source: str) -> dict[str, str]:
    """Return the key of a source, and the connector's name and the scope in it.

    Raises:
        ValidationError: It cannot name anything.
    """
    key = check_text(source, "source")
    name, _, scope = key.partition("/")
    return {"key": key, "name": name, "scope": scope}


def settled(transaction: Transaction, source: str, observed_at: When | None, row: Row) -> Load:
    """Settle when a source was read, by what is known of it."""
    at = fact_time(observed_at, row["now"], "observed_at")
    load = Load(source, at, row["last_complete_at"], None, repeated=False, fresh=row["fresh"])
    return load if load.in_order else _placed(transaction, load, row["last_complete_at"])


def hold(transaction: Transaction, load: Load) -> Load:
    """Hold the source until the transaction ends, and place the load among what other runs have finished meanwhile.

    What people add has no complete listings, so many may add at once.

    Raises:
        LeaseError: Another run has taken the source over since this one began.
    """
    if load.source == CLIENT:
        return load
    row = transaction.run("discovery/lock_source", source=load.source, fence=load.fence, token=secrets.token_hex(8))
    if load.fence is not None and row["fence"] != load.fence:
        raise LeaseError(load.source, "a newer run", None)
    return load if row["last_complete_at"] == load.last_complete else _placed(transaction, load, row["last_complete_at"])


def _placed(transaction: Transaction, load: Load, last_complete: int | None) -> Load:
    if last_complete is None or last_complete < load.at:
        return replace(load, last_complete=last_complete, next_complete=None, repeated=False)
    runs = transaction.run("discovery/complete_runs", source=load.source, observed_at=from_microseconds(load.at))
    return replace(load, last_complete=last_complete, next_complete=runs["next"], repeated=runs["same"])

"""Discover: one run of one connector, what is missing from a complete listing included."""

import json
from collections.abc import Iterable
from typing import Protocol

from graph_ledger.database.batches import write_in_batches
from graph_ledger.database.database import Database, Transaction
from graph_ledger.discovery.add import Taken, take_in
from graph_ledger.discovery.load import Load, hold, open_load
from graph_ledger.discovery.observe import observe
from graph_ledger.discovery.removals import guard, keys_named, missing
from graph_ledger.errors import ValidationError
from graph_ledger.values.add_result import RunReport
from graph_ledger.values.canonical import canonical_json, short_digest
from graph_ledger.values.listing import DEFAULT_SCOPE, Listing
from graph_ledger.values.moment import When, from_microseconds
from graph_ledger.values.node import DataNode


class Connector(Protocol):
    """Anything with a name that finds nodes."""

    name: str

    def discover(self) -> Iterable[DataNode]:
        """Return the nodes that the source has now."""
        ...


def discover(database: Database, connector: Connector, *, observed_at: When | None = None, allow_removals: bool = False) -> RunReport:
    """Read a source once and take in what it says.

    Raises:
        SourceError: The source was not read to its end; nothing was written.
        RemovalGuardError: It would remove more than 20 % and at least 5 of what it listed; nothing was written.
    """
    name = getattr(connector, "name", None)
    if not isinstance(name, str) or not name or "/" in name or not callable(getattr(connector, "discover", None)):
        raise ValidationError(f"a connector has a name (a text without a slash) and a discover(), not {connector!r}")
    started = database.read("database/clock")["now"]
    found = connector.discover()
    listing = found if isinstance(found, Listing) else Listing(found, source=name, scope=getattr(connector, "scope", DEFAULT_SCOPE))
    load = open_load(database, listing.source_key, observed_at)
    named_now = keys_named(database, listing) if listing.complete else set()
    if listing.complete and not allow_removals:
        guard(database, load, named_now)
    run = _Run(listing, load, named_now, take_in(database, listing, load), started)
    while left := database.write(run.finish):
        for outcome in write_in_batches(
            database, left, lambda transaction, part: observe(transaction, [(key, None) for key in part], load)
        ):
            run.taken.include(outcome)
        run.missed.update(left)
    return run.report


class _Run:
    """A run that has taken in what its listing names."""

    def __init__(self, listing: Listing, load: Load, named_now: set[str], taken: Taken, started: int) -> None:
        self.listing, self.load, self.named_now, self.taken, self.started = listing, load, named_now, taken, started
        self.missed: set[str] = set()
        self.report: RunReport

    def finish(self, transaction: Transaction) -> list[str]:
        """Note the run; return what has to be marked as missing before that, also what another run has added meanwhile."""
        hold(transaction, self.load)
        if self.listing.complete and (left := set(missing(transaction, self.load, self.named_now)) - self.missed):
            return sorted(left)
        self.report = report = self._report(transaction.run("database/clock")["now"])
        texts = {
            "errors": json.dumps([error.model_dump() for error in report.errors]),
            "coverage": json.dumps(report.coverage, default=str),
        }
        counts = {name: getattr(report, name) for name in ("added", "changed", "skipped", "gone")}
        transaction.run(
            "discovery/finish_run",
            run_id=report.run_id,
            source=report.source,
            observed_at=report.observed_at,
            status=report.status,
            complete=report.complete,
            started_at=report.started_at,
            finished_at=report.finished_at,
            counts={**counts, **texts},
        )
        return []

    def _report(self, finished: int) -> RunReport:
        taken, load = self.taken, self.load
        return RunReport(
            run_id=short_digest(canonical_json([load.source, load.at])), source=load.source, status="finished",
            complete=self.listing.complete, observed_at=from_microseconds(load.at), added=len(taken.created), changed=len(taken.changed),
            skipped=len(taken.skipped), gone=len(taken.gone), errors=(*self.listing.errors, *taken.errors), coverage=self.listing.coverage,
            started_at=from_microseconds(self.started), finished_at=from_microseconds(finished),
        )  # fmt: skip

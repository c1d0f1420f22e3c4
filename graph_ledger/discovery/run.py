"""Run: one reading of one source, from its lease to what came of it; every run leaves a node."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

from graph_ledger.database.database import Database, Transaction
from graph_ledger.database.deadline import deadline
from graph_ledger.discovery.add import Taken
from graph_ledger.discovery.lease import Heartbeat, holder_name, take
from graph_ledger.discovery.load import Load, hold, settled
from graph_ledger.discovery.reading import Reading
from graph_ledger.errors import DatabaseError, GraphLedgerError, LeaseError, OverBudgetError, RemovalGuardError, ValidationError
from graph_ledger.values.add_result import RunReport, Status
from graph_ledger.values.canonical import canonical_json, short_digest
from graph_ledger.values.coverage import StatementCoverage
from graph_ledger.values.listing import RowError
from graph_ledger.values.moment import When, from_microseconds
from graph_ledger.values.printable import printable

LAST = 10.0
"""Seconds to note how a run ended that failed."""
MOST_ERRORS = 1_000
"""Errors that a run keeps; of more it keeps these, and their number."""


class Run:
    """A run that is at work."""

    def __init__(self, load: Load, started: int, holder: str) -> None:
        self.load, self.started, self.holder = load, started, holder
        self.taken = Taken()
        self.complete = False
        self.errors: tuple[RowError, ...] = ()
        self.coverage: dict[str, Any] = {}
        self.statements: list[Any] = []

    def heard(self, reading: Reading) -> None:
        """Take over what a reading says of itself as a whole.

        Raises:
            ValidationError: Its coverage is no JSON, or a statement does not say where it stands and how it was read.
        """
        self.complete, self.errors = reading.complete, reading.errors
        try:
            self.coverage = json.loads(json.dumps(reading.coverage, default=str))
            self.statements = [StatementCoverage(**line).model_dump() for line in reading.statements]
        except (TypeError, ValueError) as error:
            raise ValidationError(f"what {self.load.source} says of its coverage cannot be kept: {error}") from None

    def note(self, transaction: Transaction, status: Status) -> RunReport:
        """Note how the run ended, and give the lease back.

        Raises:
            LeaseError: Another run has the source.
        """
        hold(transaction, self.load)
        report = self.report(status, transaction.run("database/clock")["now"])
        errors = [error.model_dump() for error in report.errors[:MOST_ERRORS]]
        if len(report.errors) > MOST_ERRORS:
            errors.append({"where": "the run", "reason": f"and {len(report.errors) - MOST_ERRORS} more that are not kept"})
        statements = json.dumps(self.statements) if self.statements else None
        transaction.run(
            "discovery/finish_run",
            run_id=report.run_id, source=report.source, observed_at=report.observed_at,
            status=status, complete=report.complete, finished_at=report.finished_at,
            counts={
                **{name: getattr(report, name) for name in ("added", "changed", "skipped", "gone")},
                "errors": json.dumps(errors), "coverage": json.dumps(report.coverage),
            },
            statements=statements, digest=short_digest(statements) if statements else "",
        )  # fmt: skip
        return report

    def report(self, status: Status, finished: int) -> RunReport:
        """What the run did, so far."""
        taken, load = self.taken, self.load
        return RunReport(
            run_id=str(load.run_id), source=load.source, status=status, complete=self.complete and status == "finished",
            observed_at=from_microseconds(load.at), added=len(taken.created), changed=len(taken.changed), skipped=len(taken.skipped),
            gone=len(taken.gone), errors=(*self.errors, *taken.errors), coverage=self.coverage, holder=self.holder,
            started_at=from_microseconds(self.started), finished_at=from_microseconds(finished),
        )  # fmt: skip


@contextmanager
def running(database: Database, source: str, observed_at: When | None) -> Iterator[Run]:
    """Take the lease of a source, note a run of it, and what becomes of it when it fails.

    Raises:
        LeaseError: Another run has the source; nothing was written.
        ValidationError: ``observed_at`` is no date, or lies in the future; nothing was written.
    """
    holder = holder_name()
    run = database.write(lambda transaction: _begun(transaction, source, observed_at, holder))
    with Heartbeat(database, source, int(run.load.fence or 0)):
        try:
            yield run
        except BaseException as error:
            _failed(database, run, error)
            raise


def _failed(database: Database, run: Run, error: BaseException) -> None:
    """Note why a run ended early; where another run has its source, it says nothing any more."""
    status: Status = "stopped" if isinstance(error, RemovalGuardError) else "failed"
    reason = str(error) if isinstance(error, GraphLedgerError) else f"{type(error).__name__}: {error}"
    run.complete, run.errors = False, (*run.errors, RowError(where="the run", reason=printable(reason)))
    # What is lost is told already, and the lease ends by itself. A request that has had all its time still gives it back.
    with suppress(DatabaseError, LeaseError, OverBudgetError), deadline(LAST):
        database.write(lambda transaction: run.note(transaction, status))


def drop(database: Database, run: Run) -> None:
    """Take back a run that wrote nothing: what was read is signed by another source."""

    def work(transaction: Transaction) -> None:
        hold(transaction, run.load)
        transaction.run("discovery/drop_run", source=run.load.source, run_id=run.load.run_id)

    database.write(work)


def _begun(transaction: Transaction, source: str, observed_at: When | None, holder: str) -> Run:
    row = take(transaction, source, holder)
    load = settled(transaction, source, observed_at, row)
    run_id = short_digest(canonical_json([load.source, load.at]))
    times = {"observed_at": from_microseconds(load.at), "started_at": from_microseconds(row["now"])}
    transaction.run("discovery/begin_run", source=source, run_id=run_id, holder=holder, fence=row["fence"], **times)
    return Run(replace(load, run_id=run_id, fence=row["fence"]), row["now"], holder)

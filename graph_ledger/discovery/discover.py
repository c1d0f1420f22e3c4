"""Discover: one run of one connector, what is missing from a complete listing included."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

from graph_ledger.database.batches import write_in_batches
from graph_ledger.database.database import Database, Transaction
from graph_ledger.discovery.add import take_in
from graph_ledger.discovery.listed import NAMELESS, Listed
from graph_ledger.discovery.load import Load, hold
from graph_ledger.discovery.observe import Outcome, observe
from graph_ledger.discovery.reading import Connector, Reading, source_of
from graph_ledger.discovery.removals import Guard, missing
from graph_ledger.discovery.run import Run, drop, running
from graph_ledger.errors import SourceError
from graph_ledger.values.add_result import RunReport, Status
from graph_ledger.values.listing import RowError
from graph_ledger.values.moment import When, from_microseconds


def discover(database: Database, connector: Connector, *, observed_at: When | None = None, guard: Guard | None = None) -> RunReport:
    """Read a source once and take in what it says; ``guard`` None allows any removal.

    Raises:
        SourceError: Nothing of the source could be read; the run is noted as failed.
        LeaseError: Another run has the source, or has taken it over.
        RemovalGuardError: It would remove more than the guard allows; nothing was removed, and of a listing that is all there
            nothing was written.
    """
    with reading_run(database, connector, observed_at) as (run, reading):
        return take(database, run, reading, guard, Listed())


@contextmanager
def reading_run(database: Database, connector: Connector, observed_at: When | None) -> Iterator[tuple[Run, Reading]]:
    """Read a source under its lease; what it gave may be signed by another scope than was known before."""
    source = source_of(connector)
    with running(database, source, observed_at) as run:
        reading = Reading(connector)
        if reading.source == source:
            yield run, reading
            return
        drop(database, run)
    with running(database, reading.source, from_microseconds(run.load.at)) as run:
        yield run, reading


def take(database: Database, run: Run, reading: Reading, guard: Guard | None, listed: Listed) -> RunReport:
    """Take in a reading under the lease of its run; ``listed`` may hold names already that count as listed."""
    load = run.load
    placed = listed.placed(reading.nodes)
    if reading.whole:
        _judge(run, reading, listed)
        if guard is not None and run.complete:
            guard.check(database, load, listed)
    with ExitStack() as stack:
        if not isinstance(placed, list):  # a stream lets go of its file, whatever happens
            stack.callback(placed.close)
        take_in(database, placed, load, run.taken)
    run.taken.errors += listed.errors
    _judge(run, reading, listed)
    if reading.failure is not None and not isinstance(reading.failure, SourceError):
        raise reading.failure
    if guard is not None and run.complete and not reading.whole:
        guard.check(database, load, listed)
    return _finish(database, run, listed, _status(run, reading))


def _judge(run: Run, reading: Reading, listed: Listed) -> None:
    """Take over what the reading says of itself as a whole; rows without a name may be any model."""
    run.heard(reading)
    if listed.nameless and run.complete:
        run.complete, run.errors = False, (*run.errors, RowError(where=f"{listed.nameless} of its rows", reason=NAMELESS))


def _status(run: Run, reading: Reading) -> Status:
    """Errors and not one node: an estate that cannot be read is no empty one."""
    taken = run.taken
    nothing = not (taken.created or taken.changed or taken.skipped)
    return "failed" if reading.broken or (nothing and (run.errors or taken.errors)) else "finished"


def _finish(database: Database, run: Run, listed: Listed, status: Status) -> RunReport:
    """Mark what is missing, also what another has added meanwhile, and note the run."""
    load, missed = run.load, set[str]()
    run.complete = run.complete and status == "finished"

    def finish(transaction: Transaction) -> RunReport | list[str]:
        hold(transaction, load)
        left = set(missing(transaction, load, listed)) - missed if run.complete else set()
        return sorted(left) if left else run.note(transaction, status)

    def miss(transaction: Transaction, part: Sequence[str]) -> Outcome:
        return _missed(transaction, part, load, listed)

    while isinstance(found := database.write(finish), list):
        for outcome in write_in_batches(database, found, miss):
            run.taken.include(outcome)
        missed.update(found)
    return found


def _missed(transaction: Transaction, keys: Iterable[str], load: Load, listed: Listed) -> Outcome:
    """Mark models as missing; one that a listed name has come to mean in the meantime is not."""
    named = listed.keys(transaction)
    return observe(transaction, [(key, None) for key in keys if key not in named], load)

"""Discover: one run of one connector, what is missing from a complete listing included."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from graph_ledger.database.batches import write_in_batches
from graph_ledger.database.database import Database, Transaction
from graph_ledger.discovery.add import take_in
from graph_ledger.discovery.load import hold
from graph_ledger.discovery.observe import observe
from graph_ledger.discovery.reading import Connector, Reading, source_of
from graph_ledger.discovery.removals import Guard, keys_named, missing
from graph_ledger.discovery.run import Run, drop, running
from graph_ledger.values.add_result import RunReport, Status
from graph_ledger.values.moment import When, from_microseconds
from graph_ledger.values.node import DataNode


def discover(database: Database, connector: Connector, *, observed_at: When | None = None, guard: Guard | None = None) -> RunReport:
    """Read a source once and take in what it says; ``guard`` None allows any removal.

    Raises:
        SourceError: Nothing of the source could be read; the run is noted as failed.
        LeaseError: Another run has the source, or has taken it over.
        RemovalGuardError: It would remove more than the guard allows; nothing was removed, and of a listing that is all there
            nothing was written.
    """
    with reading_run(database, connector, observed_at) as (run, reading):
        return take(database, run, reading, guard)


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


def take(database: Database, run: Run, reading: Reading, guard: Guard | None) -> RunReport:
    """Take in a reading under the lease of its run."""
    load, listing = run.load, reading.whole
    named: list[tuple[str, str]] = []
    nodes: Iterable[DataNode] = reading.nodes
    if listing is not None:
        run.heard(reading)
        named = [(node.platform, node.name) for node in listing if isinstance(node, DataNode)]
        if guard is not None and listing.complete:
            guard.check(database, load, keys_named(database, named))
    else:
        nodes = _remembered(nodes, named)
    run.taken = take_in(database, nodes, load)
    run.heard(reading)
    named_now = keys_named(database, named) if run.complete else set()
    if run.complete and guard is not None and listing is None:
        guard.check(database, load, named_now)
    # Errors and not one node: an estate that cannot be read is no empty one.
    return _finish(database, run, named_now, "failed" if reading.broken or (run.errors and not named) else "finished")


def _remembered(nodes: Iterable[DataNode], named: list[tuple[str, str]]) -> Iterator[DataNode]:
    for node in nodes:
        if isinstance(node, DataNode):
            named.append((node.platform, node.name))
        yield node


def _finish(database: Database, run: Run, named_now: set[str], status: Status) -> RunReport:
    """Mark what is missing, also what another has added meanwhile, and note the run."""
    load, missed = run.load, set[str]()

    def finish(transaction: Transaction) -> RunReport | list[str]:
        hold(transaction, load)
        left = set(missing(transaction, load, named_now)) - missed if run.complete else set()
        return sorted(left) if left else run.note(transaction, status)

    while isinstance(found := database.write(finish), list):
        for outcome in write_in_batches(
            database, found, lambda transaction, part: observe(transaction, [(key, None) for key in part], load)
        ):
            run.taken.include(outcome)
        missed.update(found)
    return found

"""Sync: one report worked into the graph in one transaction, or nothing of it."""

import json
from collections.abc import Callable
from dataclasses import replace

from graph_ledger.contracts.graph.asked import Asked
from graph_ledger.contracts.graph.check import broken
from graph_ledger.contracts.graph.containers import change_containers, lock_names, make_containers, make_removed
from graph_ledger.contracts.graph.elements import write_elements
from graph_ledger.contracts.graph.group import group_of, keep_namespace
from graph_ledger.contracts.graph.namespace import Namespace, read_namespace
from graph_ledger.contracts.graph.planned import Planned, planned
from graph_ledger.contracts.graph.spelled import check_spelled
from graph_ledger.contracts.graph.work import Work
from graph_ledger.database.database import Database, Transaction
from graph_ledger.discovery.lease import holder_name
from graph_ledger.discovery.load import hold, opened
from graph_ledger.errors import SyncError
from graph_ledger.history.locked import lock
from graph_ledger.values.canonical import canonical_json, short_digest
from graph_ledger.values.contracts.change import SyncResult
from graph_ledger.values.moment import from_microseconds, isoformat

Gate = Callable[[Transaction, Planned], None]
"""Refuses a report, or lets it pass."""


def sync(database: Database, asked: Asked, gate: Gate | None = None) -> SyncResult:
    """Work a report into a namespace, all or nothing; the report that was synced last, sent again, writes nothing.

    Raises:
        RulesError: The rules have a key that the profile does not know.
        SyncError: The report does not fit the namespace, or its prefix is another's, or it is older than the newest one.
        GateError: The gate says no.
    Cost: what is living is read by one statement; what changes is written by a fixed number of statements, in one transaction.
    """
    if _is_replayed(database.reading(lambda transaction: read_namespace(transaction, asked.metadata)), asked):
        return SyncResult(replayed=True)
    return database.write(lambda transaction: _synced(transaction, asked, gate))


def rehearse(database: Database, asked: Asked, gate: Gate | None = None) -> SyncResult:
    """Say what a sync would do, and keep nothing of it.

    Raises:
        ContractError: What `sync` raises.
    Cost: that of the sync, as only the whole of it shows whether it would be refused.
    """
    return database.rehearse(lambda transaction: _synced(transaction, asked, gate)).model_copy(update={"dry_run": True})


def _is_replayed(namespace: Namespace, asked: Asked) -> bool:
    if namespace.is_new:
        return False
    return not asked.told.changes or namespace.report_hash == asked.report_hash


def _synced(transaction: Transaction, asked: Asked, gate: Gate | None) -> SyncResult:
    source = f"modl/{asked.metadata.prefix}"
    load = hold(transaction, opened(transaction, source, asked.timestamp))
    namespace = read_namespace(transaction, asked.metadata)
    if _is_replayed(namespace, asked):
        return SyncResult(replayed=True)
    if asked.timestamp is None:  # others may have synced while this one waited for its turn
        load = replace(load, at=max(transaction.run("database/clock")["now"], namespace.synced_at or 0))
    if namespace.synced_at is not None and load.at < namespace.synced_at:
        newest = isoformat(from_microseconds(namespace.synced_at))
        raise SyncError(f"the newest report of {namespace.prefix!r} is of {newest}: reports are synced in their order")
    is_new = namespace.is_new
    work = Work(**vars(planned(transaction, asked, namespace)), load=load)
    _check_passing(work)
    if gate is not None:
        gate(transaction, work)
    hit = broken(transaction, work)
    write_work(transaction, work)
    delta = work.delta
    return SyncResult(changed=True, set_up=is_new, created=delta.created, changes=delta.changes, warnings=delta.warnings, impact=hit)


def _check_passing(work: Work) -> None:
    """Refuse what no model of the graph could carry: a container that comes and goes at once, a text that the graph spells otherwise."""
    for row in (*work.delta.concepts, *work.delta.updated):
        check_spelled((row.current_label, *row.instances), SyncError)
    for row in work.delta.concepts:
        if row.kind.is_container and row.concept_uri not in work.after:
            raise SyncError(f"{row.kind} {row.current_label!r} is ADDED and REMOVED in one report")


def write_work(transaction: Transaction, work: Work) -> None:
    """Write what a report makes of a namespace; the lock of its source is held."""
    lock_names(transaction, work)
    work.namespace = replace(work.namespace, key=group_of(transaction, work))
    change_containers(transaction, work)
    make_containers(transaction, work)
    make_removed(transaction, work)
    write_elements(transaction, work, lock(transaction, [])[1])
    transaction.run("contracts/see_again", source=work.load.source, at=from_microseconds(work.at))
    now = keep_namespace(transaction, work)
    coverage = {"report_hash": work.asked.report_hash, "profile": work.asked.profile, "release": work.asked.release}
    transaction.run(
        "contracts/write_run",
        source=work.load.source,
        run_id=short_digest(canonical_json([work.load.source, work.at, work.asked.report_hash])),
        at=from_microseconds(work.at), now=from_microseconds(now), holder=holder_name(), events=sorted(work.events),
        counts={
            "added": len(work.new), "changed": len(work.touched), "skipped": 0, "gone": len(work.removed), "errors": "[]",
            "coverage": json.dumps(coverage),
        },
    )  # fmt: skip

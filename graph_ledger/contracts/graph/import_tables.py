"""Import: a ledger of four files becomes a namespace, its serials and URIs kept exactly."""

import json
from collections.abc import Iterator

from graph_ledger.contracts.delta import Delta
from graph_ledger.contracts.graph.asked import Asked
from graph_ledger.contracts.graph.export import of_row, read_tables
from graph_ledger.contracts.graph.namespace import read_namespace
from graph_ledger.contracts.graph.replay import replayed
from graph_ledger.contracts.graph.spelled import check_spelled
from graph_ledger.contracts.graph.sync import write_work
from graph_ledger.contracts.graph.work import Work
from graph_ledger.contracts.sync_tables import check_namespace, living
from graph_ledger.contracts.uris import TABLES
from graph_ledger.database.database import Database, Transaction
from graph_ledger.discovery.load import hold, opened
from graph_ledger.errors import LedgerFilesError, SyncError
from graph_ledger.values.contracts.change import Change, SyncResult
from graph_ledger.values.contracts.kinds import ChangeType, Status
from graph_ledger.values.contracts.tables import Tables


def import_tables(database: Database, tables: Tables, asked: Asked) -> SyncResult:
    """Write four tables as a new namespace, all or nothing; importing the same tables again writes nothing.

    What files do not say stays unknown: aspects, and when and why the past came about; every revision is an event of the import.

    Raises:
        SyncError: The namespace is there already, with another content, or its prefix is another's.
        LedgerFilesError: The tables are of another namespace, or would not come out again as they went in.
    """
    check_namespace(tables, asked.metadata)
    _check_own(tables)

    def work(transaction: Transaction) -> SyncResult:
        load = hold(transaction, opened(transaction, f"modl/{asked.metadata.prefix}", asked.timestamp))
        namespace = read_namespace(transaction, asked.metadata)
        if not namespace.is_new:
            if read_tables(transaction, namespace.prefix) == tables:
                return SyncResult(replayed=True)
            raise SyncError(f"{namespace.prefix!r} is there already, and holds something else: an import makes a new namespace")
        alive = living(tables, asked.metadata.id)
        after = {concept.concept_uri: concept for concept in alive.concepts.values()}
        changes = tuple(_changes(tables))
        delta = Delta(
            tables.concepts, tables.revisions, tables.contracts, tables.bindings, updated=(), statuses={}, aspects={}, changes=changes,
            warnings=(), counters=alive.counters,
        )  # fmt: skip
        write_work(transaction, Work(asked, namespace, {}, after, delta, {}, load, imported=True))
        _check_whole(transaction, namespace.prefix, tables)
        return SyncResult(changed=True, set_up=True, created=delta.created, changes=changes)

    return database.write(work)


def _check_own(tables: Tables) -> None:
    """Refuse rows that hang on rows of another ledger: the graph has nothing to hang them on."""
    concepts = {row.concept_uri for row in tables.concepts}
    contracts, revisions = {row.contract_uri for row in tables.contracts}, {row.revision_uri for row in tables.revisions}
    pointers = [(row.parent_uri, concepts) for row in tables.concepts if row.parent_uri is not None]
    pointers += [(row.concept_uri, concepts) for row in tables.revisions] + [(row.concept_uri, concepts) for row in tables.contracts]
    pointers += [(row.revision_uri, revisions) for row in tables.contracts] + [(row.contract_uri, contracts) for row in tables.bindings]
    if foreign := [uri for uri, own in pointers if uri not in own]:
        raise LedgerFilesError(f"{foreign[0]} is no row of this ledger: rows that hang on another ledger's cannot be imported")
    for row in tables.concepts:
        check_spelled((row.current_label, *row.previous_labels, *row.instances), LedgerFilesError)


def _check_whole(transaction: Transaction, prefix: str, tables: Tables) -> None:
    """Refuse tables that the graph, or its events, would tell otherwise: they would be reported as edited for ever."""
    row = transaction.run("contracts/tables", prefix=prefix)
    for there in (of_row(row), replayed(json.loads(payload) for _, _, payload in row["revisions"])):
        for table in TABLES:
            odd = sorted(set(getattr(tables, table)) ^ set(getattr(there, table)), key=lambda each: each.serial)
            if odd:
                raise LedgerFilesError(
                    f"{table}, serial {odd[0].serial}: this row does not follow from those of its concept, so no event could tell it"
                )


def _changes(tables: Tables) -> Iterator[Change]:
    """Yield what each revision was, as far as rows tell."""
    concepts = {row.concept_uri: row for row in tables.concepts}
    minted = {row.revision_uri: row.contract_uri for row in tables.contracts}
    for row in tables.revisions:
        concept = concepts[row.concept_uri]
        first = row.previous_revision_uri is None
        gone = row.status is Status.REMOVED
        owner = None if concept.parent_uri is None else concepts.get(concept.parent_uri)
        yield Change(
            concept_uri=row.concept_uri,
            label=concept.current_label,
            kind=concept.kind,
            change_type=ChangeType.REMOVED if gone else ChangeType.ADDED if first else ChangeType.MODIFIED,
            revision_uri=row.revision_uri,
            contract_uri=minted.get(row.revision_uri),
            breaking=row.revision_uri in minted and not first,
            parent_uri=concept.parent_uri,
            parent_label=None if owner is None else owner.current_label,
            instances=concept.instances,
        )

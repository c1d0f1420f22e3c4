"""Export: the four tables of a namespace, as their files have them."""

import json
from collections.abc import Iterable, Mapping

from graph_ledger.contracts.check_tables import check_tables
from graph_ledger.contracts.graph.namespace import check_there
from graph_ledger.contracts.uris import serial_of
from graph_ledger.database.database import Database, Row, Transaction
from graph_ledger.values.contracts.kinds import Kind, Status
from graph_ledger.values.contracts.tables import BindingRow, ConceptRow, ContractRow, RevisionRow, Tables


def tables(database: Database, prefix: str) -> Tables:
    """Return the four tables of a namespace.

    Raises:
        ConceptNotFoundError: There is no such namespace.
        LedgerFilesError: What is in the graph is no ledger any more: somebody edited it.
    """
    row = database.read("contracts/tables", prefix=prefix.lower())
    if not row["concepts"]:
        check_there(database, prefix)
    found = of_row(row)
    check_tables(found)
    return found


def read_tables(transaction: Transaction, prefix: str) -> Tables:
    """Return the four tables of a namespace within a transaction, unchecked."""
    return of_row(transaction.run("contracts/tables", prefix=prefix))


def of_row(row: Row) -> Tables:
    """Make tables of what the graph returns."""
    concepts = tuple(
        ConceptRow(serial, uri, label, tuple(previous or ()), Kind(kind), Status(status), parent, tuple(instances or ()))
        for serial, uri, label, previous, kind, status, parent, instances in row["concepts"]
    )
    return Tables(
        concepts,
        statuses_of(
            [(uri, of, json.loads(payload)["previous_revision_uri"]) for uri, of, payload in row["revisions"]],
            {concept.concept_uri: concept.status for concept in concepts},
        ),
        tuple(sorted(ContractRow(serial, of, uri, revision, Status(status)) for serial, of, uri, revision, status in row["contracts"])),
        tuple(sorted(BindingRow(serial, of, uri, instance, Status(status)) for serial, of, uri, instance, status in row["bindings"])),
    )


def statuses_of(revisions: Iterable[tuple[str, str, str | None]], statuses: Mapping[str, Status]) -> tuple[RevisionRow, ...]:
    """Return revisions, each its URI, its concept and the one before it, with their statuses, by serial.

    The newest revision of a concept has the concept's status, those before it are superseded: events do not change.
    """
    read = sorted(revisions, key=lambda row: serial_of(row[0]))
    newest = {of: uri for uri, of, _ in read}
    return tuple(
        RevisionRow(serial_of(uri), of, uri, previous, statuses[of] if newest[of] == uri else Status.SUPERSEDED)
        for uri, of, previous in read
    )

"""The check of four tables: before anything is built on them, and before anything is written."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from graph_ledger.contracts.columns import COLUMNS, OWN, file_name
from graph_ledger.contracts.uris import TABLES, Table, mint
from graph_ledger.errors import LedgerFilesError
from graph_ledger.values.contracts.events import instance_list
from graph_ledger.values.contracts.kinds import Kind, Status
from graph_ledger.values.contracts.tables import ConceptRow, Tables

FIRST_ROW = 2
"""The header is row 1."""


def check_tables(tables: Tables, *, file: object = None) -> None:
    """Refuse tables that are no ledger.

    Raises:
        LedgerFilesError: They are none; ``findings`` lists everything that is wrong.

    >>> check_tables(Tables())
    """
    found = list(findings(tables))
    if found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        error = LedgerFilesError(f"{found[0]}{more}", file=file)
        error.findings = tuple(found)
        raise error


def findings(tables: Tables) -> Iterator[str]:
    """Yield everything that is wrong with four tables, each with its file and row."""
    namespace = namespace_of(tables)
    for table in TABLES:
        yield from _identities(tables, table, namespace)
    yield from _concepts(tables, namespace)
    yield from _revisions(tables, namespace)
    yield from _contracts(tables, namespace)
    yield from _bindings(tables, namespace)


def namespace_of(tables: Tables) -> str:
    """Return the namespace that the URI of the first concept begins with; nothing where there is none."""
    return tables.concepts[0].concept_uri.rpartition("concepts/")[0] if tables.concepts else ""


def _at(table: Table, index: int, text: str) -> str:
    return f"{file_name(table)}:{index + FIRST_ROW}: {text}"


def _identities(tables: Tables, table: Table, namespace: str) -> Iterator[str]:
    """Each serial once and rising, and each URI made of it."""
    last, own = -1, COLUMNS[table].index(OWN[table])
    rows: Sequence[tuple[Any, ...]] = getattr(tables, table)
    for index, row in enumerate(rows):
        if row[0] == last:
            yield _at(table, index, f"duplicate serial {row[0]}")
        elif row[0] < last:
            yield _at(table, index, f"the serial {row[0]} stands behind {last}: rows stay in the order of their serials, each once")
        last = max(last, row[0])
        expected = mint(namespace, table, row[0])
        if row[own] != expected:
            yield _at(table, index, f"{OWN[table]} is {row[own]!r}, and the one of serial {row[0]} is {expected!r}")


def _concepts(tables: Tables, namespace: str) -> Iterator[str]:
    by_uri = {row.concept_uri: row for row in tables.concepts}
    labels: dict[str, str] = {}
    for index, row in enumerate(tables.concepts):
        for fault in _concept(row):
            yield _at("concepts", index, fault)
        if row.status is Status.ACTIVE and labels.setdefault(row.current_label, row.concept_uri) != row.concept_uri:
            yield _at("concepts", index, f"Duplicate current_label {row.current_label!r}: {labels[row.current_label]} has it too")
        if row.parent_uri is None or _is_foreign(row.parent_uri, namespace):
            continue
        parent = by_uri.get(row.parent_uri)
        if parent is None:
            yield _at("concepts", index, f"References missing: no concept is {row.parent_uri!r}")
        elif parent.kind is not row.kind.container and not row.kind.is_container:
            yield _at("concepts", index, f"{row.kind} belongs to {row.kind.container}, and {row.parent_uri} is {parent.kind}")


def _concept(row: ConceptRow) -> Iterator[str]:
    if row.status is Status.SUPERSEDED:
        yield "a concept is ACTIVE or REMOVED, not SUPERSEDED"
    if row.kind.is_container and row.parent_uri is not None:
        yield f"{row.kind} has no parent_uri"
    if not row.kind.is_container and row.parent_uri is None:
        yield f"{row.kind} has a parent_uri"
    if row.instances and row.kind in {Kind.ENUMERATION_SET, Kind.ENUM_VALUE}:
        yield f"{row.kind} has no instances"
    try:
        instance_list(row.instances, "instances")
    except ValueError as error:
        yield str(error)


def _revisions(tables: Tables, namespace: str) -> Iterator[str]:
    concepts = {row.concept_uri for row in tables.concepts}
    by_uri = {row.revision_uri: row for row in tables.revisions}
    active = _once("ACTIVE revision", "of the concept")
    for index, row in enumerate(tables.revisions):
        for fault in _known(row.concept_uri, concepts, namespace, "concept"):
            yield _at("revisions", index, fault)
        previous = row.previous_revision_uri
        if previous is not None and not _is_foreign(previous, namespace):
            before = by_uri.get(previous)
            if before is None:
                yield _at("revisions", index, f"References missing: no revision is {previous!r}")
            elif before.concept_uri != row.concept_uri:
                yield _at("revisions", index, f"{previous} is a revision of a different concept, {before.concept_uri}")
            elif before.serial >= row.serial:
                yield _at("revisions", index, f"{previous} does not precede it: a revision never precedes itself, nor an older one")
        if row.status is Status.ACTIVE:
            yield from (_at("revisions", index, fault) for fault in active(row.concept_uri, row.revision_uri))


def _contracts(tables: Tables, namespace: str) -> Iterator[str]:
    concepts = {row.concept_uri for row in tables.concepts}
    revisions = {row.revision_uri: row for row in tables.revisions}
    active = _once("ACTIVE contract", "of the concept")
    for index, row in enumerate(tables.contracts):
        for fault in (
            *_known(row.concept_uri, concepts, namespace, "concept"),
            *_known(row.revision_uri, revisions, namespace, "revision"),
        ):
            yield _at("contracts", index, fault)
        revision = revisions.get(row.revision_uri)
        if revision is not None and revision.concept_uri != row.concept_uri:
            yield _at("contracts", index, f"{row.revision_uri} is a revision of a different concept, {revision.concept_uri}")
        if row.status is Status.ACTIVE:
            yield from (_at("contracts", index, fault) for fault in active(row.concept_uri, row.contract_uri))


def _bindings(tables: Tables, namespace: str) -> Iterator[str]:
    kinds = {row.concept_uri: row.kind for row in tables.concepts}
    contracts = {row.contract_uri: row.concept_uri for row in tables.contracts}
    active = _once("ACTIVE binding", "of contract and instance")
    for index, row in enumerate(tables.bindings):
        for fault in _known(row.contract_uri, contracts, namespace, "contract"):
            yield _at("bindings", index, fault)
        kind = kinds.get(contracts.get(row.contract_uri, ""))
        if kind is not None and kind is not Kind.PROPERTY:
            yield _at("bindings", index, f"Only PROPERTY concepts have bindings, and {row.contract_uri} is a contract of {kind}")
        if row.status is Status.ACTIVE:
            yield from (_at("bindings", index, fault) for fault in active((row.contract_uri, row.instance_label), row.binding_uri))


def _known(uri: str, known: Any, namespace: str, what: str) -> Iterator[str]:
    if uri not in known and not _is_foreign(uri, namespace):
        yield f"References missing: no {what} is {uri!r}"


def _is_foreign(uri: str, namespace: str) -> bool:
    """Say whether a URI that points elsewhere points out of this ledger; what it names there is not looked at."""
    return bool(namespace) and not uri.startswith(namespace)


def _once(what: str, of: str) -> Callable[[Any, str], Iterator[str]]:
    """Return what yields a fault for each but the first of one subject."""
    seen: dict[Any, str] = {}

    def another(subject: Any, uri: str) -> Iterator[str]:
        if seen.setdefault(subject, uri) != uri:
            yield f"duplicate {what}: {seen[subject]} is the one {of} {subject!r}"

    return another

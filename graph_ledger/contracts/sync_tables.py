"""A sync on tables: no file, no database."""

from collections import defaultdict
from collections.abc import Mapping
from os import PathLike
from typing import Any

from graph_ledger.contracts.check_tables import check_tables, namespace_of
from graph_ledger.contracts.delta import Delta
from graph_ledger.contracts.inputs import read_metadata, read_report, read_rules
from graph_ledger.contracts.living import Living, LivingBinding, LivingConcept
from graph_ledger.contracts.plan_sync import plan_sync
from graph_ledger.contracts.uris import TABLES
from graph_ledger.errors import SyncError
from graph_ledger.values.collecting import not_collecting
from graph_ledger.values.contracts.change import Counts, SyncResult
from graph_ledger.values.contracts.kinds import Profile, Status
from graph_ledger.values.contracts.metadata import Metadata
from graph_ledger.values.contracts.report import DiffReport
from graph_ledger.values.contracts.rules import Rules
from graph_ledger.values.contracts.tables import Tables

FilePath = str | PathLike[str]


@not_collecting()
def sync_tables(
    tables: Tables,
    report: DiffReport | Mapping[str, Any] | FilePath | None,
    *,
    metadata: Metadata | Mapping[str, Any] | FilePath,
    rules: Rules | Mapping[str, Any] | FilePath | None,
    profile: Profile = "seed",
    strict: bool = False,
) -> SyncResult:
    """Work a report into four tables; those that are handed in stay as they are.

    Args:
        tables: The ledger as it is.
        report: What changed: a file, a mapping or the value; None changes nothing.
        metadata: Name and namespace of the model, in the same forms.
        rules: What breaks a contract, in the same forms; None is no rule.
        profile: Whose behaviour counts where the two differ.
        strict: Whether warnings are refused.

    Returns:
        ``tables`` are the tables afterwards, ``changes`` what was done, one for each revision.

    Raises:
        ReportError, RulesError: An input is not valid.
        SyncError: The report does not fit the ledger, its namespace is another one, or it warns while ``strict``.
        LedgerFilesError: The tables are no ledger.

    >>> from graph_ledger.contracts import empty_tables, sync_tables
    >>> report = {"changes": [{"label": "Vehicle", "change_type": "ADDED"}]}
    >>> done = sync_tables(empty_tables(), report, metadata={"name": "m", "id": "http://ns.example/"}, rules={})
    >>> done.tables.concepts[0].concept_uri
    'http://ns.example/concepts/0'
    """
    said, known = read_metadata(metadata), read_rules(rules)
    told = DiffReport(changes=()) if report is None else read_report(report)
    check_tables(tables)
    check_namespace(tables, said)
    delta = plan_sync(living(tables, said.id), told, known, profile, strict=strict)
    after = applied(tables, delta)
    check_tables(after)
    return SyncResult(changed=bool(delta.changes), created=delta.created, changes=delta.changes, warnings=delta.warnings, tables=after)


def check_namespace(tables: Tables, metadata: Metadata) -> None:
    """Refuse to go on with a ledger in another namespace.

    Raises:
        SyncError: It has concepts in another one.
    """
    found = namespace_of(tables)
    if tables.concepts and found != metadata.id:
        raise SyncError(f"Namespace mismatch: the ledger is in {found!r}, and the metadata says {metadata.id!r}")


def living(tables: Tables, namespace: str) -> Living:
    """Return what of four tables a sync needs to know."""
    revisions = {row.concept_uri: row.revision_uri for row in tables.revisions if row.status is Status.ACTIVE}
    contracts = {row.concept_uri: row.contract_uri for row in tables.contracts if row.status is Status.ACTIVE}
    owners = {row.contract_uri: row.concept_uri for row in tables.contracts}
    bindings: defaultdict[str, list[LivingBinding]] = defaultdict(list)
    for row in tables.bindings:
        if row.status is Status.ACTIVE and row.contract_uri in owners:
            bindings[owners[row.contract_uri]].append(LivingBinding(row.binding_uri, row.instance_label))
    concepts = {
        row.current_label: LivingConcept(
            concept_uri=uri,
            label=row.current_label,
            kind=row.kind,
            parent_uri=row.parent_uri,
            previous_labels=row.previous_labels,
            instances=row.instances,
            revision_uri=revisions.get(uri),
            contract_uri=contracts.get(uri),
            bindings=tuple(bindings.get(uri, ())),
        )
        for row in tables.concepts
        if row.status is Status.ACTIVE and (uri := row.concept_uri)
    }
    return Living(namespace, Counts(**{table: _next(getattr(tables, table)) for table in TABLES}), concepts)


def applied(tables: Tables, delta: Delta) -> Tables:
    """Return the tables after a sync; those that are handed in stay as they are."""
    updated = {row.concept_uri: row for row in delta.updated}
    status = delta.statuses
    return Tables(
        concepts=(*(updated.get(row.concept_uri, row) for row in tables.concepts), *delta.concepts),
        revisions=(*(_now(row, row.revision_uri, status) for row in tables.revisions), *delta.revisions),
        contracts=(*(_now(row, row.contract_uri, status) for row in tables.contracts), *delta.contracts),
        bindings=(*(_now(row, row.binding_uri, status) for row in tables.bindings), *delta.bindings),
    )


def _now(row: Any, uri: str, statuses: Mapping[str, Status]) -> Any:
    return row._replace(status=statuses[uri]) if uri in statuses else row


def _next(rows: tuple[Any, ...]) -> int:
    return rows[-1].serial + 1 if rows else 0

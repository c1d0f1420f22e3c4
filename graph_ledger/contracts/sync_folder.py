"""A sync on a ledger folder: read, sync, check and write, or nothing of it."""

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from graph_ledger.contracts import journal
from graph_ledger.contracts.files import read_tables, update_tables
from graph_ledger.contracts.inputs import read_metadata, read_report, read_rules
from graph_ledger.contracts.sync_tables import sync_tables
from graph_ledger.values.collecting import not_collecting
from graph_ledger.values.contracts.change import SyncResult
from graph_ledger.values.contracts.kinds import Profile
from graph_ledger.values.contracts.metadata import Metadata
from graph_ledger.values.contracts.report import DiffReport
from graph_ledger.values.contracts.rules import Rules
from graph_ledger.values.contracts.tables import Tables

FilePath = str | PathLike[str]


@not_collecting()
def sync_folder(
    folder: FilePath,
    report: DiffReport | Mapping[str, Any] | FilePath | None = None,
    *,
    metadata: Metadata | Mapping[str, Any] | FilePath,
    rules: Rules | Mapping[str, Any] | FilePath | None,
    profile: Profile = "seed",
    strict: bool = False,
    columns: Profile | None = None,
    dry_run: bool = False,
) -> SyncResult:
    """Work a report into a ledger folder, while nobody else writes it.

    Args:
        folder: The ledger; it is made where it is not there.
        report: As with `sync_tables`; without one the ledger is set up, or checked and written again.
        metadata: As with `sync_tables`, like the rest.
        rules: What breaks a contract.
        profile: Whose behaviour counts.
        strict: Whether warnings are refused.
        columns: Whose order of columns is written: ``seed`` or ``head``; that of the profile when left out.
        dry_run: Whether to write nothing, not even the folder.

    Returns:
        ``tables`` are the tables afterwards, ``changed`` says whether they hold new rows.

    Raises:
        ReportError, RulesError, SyncError, LedgerFilesError: As with `sync_tables` and `read_tables`; nothing was written then.
    """
    given, known = read_metadata(metadata), read_rules(rules)
    told = None if report is None else read_report(report)
    results: list[SyncResult] = []
    is_new = not journal.read(Path(folder))

    def change(tables: Tables) -> Tables:
        done = sync_tables(tables, told, metadata=given, rules=known, profile=profile, strict=strict)
        results.append(done.model_copy(update={"dry_run": dry_run, "set_up": is_new}))
        return done.tables or tables

    if dry_run:
        change(read_tables(folder, new=True))
    else:
        update_tables(folder, change, columns or profile)
    return results[-1]

"""Contracts: what the elements of a data model are called, mean and promise, over time (ModL)."""

from graph_ledger.contracts.base36 import b36decode, b36encode
from graph_ledger.contracts.check_tables import check_tables
from graph_ledger.contracts.diff import diff
from graph_ledger.contracts.files import empty_tables, read_tables, write_tables
from graph_ledger.contracts.inputs import read_metadata, read_report, read_rules
from graph_ledger.contracts.lint import lint
from graph_ledger.contracts.sync_folder import sync_folder
from graph_ledger.contracts.sync_tables import sync_tables
from graph_ledger.values.contracts.change import Change, Counts, SyncResult
from graph_ledger.values.contracts.kinds import ChangeType, Kind, Profile, Status
from graph_ledger.values.contracts.metadata import Metadata
from graph_ledger.values.contracts.report import DiffReport
from graph_ledger.values.contracts.rules import Rules
from graph_ledger.values.contracts.tables import BindingRow, ConceptRow, ContractRow, RevisionRow, Tables

__all__ = [
    "BindingRow",
    "Change",
    "ChangeType",
    "ConceptRow",
    "ContractRow",
    "Counts",
    "DiffReport",
    "Kind",
    "Metadata",
    "Profile",
    "RevisionRow",
    "Rules",
    "Status",
    "SyncResult",
    "Tables",
    "b36decode",
    "b36encode",
    "check_tables",
    "diff",
    "empty_tables",
    "lint",
    "read_metadata",
    "read_report",
    "read_rules",
    "read_tables",
    "sync_folder",
    "sync_tables",
    "write_tables",
]

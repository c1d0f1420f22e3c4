"""Ask what breaks, as of any date; get an answer that says whether it is complete."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from graph_ledger.connectors.base import SourceConnector
from graph_ledger.errors import (
    AmbiguousModelError,
    DatabaseError,
    GraphLedgerError,
    HistoryEditedError,
    LeaseError,
    ModelNotFoundError,
    PlanOutdatedError,
    RemovalGuardError,
    SourceError,
    ValidationError,
)
from graph_ledger.values.column import ColumnFlow
from graph_ledger.values.model import ModelRef
from graph_ledger.values.node import DataNode
from graph_ledger.values.plan import Plan
from graph_ledger.values.port import DataPort
from graph_ledger.values.proof import Consistency, Proof, ProofCheck
from graph_ledger.values.proof_check import check_consistency, check_proof
from graph_ledger.values.seal import Seal
from graph_ledger.values.snapshot import Event, Snapshot, Tag

if TYPE_CHECKING:
    from graph_ledger.connectors.github import github_connector
    from graph_ledger.connectors.prefect import prefect_connector
    from graph_ledger.connectors.rest import rest_connector
    from graph_ledger.connectors.sql import sql_connector
    from graph_ledger.ledger import Ledger

__all__ = [
    "AmbiguousModelError",
    "ColumnFlow",
    "Consistency",
    "DataNode",
    "DataPort",
    "DatabaseError",
    "Event",
    "GraphLedgerError",
    "HistoryEditedError",
    "LeaseError",
    "Ledger",
    "ModelNotFoundError",
    "ModelRef",
    "Plan",
    "PlanOutdatedError",
    "Proof",
    "ProofCheck",
    "RemovalGuardError",
    "Seal",
    "Snapshot",
    "SourceConnector",
    "SourceError",
    "Tag",
    "ValidationError",
    "check_consistency",
    "check_proof",
    "github_connector",
    "prefect_connector",
    "rest_connector",
    "sql_connector",
]


LATER = {
    "Ledger": "graph_ledger.ledger",
    "github_connector": "graph_ledger.connectors.github",
    "prefect_connector": "graph_ledger.connectors.prefect",
    "rest_connector": "graph_ledger.connectors.rest",
    "sql_connector": "graph_ledger.connectors.sql",
}
"""What is imported when it is first asked for: it brings a driver, a parser or a client, which nobody else need wait for."""


def __getattr__(name: str) -> Any:
    if name in LATER:
        return getattr(import_module(LATER[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

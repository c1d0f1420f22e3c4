"""Ask what breaks, as of any date; get an answer that says whether it is complete."""

from typing import TYPE_CHECKING, Any

from graph_ledger.connectors.base import SourceConnector
from graph_ledger.errors import (
    AmbiguousModelError,
    DatabaseError,
    GraphLedgerError,
    HistoryEditedError,
    ModelNotFoundError,
    RemovalGuardError,
    SourceError,
    ValidationError,
)
from graph_ledger.values.column import ColumnFlow
from graph_ledger.values.model import ModelRef
from graph_ledger.values.node import DataNode
from graph_ledger.values.port import DataPort
from graph_ledger.values.proof import Consistency, Proof, ProofCheck
from graph_ledger.values.proof_check import check_consistency, check_proof
from graph_ledger.values.seal import Seal
from graph_ledger.values.snapshot import Event, Snapshot, Tag

if TYPE_CHECKING:
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
    "Ledger",
    "ModelNotFoundError",
    "ModelRef",
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
]


def __getattr__(name: str) -> Any:
    """Import the ledger when it is first asked for: it brings the driver, which the command line's help need not wait for."""
    if name == "Ledger":
        from graph_ledger.ledger import Ledger

        return Ledger
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

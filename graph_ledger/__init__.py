"""Ask what breaks, as of any date; get an answer that says whether it is complete."""

from typing import TYPE_CHECKING, Any

from graph_ledger.connectors.base import SourceConnector
from graph_ledger.errors import (
    AmbiguousModelError,
    DatabaseError,
    GraphLedgerError,
    ModelNotFoundError,
    RemovalGuardError,
    SourceError,
    ValidationError,
)
from graph_ledger.values.model import ModelRef
from graph_ledger.values.node import DataNode
from graph_ledger.values.port import DataPort
from graph_ledger.values.snapshot import Event, Snapshot, Tag

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger

__all__ = [
    "AmbiguousModelError",
    "DataNode",
    "DataPort",
    "DatabaseError",
    "Event",
    "GraphLedgerError",
    "Ledger",
    "ModelNotFoundError",
    "ModelRef",
    "RemovalGuardError",
    "Snapshot",
    "SourceConnector",
    "SourceError",
    "Tag",
    "ValidationError",
]


def __getattr__(name: str) -> Any:
    """Import the ledger when it is first asked for: it brings the driver, which the command line's help need not wait for."""
    if name == "Ledger":
        from graph_ledger.ledger import Ledger

        return Ledger
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

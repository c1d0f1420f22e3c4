"""Ask what breaks, as of any date; get an answer that says whether it is complete."""

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
from graph_ledger.ledger import Ledger
from graph_ledger.values.model import ModelRef
from graph_ledger.values.node import DataNode
from graph_ledger.values.port import DataPort
from graph_ledger.values.snapshot import Event, Snapshot, Tag

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

"""One file a source; `connectors.base` says how to write one."""

from graph_ledger.connectors.base import DataNode, DataPort, Listing, RowError, SourceConnector, Stream

__all__ = ["DataNode", "DataPort", "Listing", "RowError", "SourceConnector", "Stream"]

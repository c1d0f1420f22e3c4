"""What dbt's manifest and catalog say, as nodes."""

from graph_ledger.connectors.dbt_reading.manifest import Manifest, open_manifest
from graph_ledger.connectors.dbt_reading.nodes import node_of

__all__ = ["Manifest", "node_of", "open_manifest"]

"""Stored node: a version as it was observed last, to be observed again with something more."""

import json
from collections.abc import Mapping
from typing import Any

from graph_ledger.database.database import Transaction
from graph_ledger.registry.register import VERSION_TYPE
from graph_ledger.values.node import DataNode
from graph_ledger.values.port import DataPort


def stored_node(transaction: Transaction, key: str, artifact: Mapping[str, Any]) -> DataNode:
    """Return what was said of a version when it was registered, with its bytes; the version is locked."""
    row = transaction.run("registry/said_last", key=key)
    told = json.loads(row["payload"])
    metadata = {**told.get("opinion", {}), VERSION_TYPE: {**told[VERSION_TYPE], "artifact": dict(artifact)}}
    inputs, outputs = ([DataPort.of(port) for port in told[side]] for side in ("inputs", "outputs"))
    return DataNode(row["name"], told["platform"], inputs, outputs, metadata)

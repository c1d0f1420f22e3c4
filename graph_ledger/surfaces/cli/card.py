"""Card: what the library knows of one model, side by side."""

from graph_ledger.values.lineage import Dependency
from graph_ledger.values.model import ModelRef
from graph_ledger.values.port import DataPort
from graph_ledger.values.snapshot import Snapshot
from graph_ledger.values.value import Value


class Card(Value):
    """What `graph-ledger show` shows."""

    model: ModelRef
    """What it is."""
    inputs: tuple[DataPort, ...]
    """What it reads, whoever writes that."""
    outputs: tuple[DataPort, ...]
    """What it writes, whoever reads that."""
    dependencies: tuple[Dependency, ...]
    """Its direct neighbours, with the evidence."""
    events: tuple[Snapshot, ...]
    """What happened to it last, newest first."""

"""Card: three answers of the library about one model, side by side."""

from graph_ledger.values.lineage import Dependency
from graph_ledger.values.model import ModelRef
from graph_ledger.values.snapshot import Snapshot
from graph_ledger.values.value import Value


class Card(Value):
    """What `graph-ledger show` shows."""

    model: ModelRef
    """What it is."""
    dependencies: tuple[Dependency, ...]
    """Its direct neighbours, with the evidence."""
    events: tuple[Snapshot, ...]
    """What happened to it last, newest first."""

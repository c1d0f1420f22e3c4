"""VersionComparison: what differs between two versions of a model."""

from typing import Any

from graph_ledger.values.registry.version import ModelVersion
from graph_ledger.values.value import Row, Value


class Difference(Row):
    """One thing that is not the same in both."""

    name: str
    """Which metric, parameter or port."""
    a: Any
    """What it is in the first; None where it is not there."""
    b: Any
    """What it is in the second; None where it is not there."""


class VersionComparison(Value):
    """What differs between two versions; what is the same in both is left out."""

    a: ModelVersion
    """The first."""
    b: ModelVersion
    """The second."""
    metrics: tuple[Difference, ...]
    """Metrics, by name."""
    parameters: tuple[Difference, ...]
    """Parameters, by name."""
    inputs: tuple[Difference, ...]
    """Ports that only one of them reads: its identifier on that side."""
    contracts: tuple[Difference, ...]
    """Ports whose contract was another one when they were registered: the URI of each."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        parts = {name: [each.model_dump(mode="json") for each in getattr(self, name)] for name in PARTS}
        return {"a": self.a.to_dict(), "b": self.b.to_dict(), **parts}


PARTS = ("metrics", "parameters", "inputs", "contracts")

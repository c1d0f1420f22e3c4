"""VersionLineage: the chain from the data through a version to where it runs."""

from datetime import datetime
from typing import Any

from graph_ledger.values.registry.version import ModelVersion
from graph_ledger.values.value import Row, Value


class PinnedContract(Row):
    """A contract that a version was trained on, or that something of its chain was built against."""

    model: str
    """Key of whose it is: the version, or what it is deployed to."""
    relationship: str
    """`TRAINED_ON` or `PINNED_TO`."""
    uri: str
    """The contract."""
    status: str
    """Whether it still holds: ACTIVE, SUPERSEDED or REMOVED."""
    port: str
    """Which element it is of, as its readers name it; empty where it was removed."""


class Deployment(Row):
    """Where a version runs."""

    target: str
    """Key of the model that reads the version."""
    name: str
    """Its name."""
    owner: str
    """Who answers for it."""
    since: datetime
    """Since when, UTC."""


class VersionLineage(Value):
    """What a version comes from, and where it goes."""

    version: ModelVersion
    """Which."""
    upstream: tuple[str, ...]
    """Names of everything that feeds it, sources first."""
    deployments: tuple[Deployment, ...]
    """Where it is deployed, by key."""
    downstream: tuple[str, ...]
    """Names of everything that it feeds, deployments among them, nearest first."""
    contracts: tuple[PinnedContract, ...]
    """The contracts that it and its deployments stand on."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        return {**self.model_dump(mode="json"), "version": self.version.to_dict()}

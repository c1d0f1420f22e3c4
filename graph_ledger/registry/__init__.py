"""Registry: versions of models, their stages and their artifacts."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from graph_ledger.values.registry.comparison import Difference, VersionComparison
from graph_ledger.values.registry.lineage import Deployment, PinnedContract, VersionLineage
from graph_ledger.values.registry.metrics import ModelMetrics
from graph_ledger.values.registry.moves import ArtifactCheck, StageMove
from graph_ledger.values.registry.version import ModelVersion, RegisteredModel
from graph_ledger.values.registry.words import ModelFramework, ModelStage

if TYPE_CHECKING:
    from graph_ledger.registry.registry import ModelRegistry
    from graph_ledger.registry.stores.file_store import FileModelStore
    from graph_ledger.registry.stores.fsspec_store import FsspecModelStore
    from graph_ledger.registry.stores.memory_store import InMemoryModelStore
    from graph_ledger.registry.stores.store import ModelStore

__all__ = [
    "ArtifactCheck",
    "Deployment",
    "Difference",
    "FileModelStore",
    "FsspecModelStore",
    "InMemoryModelStore",
    "ModelFramework",
    "ModelMetrics",
    "ModelRegistry",
    "ModelStage",
    "ModelStore",
    "ModelVersion",
    "PinnedContract",
    "RegisteredModel",
    "StageMove",
    "VersionComparison",
    "VersionLineage",
]

LATER = {
    "FileModelStore": "graph_ledger.registry.stores.file_store",
    "FsspecModelStore": "graph_ledger.registry.stores.fsspec_store",
    "InMemoryModelStore": "graph_ledger.registry.stores.memory_store",
    "ModelRegistry": "graph_ledger.registry.registry",
    "ModelStore": "graph_ledger.registry.stores.store",
}
"""What is imported when it is first asked for: the registry itself brings the driver, which values need not wait for."""


def __getattr__(name: str) -> Any:
    if name in LATER:
        return getattr(import_module(LATER[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""Registry: the room of model versions."""

from functools import cached_property

from graph_ledger.registry.registry import ModelRegistry
from graph_ledger.registry.stores.choose import store_at
from graph_ledger.verbs.base import Verbs


class Registering(Verbs):
    """Versions of models."""

    _artifacts: str
    """Where their bytes lie: a folder, or an address that fsspec knows."""

    @cached_property
    def registry(self) -> ModelRegistry:
        """Versions of models, their stages and their bytes, in the store that the settings name."""
        return ModelRegistry(store_at(self._artifacts), ledger=self)

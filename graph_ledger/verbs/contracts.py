"""Contracts: the room of data models, their elements and what was agreed on them."""

from functools import cached_property

from graph_ledger.contracts.graph.room import Contracts
from graph_ledger.models.resolve import resolve
from graph_ledger.verbs.base import Verbs


class Contracting(Verbs):
    """Data contracts."""

    @cached_property
    def contracts(self) -> Contracts:
        """Elements of data models, their revisions, contracts and addresses, and who reads them."""
        return Contracts(self._database, lambda model: resolve(self._database, model))

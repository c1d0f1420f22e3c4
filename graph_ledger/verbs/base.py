"""Base: what every verb needs, the database and the model that is meant."""

from graph_ledger.database.database import Database
from graph_ledger.models.find import find
from graph_ledger.models.resolve import resolve
from graph_ledger.values.model import ModelLike, ModelRef


class Verbs:
    """Holds the database."""

    _database: Database

    @property
    def database(self) -> Database:
        """The database room: two verbs, named statements."""
        return self._database

    def _key(self, model: ModelLike) -> str:
        return resolve(self._database, model)

    def _found(self, model: ModelLike) -> ModelRef:
        return find(self._database, model)

"""Find: the model that is meant, as it is now, by one statement."""

from graph_ledger.database.database import Database
from graph_ledger.models.get import of_columns
from graph_ledger.models.resolve import chosen, platform_first
from graph_ledger.values.asked import name_of
from graph_ledger.values.model import ModelLike, ModelRef


def find(database: Database, model: ModelLike) -> ModelRef:
    """Return a model as it is now.

    Raises:
        ModelNotFoundError, AmbiguousModelError: None or several fit; ``.near`` or ``.keys`` lists which.
    """
    asked = name_of(model)
    found = database.read("models/find", asked=asked, platform_first=platform_first(asked))["models"]
    chosen(database, asked, [columns[0] for columns in found])
    return of_columns(found[0])

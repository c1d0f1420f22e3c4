"""Which model is meant: by key, by hash, by a bare name that one model has."""

from collections import defaultdict
from collections.abc import Iterable

from graph_ledger.database.database import Database, Transaction
from graph_ledger.errors import AmbiguousModelError, ModelNotFoundError, ValidationError
from graph_ledger.values.model import ModelLike, ModelRef
from graph_ledger.values.node import normal

NEAR = 5


def resolve(database: Database, model: ModelLike) -> str:
    """Return the key of the model that is meant.

    Raises:
        ModelNotFoundError, AmbiguousModelError: None or several fit; ``.near`` or ``.keys`` lists which.
    """
    asked = _asked(model)
    row = database.read("models/resolve", asked=asked, platform_first=_spelt(asked))
    return _chosen(database, asked, row["keys"])


def named(transaction: Transaction, names: Iterable[str]) -> dict[str, list[str]]:
    """Return the keys of all models that have these names."""
    row = transaction.run("models/named", names=sorted(set(names)))
    found: dict[str, list[str]] = defaultdict(list)
    for name, key in zip(row["names"], row["keys"], strict=True):
        found[name].append(key)
    return found


def _asked(model: ModelLike) -> str:
    if isinstance(model, ModelRef):
        return model.model_hash
    if not isinstance(model, str):
        raise ValidationError(f"a model is asked for by key, hash, name or ModelRef, not by {model!r}")
    if not model.strip():
        raise ValidationError("a model is asked for by key, hash or name, and this text is blank")
    # Names are kept in one normal form; a text that no name can be fits nothing, and is asked for with its faults shown.
    return normal(model).encode(errors="replace").decode()


def _spelt(asked: str) -> str:
    """The platform of a key is compared lower-cased."""
    platform, divided, name = asked.partition("/")
    return f"{platform.lower()}{divided}{name}"


def _chosen(database: Database, asked: str, keys: list[str]) -> str:
    if len(keys) == 1:
        return keys[0]
    if keys:
        raise AmbiguousModelError(asked, keys)
    raise ModelNotFoundError(asked, database.read("models/near", asked=asked.lower(), most=NEAR)["keys"])

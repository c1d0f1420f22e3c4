"""Which model is meant: by key, by hash, by a bare name that one model has."""

import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher

from graph_ledger.database.database import Database, Row, Transaction
from graph_ledger.errors import AmbiguousModelError, ModelNotFoundError
from graph_ledger.values.asked import name_of
from graph_ledger.values.model import ModelLike
from graph_ledger.values.port import folded
from graph_ledger.values.start import Start

NEAR, CANDIDATES, WRITERS = 5, 100, 3
HELD, ALIKE = 3, 0.8
"""The rank of names that the asked one holds, behind which those come that only share letters; and how alike these are at least."""


def resolve(database: Database, model: ModelLike) -> str:
    """Return the key of the model that is meant; raise as ``resolve_start`` does."""
    return resolve_start(database, model).key


def resolve_start(database: Database, model: ModelLike) -> Start:
    """Return the model that is meant, as a walk begins there.

    Raises:
        ModelNotFoundError, AmbiguousModelError: None or several fit; ``.near`` or ``.keys`` lists which.
    """
    asked = name_of(model)
    row = _fitting(database, [asked])
    return Start(chosen(database, asked, row["keys"][0]), is_group=row["groups"][0][0], memberships=row["memberships"])


def resolve_all(database: Database, models: Iterable[ModelLike]) -> list[str]:
    """Return the keys of the models that are meant, in their order, by one statement; raise for the first that is not clear."""
    asked = [name_of(model) for model in models]
    if not asked:
        return []
    return [chosen(database, each, keys) for each, keys in zip(asked, _fitting(database, asked)["keys"], strict=True)]


def named(transaction: Transaction, names: Iterable[str]) -> dict[str, list[str]]:
    """Return the keys of all models that have these names."""
    row = transaction.run("models/named", names=sorted(set(names)))
    found: dict[str, list[str]] = defaultdict(list)
    for name, key in zip(row["names"], row["keys"], strict=True):
        found[name].append(key)
    return found


def _fitting(database: Database, asked: list[str]) -> Row:
    return database.read("models/resolve", asked=asked, platform_first=[platform_first(each) for each in asked])


def platform_first(asked: str) -> str:
    """Return it as keys are written: the platform is compared lower-cased."""
    platform, divided, name = asked.partition("/")
    return f"{folded(platform)}{divided}{name}"


def chosen(database: Database, asked: str, keys: list[str]) -> str:
    """Return the one key that fits; raise as ``resolve_start`` does."""
    if len(keys) == 1:
        return keys[0]
    if keys:
        raise AmbiguousModelError(asked, keys)
    raise _not_found(database, asked)


def _not_found(database: Database, asked: str) -> ModelNotFoundError:
    """Say what is near; and where the name is that of a port, that too."""

    def work(transaction: Transaction) -> tuple[Row, Row]:
        text = asked.lower().replace(":", ".")
        names = {asked.lower(), text, asked.lower().partition("/")[2]} - {""}
        return (
            transaction.run("models/near", asked=text, grams=_grams(_last(text)), most=CANDIDATES),
            transaction.run("models/port", identifiers=sorted(names), most=WRITERS),
        )

    near, port = database.reading(work)
    error = ModelNotFoundError(asked, _nearest(asked, near["ranks"], near["keys"]))
    if port["ports"]:
        error.args = (f"{error}; {_port(port)}",)
    return error


def _nearest(asked: str, ranks: list[int], keys: list[str]) -> list[str]:
    """Keep the best: names that begin with it or hold it; else those that differ by a slip of the pen, then those that it holds."""
    sure = [key for rank, key in zip(ranks, keys, strict=True) if rank < HELD]
    if sure:
        return sure[:NEAR]
    text = asked.lower().replace(":", ".")
    alike = {key: (_likeness(_last(text), _last(key.lower())), _likeness(text, key.lower())) for key in keys}
    found = sorted((key for key in keys if alike[key][0] >= ALIKE), key=lambda key: alike[key], reverse=True)
    return list(dict.fromkeys([*found, *(key for rank, key in zip(ranks, keys, strict=True) if rank == HELD)]))[:NEAR]


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _last(text: str) -> str:
    """Return the last part of a dotted name or of a key."""
    return re.split(r"[./:]", text)[-1]


def _grams(text: str) -> list[str]:
    return sorted({text[place : place + 2] for place in range(len(text) - 1)}) or [text]


def _port(port: Row) -> str:
    more = port["written_by"] - len(port["writers"])
    named = ", ".join(port["writers"]) + (f" and {more} more" if more else "")
    count = port["read_by"]
    return f"it is a port, written by {named or 'no model'}, read by {count or 'no'} model{'s' if count > 1 else ''}"

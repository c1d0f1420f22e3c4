"""What a writer knows of a model whose lock it holds."""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from graph_ledger.database.database import Transaction
from graph_ledger.history.identity import DEFAULTS, Fields, from_list


@dataclass(slots=True)
class Seen:
    """What one source last said of a model."""

    content_hash: str = ""
    content_sequence: int = 0
    opinion: dict[str, Any] = field(default_factory=dict)
    gone: bool = False
    last_seen: int = 0
    last_known: int = 0
    content_from: int = 0
    """Time of the event that holds what it last said."""


@dataclass(slots=True)
class Locked:
    """A model under its lock, or one that is about to be created (``sequence`` 0)."""

    key: str
    model_hash: str
    name: str
    fields: Fields
    """What it is believed to be now, as its events have it."""
    sequence: int = 0
    head: str | None = None
    last_timestamp: int | None = None
    last_recorded: int | None = None
    created: int | None = None
    state_from: int | None = None
    state_recorded_from: int | None = None
    seen: Seen | None = None
    drifted: bool = False
    """Whether somebody edited its fields in the graph, beside the events."""


def blank(key: str, model_hash: str, name: str, platform: str) -> Locked:
    """Return a model that is not there yet."""
    return Locked(key, model_hash, name, {**DEFAULTS, "platform": platform})


def lock(transaction: Transaction, keys: Iterable[str], source: str = "") -> tuple[dict[str, Locked], int]:
    """Lock the models of these keys that are there; return them by key, and the time under the locks in microseconds."""
    row = transaction.run("history/lock_models", keys=sorted(keys), token=secrets.token_hex(8), source=source)
    models = {model.key: model for model in map(_locked, row["models"])}
    newest = max((model.last_recorded or 0 for model in models.values()), default=0)
    return models, max(row["now"], newest + 1)


def _locked(columns: list[Any]) -> Locked:
    key, model_hash, name, actual, believed, sequence, head, timestamp, recorded, created, since, since_recorded, seen = columns
    return Locked(
        key, model_hash, name, from_list(believed), sequence, head, timestamp, recorded, created, since, since_recorded,
        None if seen is None else Seen(seen[0], seen[1], json.loads(seen[2]), *seen[3:]),
        drifted=actual != believed,
    )  # fmt: skip

"""What a writer knows of a model whose lock it holds."""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graph_ledger.database.database import Transaction
from graph_ledger.history.fold import Span
from graph_ledger.history.identity import DEFAULTS, Fields, from_list
from graph_ledger.values.moment import OPEN_END


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


class Group(NamedTuple):
    """A group that a model is or was in, and when."""

    composite: "Locked"
    span: Span


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
    groups: list[Group] = field(default_factory=list)
    """Its memberships that are believed; the groups are under their locks too. Groups of these groups are not looked for."""


def blank(key: str, model_hash: str, name: str, platform: str) -> Locked:
    """Return a model that is not there yet."""
    return Locked(key, model_hash, name, {**DEFAULTS, "platform": platform})


def lock(transaction: Transaction, keys: Iterable[str], source: str = "") -> tuple[dict[str, Locked], int]:
    """Lock the models of these keys that are there, and the groups that they are or were in.

    Returns:
        The models and the groups by key, and the time under the locks in microseconds.
    """
    wanted = set(keys)
    while True:
        row = transaction.run("history/lock_models", keys=sorted(wanted), token=secrets.token_hex(8), source=source, open_end=OPEN_END)
        models = {columns[0]: _locked(columns) for columns in row["models"]}
        groups = {columns[0]: columns[-1] for columns in row["models"] if columns[0] in wanted}
        # A model may have joined a group between the look and the lock; under its lock it joins no other.
        if not (joined := {group for each in groups.values() for group, _, _ in each} - models.keys()):
            break
        wanted |= joined
    for key, each in groups.items():
        models[key].groups = [Group(models[group], Span(start, end)) for group, start, end in each]
    newest = max((model.last_recorded or 0 for model in models.values()), default=0)
    return models, max(row["now"], newest + 1)


def _locked(columns: list[Any]) -> Locked:
    key, model_hash, name, actual, believed, sequence, head, timestamp, recorded, created, since, since_recorded, seen, _ = columns
    return Locked(
        key, model_hash, name, from_list(believed), sequence, head, timestamp, recorded, created, since, since_recorded,
        None if seen is None else Seen(seen[0], seen[1], json.loads(seen[2]), *seen[3:]),
        drifted=actual != believed,
    )  # fmt: skip

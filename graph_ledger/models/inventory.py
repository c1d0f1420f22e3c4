"""Inventory: the models that were there at a date, and what came, went and changed between two."""

import json
from collections.abc import Iterable
from datetime import datetime
from itertools import repeat
from operator import attrgetter
from typing import Any

from graph_ledger.database.database import Database, Transaction
from graph_ledger.models.get import of_columns
from graph_ledger.values.inventory import FieldChange, InventoryDiff
from graph_ledger.values.model import ModelRef
from graph_ledger.values.moment import LATEST, OPEN_END, When, from_microseconds, point_in_time
from graph_ledger.values.port import folded

FIELDS = ("owner", "tier", "status", "purpose", "model_type", "model_origin", "platform", "metadata")
BY_KEY = attrgetter("key")


def inventory_at(database: Database, date: When, *, platform: str | None = None, known_at: When | None = None) -> list[ModelRef]:
    """Return the models that were present at a date, by key, every field as it was then.

    Cost: one scan of the models and, by an index, of the states that ended after that date; 10,000 models take about 0.1 s.
    Source: ``docs/concepts.md``; proved by ``tests/models/test_inventory.py``.
    """
    as_of, known = point_in_time(date), _known(known_at)
    return database.reading(lambda transaction: _inventory(transaction, as_of, known, platform))


def inventory_diff(
    database: Database, earlier: When, later: When, *, platform: str | None = None, known_at: When | None = None
) -> InventoryDiff:
    """Return what differs between two dates, and who changed it last in between.

    Cost: two inventories, and the events of those models alone that changed.
    """
    first, last, known = point_in_time(earlier, name="earlier"), point_in_time(later, name="later"), _known(known_at)

    def work(transaction: Transaction) -> InventoryDiff:
        before, after = ({ref.model_hash: ref for ref in _inventory(transaction, at, known, platform)} for at in (first, last))
        pairs = [(before[name], after[name]) for name in before.keys() & after.keys() if _differ(before[name], after[name])]
        changed = _explained(transaction, pairs, first, last, known) if pairs else []
        return InventoryDiff(
            appeared=_by_key(ref for name, ref in after.items() if name not in before),
            went=_by_key(ref for name, ref in before.items() if name not in after),
            changed=tuple(sorted(changed, key=lambda change: (change.model, change.field))),
        )

    return database.reading(work)


def _known(known_at: When | None) -> datetime | None:
    return None if known_at is None else point_in_time(known_at, name="known_at")


def _inventory(transaction: Transaction, as_of: datetime, known_at: datetime | None, platform: str | None) -> list[ModelRef]:
    where = None if platform is None else folded(platform)
    last_seen, present = repeat(None), repeat(True)
    found: list[ModelRef] = []
    for keys, hashes, names, created, *fields in transaction.stream(
        "models/inventory_at", as_of=as_of, known_at=known_at, open_end=OPEN_END, platform=where
    ):
        found += map(of_columns, zip(keys, hashes, names, created, last_seen, *fields, present, strict=False))
    return sorted(found, key=BY_KEY)


def _by_key(models: Iterable[ModelRef]) -> tuple[ModelRef, ...]:
    return tuple(sorted(models, key=BY_KEY))


def _differ(one: ModelRef, other: ModelRef) -> list[str]:
    return [field for field in FIELDS if getattr(one, field) != getattr(other, field)]


def _explained(
    transaction: Transaction, pairs: list[tuple[ModelRef, ModelRef]], first: datetime, last: datetime, known_at: datetime | None
) -> list[FieldChange]:
    """Name who changed each field last; a date that lies before the other one is explained by the same events."""
    after, until = sorted((first, last))
    row = transaction.run(
        "models/changes_between", hashes=sorted(ref.model_hash for ref, _ in pairs), after=after, until=until, known_at=known_at or LATEST
    )
    said: dict[tuple[str, str], tuple[str, int]] = {}
    for model_hash, at, _sequence, kind, actor, payload in row["events"]:
        for field in _fields(kind, json.loads(payload)):
            said[model_hash, field] = actor, at
    return [
        _change(old, new, field, said.get((new.model_hash, field)))
        for old, new in pairs
        for field in _differ(old, new)
    ]  # fmt: skip


def _fields(kind: str, payload: dict[str, Any]) -> Iterable[str]:
    """Which fields an event states: those it says it changed; a first event and metadata that replaces none say so by themselves."""
    stated = set(payload.get("changes", {}))
    if kind == "registered":
        stated |= payload.keys() & set(FIELDS)
    return stated | ({"metadata"} if kind == "discovered" else set())


def _change(old: ModelRef, new: ModelRef, field: str, said: tuple[str, int] | None) -> FieldChange:
    actor, at = said if said is not None else (None, None)
    return FieldChange(
        model=new.key, field=field, old=getattr(old, field), new=getattr(new, field),
        actor=actor, at=None if at is None else from_microseconds(at),
    )  # fmt: skip

"""Register and update: what people say a model is."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_ledger.database.database import Database, Transaction
from graph_ledger.errors import AmbiguousModelError, ModelNotFoundError, ValidationError
from graph_ledger.history.append import append
from graph_ledger.history.appending import Appending
from graph_ledger.history.by_hand import appending_of, state_at
from graph_ledger.history.clock import fact_time
from graph_ledger.history.draft import Draft
from graph_ledger.history.identity import DEFAULTS, FIELDS, Fields
from graph_ledger.history.locked import Locked, blank, lock
from graph_ledger.models.resolve import named
from graph_ledger.models.stripes import stripe
from graph_ledger.values.canonical import canonical_json
from graph_ledger.values.model import model_hash
from graph_ledger.values.moment import When
from graph_ledger.values.node import check_name, check_platform, key_of
from graph_ledger.values.port import check_text

TEXTS = ("owner", "tier", "status", "purpose", "model_type", "model_origin")
LONGEST = 10_000
OWN = {"by", "metadata", "present"}
"""What else the first event says."""


@dataclass(frozen=True, slots=True)
class Registration:
    """What a person says a model is, checked."""

    name: str
    platform: str
    fields: Fields
    actor: str
    payload: Mapping[str, Any]

    def write(self, transaction: Transaction, model: Locked | None, at: int, now: int) -> None:
        """Make the model known, or record what differs from what is known; the writer holds its lock, or that of its name."""
        if model is None:
            identity = model_hash(self.platform, self.name)
            _create(transaction, blank(key_of(self.platform, self.name), identity, self.name, self.platform), self, at, now)
        else:
            _change(transaction, model, self.fields, self.actor, None, at, now)


def registration(
    name: str, platform: str, given: Mapping[str, Any], actor: str, payload: Mapping[str, Any] | None = None, **optional: Any
) -> Registration:
    """Check what a person says of a model; of the optional fields None is left out.

    Raises:
        ValidationError: Something of it cannot be said of a model.
    """
    if taken := sorted((payload or {}).keys() & OWN):
        raise ValidationError(f"payload cannot hold {', '.join(taken)}, which register() says itself: give metadata as metadata=")
    canonical_json(dict(payload or {}))
    fields = check_fields({**given, **{field: value for field, value in optional.items() if value is not None}})
    return Registration(check_name(name), check_platform(platform), fields, check_text(actor, "actor"), payload or {})


def register(database: Database, said: Registration, timestamp: When | None) -> str:
    """Make a model known, or record what differs from what is known; return its key."""

    def work(transaction: Transaction) -> str:
        key = settled(transaction, said.name, said.platform)
        models, now = lock(transaction, [key])
        said.write(transaction, models.get(key), fact_time(timestamp, now, "timestamp"), now)
        return key

    return database.write(work)


def update(database: Database, key: str, *, actor: str, reason: str | None, timestamp: When | None, given: Mapping[str, Any]) -> None:
    """Change identity fields of a model by one event that carries old and new; equal values are silent."""
    actor = check_text(actor, "actor")
    if not given:
        raise ValidationError(f"nothing to update: give at least one of {', '.join((*TEXTS, 'metadata'))}")
    fields = check_fields(given)

    def work(transaction: Transaction) -> None:
        models, now = lock(transaction, [key])
        if key not in models:
            raise ModelNotFoundError(key)
        _change(transaction, models[key], fields, actor, reason, fact_time(timestamp, now, "timestamp"), now)

    database.write(work)


def check_fields(given: Mapping[str, Any]) -> Fields:
    """Refuse what no identity field can hold; metadata comes back as canonical JSON."""
    fields: Fields = {}
    for field, value in given.items():
        if field == "metadata":
            if not isinstance(value, Mapping):
                raise ValidationError(f"metadata is a mapping, not {value!r}")
            fields[field] = canonical_json(dict(value))
        elif field not in TEXTS:
            raise ValidationError(f"a model has no field {field!r} to set: give some of {', '.join((*TEXTS, 'metadata'))}")
        elif not isinstance(value, str):
            raise ValidationError(f"{field} is a text, not {value!r}")
        elif field == "purpose" and not value:
            fields[field] = value
        else:
            fields[field] = check_text(value, field, LONGEST)
    return fields


def settled(transaction: Transaction, name: str, platform: str) -> str:
    """Return the key of the model that is meant; where there is none yet, hold the lock of its name."""
    key = _known(transaction, name, platform)
    if key is None:
        transaction.run("models/lock_stripes", numbers=[stripe(name)], token=secrets.token_hex(8))
        key = _known(transaction, name, platform)
    return key or key_of(platform, name)


def _known(transaction: Transaction, name: str, platform: str) -> str | None:
    if platform:
        key = key_of(platform, name)
        return key if transaction.run("models/known", keys=[key])["keys"] else None
    keys = named(transaction, [name]).get(name, [])
    if len(keys) > 1:
        raise AmbiguousModelError(name, keys)
    return keys[0] if keys else None


def _create(transaction: Transaction, model: Locked, said: Registration, at: int, now: int) -> None:
    own: dict[str, Any] = {field: value for field, value in {**DEFAULTS, **said.fields}.items() if field in TEXTS}
    own |= {"name": model.name, "platform": model.fields["platform"]}
    if "metadata" in said.fields:
        own["metadata"] = json.loads(said.fields["metadata"])
    draft = Draft("registered", said.actor, at, {**said.payload, **own})
    append(transaction, [appending_of(transaction, model, [draft])], now)


def _change(transaction: Transaction, model: Locked, fields: Fields, actor: str, reason: str | None, at: int, now: int) -> None:
    before = state_at(transaction, model, at) or {**DEFAULTS, "platform": model.fields["platform"]}
    changes = {
        field: {"old": _plain(field, before[field]), "new": _plain(field, fields[field])}
        for field in FIELDS
        if field in fields and fields[field] != before[field]
    }
    if not changes:
        return
    draft = Draft("updated", actor, at, {"changes": changes, **({"reason": reason} if reason is not None else {})})
    appending: Appending = appending_of(transaction, model, [draft])
    append(transaction, [appending], now)


def _plain(field: str, value: Any) -> Any:
    return json.loads(value) if field == "metadata" else value

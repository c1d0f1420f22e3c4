"""Get and list: what models are, now or at a moment."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from graph_ledger.database.database import Database, Row
from graph_ledger.errors import ModelNotFoundError, ValidationError
from graph_ledger.values.bound import MOST, check_bound
from graph_ledger.values.model import ModelRef
from graph_ledger.values.moment import LATEST, OPEN_END, Moment, from_microseconds
from graph_ledger.values.port import folded, normal

FILTERS = ("owner", "platform", "model_type", "tier", "status")


def get(database: Database, key: str, moment: Moment) -> ModelRef:
    """Return a model as it was at a moment.

    Raises:
        ModelNotFoundError: It did not exist yet, or was not known yet; ``.first_seen`` or ``.first_known`` says when it first was.
    """
    if moment.is_today:
        return of_columns(database.read("models/get", key=key)["models"][0])
    row = database.read("models/get_at", key=key, as_of=asked(database, moment), known_at=moment.known_at or LATEST)
    if not row["models"]:
        raise _not_there(key, row)
    return of_columns(row["models"][0])


def list_models(
    database: Database, moment: Moment, *, text: str | None = None, limit: int | None = None, offset: int = 0, **filters: Any
) -> list[ModelRef]:
    """Return the models that fit, by name."""
    parameters = parameters_of(filters, text) | {
        "skip": check_bound(offset, "offset", least=0),
        "most": MOST if limit is None else check_bound(limit, "limit", least=0),
    }
    if moment.is_today:
        row = database.read("models/list", **parameters)
    else:
        as_of = asked(database, moment)
        row = database.read("models/list_at", as_of=as_of, known_at=moment.known_at, open_end=OPEN_END, **parameters)
    return [of_columns(columns) for columns in row["models"]]


def parameters_of(filters: Mapping[str, Any], text: str | None) -> dict[str, Any]:
    """Return the filters as statements take them.

    Raises:
        ValidationError: One of them is unknown, or no text.
    """
    if unknown := filters.keys() - set(FILTERS):
        raise ValidationError(f"models are filtered by {', '.join((*FILTERS, 'text'))}, not by {', '.join(sorted(unknown))}")
    asked = {**dict.fromkeys(FILTERS), **filters, "text": text}
    for name, value in asked.items():
        if value is not None and not isinstance(value, str):
            raise ValidationError(f"{name} is a text to filter by, not {value!r}")
    kept = {name: folded(value) if name in {"platform", "text"} else normal(value) for name, value in asked.items() if value is not None}
    return asked | kept | {"text": kept.get("text") or None}


def asked(database: Database, moment: Moment) -> Any:
    """Return the time in the world that is asked about; None is now, by the database's clock."""
    return moment.as_of or from_microseconds(database.read("database/clock")["now"])


def _not_there(key: str, row: Row) -> ModelNotFoundError:
    if row["first_known"] is None:
        return ModelNotFoundError(key, first_seen=from_microseconds(row["created_at"]))
    return ModelNotFoundError(key, first_known=from_microseconds(row["first_known"]))


def of_columns(columns: Sequence[Any]) -> ModelRef:
    """Make a ModelRef of the columns that ``models/get`` returns."""
    key, model_hash, name, created, seen, owner, tier, status, purpose, model_type, origin, platform, metadata, present = columns
    return ModelRef.of_fields({
        "name": name, "platform": platform, "owner": owner, "model_type": model_type, "model_origin": origin, "tier": tier,
        "purpose": purpose, "status": status, "present": present, "created_at": from_microseconds(created),
        "last_seen": None if seen is None else from_microseconds(seen), "metadata": _decoded(metadata)[0], "key": key,
        "model_hash": model_hash,
    })  # fmt: skip


_decoded = json.JSONDecoder().raw_decode
"""Without the search for blanks around a text, which takes several times as long as reading a small one."""

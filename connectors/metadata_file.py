"""What the metadata.yaml of a table says, as plain JSON."""

import math
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import yaml

from graph_ledger.errors import ValidationError

TIERS = frozenset({"high", "medium", "low"})
"""Tiers that the ledger knows; any other level stays metadata."""
LARGEST = 100_000
"""Most values of one file: a small file of nested aliases can stand for billions."""
DEEPEST = 100
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml(text: str) -> Any:
    """Return a YAML text as plain JSON.

    Raises:
        ValidationError: It is not YAML, or stands for too much; the message has line and column.
    """
    try:
        return plain(yaml.load(text, Loader=LOADER))  # noqa: S506  # the safe loader, compiled
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or str(error).splitlines()[0]
        place = f", line {mark.line + 1}, column {mark.column + 1}" if mark is not None else ""
        raise ValidationError(f"not YAML: {said}{place}") from None
    except (RecursionError, ValueError) as error:
        raise ValidationError(f"not YAML that can be read: {str(error) or 'nested too deep'}") from None


def plain(value: Any) -> Any:
    """Return a value as JSON knows it: dates as ISO text, keys as text, no NaN.

    Raises:
        ValidationError: It holds too much, or is nested too deep.

    >>> plain({"on": date(2026, 8, 21), 1: (None, "")})
    {'on': '2026-08-21', '1': [None, '']}
    """
    left = LARGEST

    def convert(item: Any, depth: int) -> Any:
        nonlocal left
        left -= 1
        if left < 0 or depth > DEEPEST:
            raise ValidationError(f"it holds more than {LARGEST:,} values or is nested more than {DEEPEST} deep")
        if isinstance(item, Mapping):
            return {_key(key): convert(inner, depth + 1) for key, inner in item.items()}
        if isinstance(item, (list, tuple, set, frozenset)):
            return [convert(inner, depth + 1) for inner in item]
        return _scalar(item)

    return convert(value, 0)


def table_metadata(found: Any) -> dict[str, Any]:
    """Return the metadata of a node: owner, purpose, tier and status where the file has an opinion, and all it says.

    >>> table_metadata({"owners": ["a@example.com"], "labels": {"level": "gold"}, "deprecated": True})["status"]
    'deprecated'
    """
    if found is None:
        return {}
    if not isinstance(found, Mapping):
        raise ValidationError("metadata is a mapping of names and values")
    metadata = {str(key): value for key, value in found.items() if value is not None and key not in {"owner", "tier", "status"}}
    owners = [owner for owner in _listed(metadata.get("owners")) if isinstance(owner, str) and owner.strip()]
    if owners:
        metadata["owner"] = owners[0]
    purpose = next(
        (text.strip() for key in ("friendly_name", "description") if isinstance(text := metadata.get(key), str) and text.strip()), ""
    )
    if purpose:
        metadata["purpose"] = purpose
    level = _level(metadata.get("labels"))
    if level:
        metadata["tier" if level.lower() in TIERS else "level"] = level.lower()
    if isinstance(metadata.get("deprecated"), bool):
        metadata["status"] = "deprecated" if metadata["deprecated"] else "active"
    scheduling = metadata.get("scheduling")
    if isinstance(scheduling, Mapping) and isinstance(scheduling.get("dag_name"), str):
        metadata["dag_name"] = scheduling["dag_name"]
    return metadata


def _level(labels: Any) -> str:
    level = labels.get("level") if isinstance(labels, Mapping) else None
    first = next(iter(_listed(level)), None)
    return first.strip() if isinstance(first, str) else ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _key(key: Any) -> str:
    return key if isinstance(key, str) else str(_scalar(key)) if not isinstance(key, tuple) else str(key)


def _scalar(item: Any) -> Any:
    if item is None or isinstance(item, (bool, int, str)):
        return item
    if isinstance(item, float):
        return item if math.isfinite(item) else str(item)
    if isinstance(item, (date, datetime)):
        return item.isoformat()
    return str(item)

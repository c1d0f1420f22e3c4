"""Plain: values as JSON has them, whatever a language reads them as."""

import math
from collections.abc import Iterator
from datetime import date
from typing import Any

from graph_ledger.contracts.adapters.places import Place

MOST, DEEPEST = 100_000, 100
"""Values that one value may hold, and how deep: an anchor of YAML that is named again and again, or in itself, holds more."""


def plain(value: Any, place: Place) -> Any:
    """Return a value as JSON has it; a date is its text.

    Raises:
        ReportError: JSON has no such value, or it holds more than anybody writes.
    """
    return _plain(value, place, iter(range(MOST)), 0)


def _plain(value: Any, place: Place, left: Iterator[int], depth: int) -> Any:
    if depth > DEEPEST or next(left, None) is None:
        raise place.refuse(f"a value holds {MOST:,} others at most, {DEEPEST} deep: see what its aliases (*name) stand for")
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise place.refuse("what a mapping is keyed by has to be text: quote it")
        return {key: _plain(each, place, left, depth + 1) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each, place, left, depth + 1) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        raise place.refuse(f"{value} is no number of JSON")
    if value is None or isinstance(value, (str, int, float)):
        return value
    raise place.refuse(f"a {type(value).__name__} is no value of JSON")

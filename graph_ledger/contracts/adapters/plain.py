"""Plain: values as JSON has them, whatever a language reads them as."""

import math
from datetime import date
from typing import Any

from graph_ledger.contracts.adapters.places import Place


def plain(value: Any, place: Place) -> Any:
    """Return a value as JSON has it; a date is its text.

    Raises:
        ReportError: JSON has no such value.
    """
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise place.refuse("what a mapping is keyed by has to be text: quote it")
        return {key: plain(each, place) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each, place) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        raise place.refuse(f"{value} is no number of JSON")
    if value is None or isinstance(value, (str, int, float)):
        return value
    raise place.refuse(f"a {type(value).__name__} is no value of JSON")

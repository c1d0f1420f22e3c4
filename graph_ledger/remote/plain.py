"""Plain: what a person gives a verb, as a service is asked for it; what no service could take is refused here, in the same words."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from graph_ledger.errors import ValidationError
from graph_ledger.values.canonical import canonical_json
from graph_ledger.values.moment import When, point_in_time


def time_of(when: When | None, name: str) -> str | None:
    """Return a date or a time as a text: a date stays one, as it is the end or the start of its day.

    Raises:
        ValidationError: It is no date.

    >>> time_of(date(2026, 6, 30), "as_of"), time_of(None, "as_of")
    ('2026-06-30', None)
    """
    if when is None:
        return None
    point_in_time(when, name=name)
    return when.isoformat() if isinstance(when, (date, datetime)) else when


def times_of(as_of: When | None, known_at: When | None) -> dict[str, Any]:
    """Return both clocks of a question."""
    return {"as_of": time_of(as_of, "as_of"), "known_at": time_of(known_at, "known_at")}


def filters_of(given: Mapping[str, Any], known: Iterable[str]) -> dict[str, str]:
    """Return what things are filtered by; in an address everything is a text, so what is none is refused here.

    Raises:
        ValidationError: A filter is unknown, or no text.
    """
    if unknown := sorted(given.keys() - set(known)):
        raise ValidationError(f"the filters are {', '.join(known)}, not {', '.join(unknown)}")
    for name, value in given.items():
        if value is not None and not isinstance(value, str):
            raise ValidationError(f"{name} is a text to filter by, not {value!r}")
    return dict(given)


def bound_of(bound: int | None, name: str) -> int | None:
    """Return a bound of a walk.

    Raises:
        ValidationError: It is neither a whole number from 1 on nor None.
    """
    if bound is not None and (isinstance(bound, bool) or not isinstance(bound, int) or bound < 1):
        raise ValidationError(f"{name} is a whole number from 1 on, or None for no bound, not {bound!r}")
    return bound


def flag_of(flag: bool, name: str) -> bool:  # noqa: FBT001  # a value that is checked
    """Return what is true or false.

    Raises:
        ValidationError: It is neither.
    """
    if not isinstance(flag, bool):
        raise ValidationError(f"{name} is True or False, not {flag!r}")
    return flag


def json_of(given: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return a mapping that is JSON.

    Raises:
        ValidationError: It is none; what a library would quietly turn into a text is refused, as beside the database.
    """
    if given is None:
        return None
    if not isinstance(given, Mapping):
        raise ValidationError(f"not JSON: {given!r} is no mapping")
    plain = dict(given)
    canonical_json(plain)
    return plain

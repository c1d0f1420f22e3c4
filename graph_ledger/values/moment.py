"""The two clocks, and how people's dates become points in time."""

from datetime import date, datetime, time, timedelta, timezone
from typing import Literal

from graph_ledger.errors import ValidationError
from graph_ledger.values.value import Value

When = str | date | datetime
"""A point in time as people give it: an ISO text, a date, a datetime; naive is UTC, a date is the end of its day."""

OPEN_END = datetime(9999, 12, 31, tzinfo=timezone.utc)
"""The end of what has not ended."""
LATEST = OPEN_END - timedelta(microseconds=1)
"""The last moment that can be asked about."""
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
MICROSECOND = timedelta(microseconds=1)


class Moment(Value):
    """The two clocks of a question; None is now."""

    as_of: datetime | None = None
    """What was so at this time, UTC; what happened exactly then counts."""
    known_at: datetime | None = None
    """What the ledger had recorded by this time, UTC."""

    @property
    def is_today(self) -> bool:
        """Whether only what is believed now is asked for."""
        return self.as_of is None and self.known_at is None


def moment(as_of: When | None = None, known_at: When | None = None) -> Moment:
    """Read the two clocks of a question once, at the client's edge.

    >>> moment(as_of="2026-06-30").as_of.isoformat()
    '2026-06-30T23:59:59.999999+00:00'
    """
    return Moment(
        as_of=None if as_of is None else point_in_time(as_of, name="as_of"),
        known_at=None if known_at is None else point_in_time(known_at, name="known_at"),
    )


def point_in_time(when: When, *, bound: Literal["start", "end"] = "end", name: str = "date") -> datetime:
    """Turn what a person gives into a UTC datetime; a date without a time is the end (or the start) of its day.

    Raises:
        ValidationError: The text is no ISO 8601 date or time, or lies outside the years 1 to 9999.
    """
    if isinstance(when, str):
        when = _parsed(when, name)
    if isinstance(when, datetime):
        aware = when if when.tzinfo is not None else when.replace(tzinfo=timezone.utc)
        try:
            return min(aware.astimezone(timezone.utc), LATEST)
        except OverflowError:
            raise ValidationError(f"{name}: {when!r} lies outside the calendar of UTC") from None
    if isinstance(when, date):
        clock = time.max if bound == "end" else time.min
        return min(datetime.combine(when, clock, tzinfo=timezone.utc), LATEST)
    raise ValidationError(f"{name}: {when!r} is no date; give '2026-06-30', '2026-06-30T12:00:00Z', a date or a datetime")


def microseconds(when: datetime) -> int:
    """Return the whole microseconds since 1970, UTC."""
    return (when - EPOCH) // MICROSECOND


def from_microseconds(number: int) -> datetime:
    """Return the UTC datetime of a number of microseconds since 1970."""
    return EPOCH + timedelta(microseconds=number)


def isoformat(when: datetime) -> str:
    """Return the one text of a time: UTC, six digits of a second, ``Z``.

    >>> isoformat(from_microseconds(0))
    '1970-01-01T00:00:00.000000Z'
    """
    return when.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")


def _parsed(text: str, name: str) -> date | datetime:
    stripped = text.strip()
    try:
        return date.fromisoformat(stripped)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(stripped[:-1] + "+00:00" if stripped[-1:] in {"Z", "z"} else stripped)
    except ValueError:
        raise ValidationError(f"{name}: {text!r} is no date; write 2026-06-30 or 2026-06-30T12:00:00Z") from None

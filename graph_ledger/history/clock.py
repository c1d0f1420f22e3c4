"""One clock, the database's: what a person's date means as the time of a fact."""

from graph_ledger.errors import ValidationError
from graph_ledger.values.moment import When, from_microseconds, isoformat, microseconds, point_in_time

AHEAD = 5 * 60 * 1_000_000
"""How far a time may lie ahead of the database's clock, microseconds."""
DAY_END = "T23:59:59.999999Z"


def fact_time(when: When | None, now: int, name: str) -> int:
    """Return when a fact was so, in microseconds: a date is the end of its day, today's date and None are now.

    Raises:
        ValidationError: It lies more than five minutes ahead of the database's clock.
    """
    if when is None:
        return now
    at = microseconds(point_in_time(when, name=name))
    today = isoformat(from_microseconds(now))[:10]
    if at > now and isoformat(from_microseconds(at)) == today + DAY_END:
        return now
    if at > now + AHEAD:
        raise ValidationError(
            f"{name}: {isoformat(from_microseconds(at))} lies in the future; the database's clock says {isoformat(from_microseconds(now))}"
        )
    return at

"""Scale: where a time lies between two others, and how both are written there."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

SHORT = timedelta(days=2)
"""What lasts no longer is told with its time of day."""
MONTH, YEAR = 30.44, 365.25


class Scale(NamedTuple):
    """A stretch of time, drawn from left to right.

    >>> from datetime import timezone
    >>> year = Scale(datetime(2026, 1, 1, tzinfo=timezone.utc), datetime(2027, 1, 1, tzinfo=timezone.utc))
    >>> year.place(datetime(2026, 7, 2, 12, tzinfo=timezone.utc)), year.stamp(year.start)
    (0.5, '2026-01-01')
    """

    start: datetime
    end: datetime

    @classmethod
    def of(cls, times: Iterable[datetime]) -> "Scale":
        """Return the stretch that just holds all of these times."""
        known = list(times)
        return cls(min(known), max(known))

    def place(self, when: datetime) -> float:
        """Return where a time lies: 0 at the start, 1 at the end, never outside; in the middle where nothing lasts."""
        length = self.end - self.start
        return min(max((when - self.start) / length, 0.0), 1.0) if length else 0.5

    def stamp(self, when: datetime) -> str:
        """Return a time as short as the length allows: its day, or its minute."""
        return f"{when:%Y-%m-%d %H:%M}" if self.end - self.start < SHORT else f"{when:%Y-%m-%d}"

    def marks(self, count: int) -> list[tuple[float, str]]:
        """Return evenly spaced places, both ends among them, with what is written there."""
        return [(number / (count - 1), self.stamp(self.start + (self.end - self.start) * number / (count - 1))) for number in range(count)]


def lasting(length: timedelta) -> str:
    """Return a length of time in one word and a number, rounded down; nothing for less than a day.

    >>> lasting(timedelta(days=800)), lasting(timedelta(days=1)), lasting(timedelta(hours=3))
    ('2 years', '1 day', '')
    """
    days = length.days
    for least, size, name in ((2 * YEAR, YEAR, "year"), (3 * MONTH, MONTH, "month"), (1, 1.0, "day")):
        if days >= least:
            count = int(days / size)
            return f"{count} {name}{'' if count == 1 else 's'}"
    return ""

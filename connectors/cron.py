"""Say a cron line in English where that is sure; say nothing where it is not."""

import re

DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
SHORT = {day[:3].lower(): str(number) for number, day in enumerate(DAYS)}
NICKNAMES = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
}
FIELDS, HOURS, MINUTES, MONTH, WORKDAYS = 5, 24, 60, 31, ["1", "2", "3", "4", "5"]


def frequency(cron: str) -> str | None:
    """Return when a cron line runs, for the common forms; None for any other, and for one that is wrong.

    >>> [frequency(line) for line in ("*/5 * * * *", "30 6 * * 7", "0 25 * * *")]
    ['Every 5 minutes', 'Weekly on Sunday at 06:30', None]
    """
    line = NICKNAMES.get(cron.strip().lower(), cron)
    parts = line.lower().split()
    if len(parts) != FIELDS:
        return None
    minute, hour, day, month, weekday = parts
    if month != "*":
        return None
    if hour == day == weekday == "*":
        return _hourly(minute)
    if (every := _step(hour, HOURS)) and day == weekday == "*" and minute in {"0", "00"}:
        return "Hourly" if every == 1 else f"Every {every} hours"
    if not (_number(minute, MINUTES - 1) and _number(hour, HOURS - 1)):
        return None
    return _on(day, weekday, f"{int(hour):02}:{int(minute):02}")


def _hourly(minute: str) -> str | None:
    if minute == "*":
        return "Every minute"
    if every := _step(minute, MINUTES):
        return "Every minute" if every == 1 else f"Every {every} minutes"
    if not _number(minute, MINUTES - 1):
        return None
    return "Hourly" if int(minute) == 0 else f"Hourly at minute {int(minute)}"


def _on(day: str, weekday: str, at: str) -> str | None:
    if day == weekday == "*":
        return f"Daily at {at}"
    if weekday == "*":
        return f"Monthly on day {int(day)} at {at}" if _number(day, MONTH) and int(day) else None
    days = _days(weekday) if day == "*" else None
    if not days:
        return None
    if days == WORKDAYS:
        return f"Monday to Friday at {at}"
    if len(days) == len(DAYS):
        return f"Daily at {at}"
    return f"Weekly on {', '.join(DAYS[int(number)] for number in days)} at {at}"


def _days(weekday: str) -> list[str] | None:
    """Return the numbers of the days, Sunday 0, in order; None where it is no plain list of days and ranges."""
    found: set[int] = set()
    for part in weekday.split(","):
        first, dash, last = (SHORT.get(end, end) for end in part.partition("-"))
        if not (_number(first, len(DAYS)) and (_number(last, len(DAYS)) if dash else not last)):
            return None
        if dash and int(last) < int(first):
            return None
        found.update(number % len(DAYS) for number in range(int(first), int(last or first) + 1))
    return [str(number) for number in sorted(found)]


def _step(text: str, whole: int) -> int | None:
    """Return the step of ``*/n`` where it divides the hour or the day: else the last gap is shorter."""
    match = re.fullmatch(r"\*/([0-9]{1,2})", text)
    every = int(match[1]) if match else 0
    return every if every and every < whole and whole % every == 0 else None


def _number(text: str, most: int) -> bool:
    return re.fullmatch(r"[0-9]{1,2}", text) is not None and int(text) <= most

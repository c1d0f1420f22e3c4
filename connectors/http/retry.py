"""Whether a refused request is worth another try, and how long to wait before it."""

import random
from collections.abc import Mapping
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

PASSING = frozenset({429, 502, 503, 504})
"""Statuses that say: not now."""
FORBIDDEN = 403
FIRST, LONGEST = 0.5, 30.0
"""Seconds of the first and of the longest wait, where the source does not say how long."""


def passing(status: int, headers: Mapping[str, str]) -> bool:
    """Say whether a refusal is of the moment; some services say "too many requests" with 403."""
    limited = "retry-after" in headers or headers.get("x-ratelimit-remaining") == "0"
    return status in PASSING or (status == FORBIDDEN and limited)


def pause(tried: int, headers: Mapping[str, str], now: datetime) -> float:
    """Return the seconds to wait: what the source asks for, else twice as long after each try, spread by chance.

    >>> pause(1, {"retry-after": "7"}, datetime.now(timezone.utc))
    7.0
    """
    grown = min(LONGEST, FIRST * 2 ** (tried - 1))
    return max(_asked(headers, now), random.uniform(grown / 2, grown))  # noqa: S311  # spread, no secret


def _asked(headers: Mapping[str, str], now: datetime) -> float:
    if (after := headers.get("retry-after", "").strip()) != "":
        return float(after) if _digits(after) else _until(after, now)
    reset = headers.get("x-ratelimit-reset", "").strip()
    if headers.get("x-ratelimit-remaining") == "0" and _digits(reset):
        return max(0.0, float(reset) - now.timestamp()) + 1  # the clock of the source counts in whole seconds
    return 0.0


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _until(date: str, now: datetime) -> float:
    try:
        moment = parsedate_to_datetime(date)
        return max(0.0, (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp() - now.timestamp())
    except (OverflowError, TypeError, ValueError):
        return 0.0

"""Deadline: how long the questions of one request may take together."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from graph_ledger.errors import OverBudgetError

LEAST = 0.001
"""Seconds: a transaction without a time limit is what the server takes a shorter one for."""
CURRENT: ContextVar[tuple[float, float] | None] = ContextVar("deadline", default=None)


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Give everything that is asked of the database inside so many seconds; the server itself ends what takes longer.

    >>> with deadline(30.0):
    ...     29.0 < (remaining() or 0.0) <= 30.0
    True
    """
    token = CURRENT.set((time.monotonic() + seconds, seconds))
    try:
        yield
    finally:
        CURRENT.reset(token)


def remaining() -> float | None:
    """Return the seconds that are left; None where nobody set an end.

    Raises:
        OverBudgetError: None are left.
    """
    held = CURRENT.get()
    if held is None:
        return None
    left = held[0] - time.monotonic()
    if left <= LEAST:
        raise over_time()
    return left


def is_over() -> bool:
    """Say whether a request has had all its time.

    >>> with deadline(30.0):
    ...     is_over()
    False
    """
    held = CURRENT.get()
    return held is not None and held[0] - time.monotonic() <= LEAST


def over_time() -> OverBudgetError:
    """Return the error of a request that took too long."""
    held = CURRENT.get()
    return OverBudgetError("seconds", None if held is None else held[1])

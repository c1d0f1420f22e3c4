"""Changelog: one page of what happened in the whole ledger."""

from collections.abc import Iterator
from datetime import datetime

from graph_ledger.values.snapshot import Snapshot
from graph_ledger.values.value import Value


class Changelog(Value):
    """One page of events, newest first; iterating gives the events.

    >>> len(Changelog(total=0))
    0
    """

    events: tuple[Snapshot, ...] = ()
    """The events of this page; each names its model."""
    total: int
    """How many events fit, on all pages together."""
    next_cursor: str | None = None
    """What to hand in for the next page; None on the last one. Events that are recorded meanwhile shift no page behind it."""
    since: datetime | None = None
    """From when on, UTC; what happened exactly then counts."""
    until: datetime | None = None
    """Until when, UTC; what happened exactly then counts."""

    def __iter__(self) -> Iterator[Snapshot]:  # type: ignore[override]
        return iter(self.events)

    def __len__(self) -> int:
        return len(self.events)

    def __bool__(self) -> bool:
        return True

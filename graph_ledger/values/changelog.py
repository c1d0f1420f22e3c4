"""Changelog: one page of what happened in the whole ledger."""

from collections.abc import Iterator
from datetime import datetime

from graph_ledger.values.changes import told
from graph_ledger.values.printable import cell
from graph_ledger.values.snapshot import Snapshot
from graph_ledger.values.tables import Table, Tabled, count, fields
from graph_ledger.values.value import Value

BEST = ("timestamp", "model", "event_type", "actor", "what")


class Changelog(Tabled, Value):
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

    def _table(self) -> Table:
        rows = [dict(event) | {"what": what} for event, what in told(self.events, cell)]
        return Table(f"{len(self):,} of {count(self.total, 'event')}", (*fields(Snapshot), "what"), rows, BEST)

"""Silence: models that nobody has seen for a while, and sources that nobody has read."""

from datetime import datetime

from graph_ledger.values.tables import Table, Tabled, count, fields
from graph_ledger.values.value import Row, Value


class SilentModel(Row):
    """A model that is believed to be there, and that no source has seen for a while."""

    key: str
    """`platform/name`."""
    name: str
    """Its name."""
    platform: str
    """Where it runs."""
    owner: str
    """Who answers for it."""
    last_seen: datetime
    """When a source last saw it, UTC."""
    sources: tuple[str, ...]
    """The sources that list it, of which at least one has been read since."""


class UnreadSource(Row):
    """A source that has not been read for a while, so that nothing follows for what it lists."""

    source: str
    """Connector name and scope."""
    last_read: datetime | None
    """When it was last read, UTC; None where it never was to its end."""
    models: int
    """How many models it lists."""


class Silence(Tabled, Value):
    """What has not been heard of, by platform and owner.

    >>> len(Silence(days=30, since="2026-06-01T00:00:00Z"))
    0
    """

    days: float
    """For how long."""
    since: datetime
    """From when on nothing was seen, UTC."""
    models: tuple[SilentModel, ...] = ()
    """By platform, owner and key."""
    unread: tuple[UnreadSource, ...] = ()
    """Sources not read since, by key; models that only these list are not called silent."""

    def __len__(self) -> int:
        return len(self.models)

    def _table(self) -> Table:
        unread = f"; not read since: {', '.join(each.source for each in self.unread)}" if self.unread else ""
        return Table(f"{count(len(self), 'model')} not seen for {self.days:g} days{unread}", fields(SilentModel), self.models)

"""Membership: who was in a group from when to when, as a list that draws itself."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from typing_extensions import Self

from graph_ledger.values.drawn import Drawn, Line, Signs
from graph_ledger.values.scale import Scale
from graph_ledger.values.tables import frame
from graph_ledger.values.value import Row


class Stay(Row):
    """A model was in a group, in one role, from one time to another.

    >>> Stay(model="ml/fraud", role="scorer", since="2026-01-01T00:00:00Z")["until"] is None
    True
    """

    model: str
    """Key of the member."""
    role: str | None = None
    """What it was in the group; None where nobody said."""
    since: datetime
    """Since when, UTC; it was in the group at this very time."""
    until: datetime | None = None
    """Until when, UTC; at this very time it was not any more. None while it goes on."""


class MembershipHistory(Drawn[Stay]):
    """Every stay in a group, the oldest first: a list in every way, and bars over time when it is shown.

    >>> stay = Stay(model="ml/fraud", since="2026-01-01T00:00:00Z", until="2026-03-01T00:00:00Z")
    >>> MembershipHistory([stay], group="/cards", at=stay.until)[:1].to_frame()["model"].tolist()
    ['ml/fraud']
    """

    def __init__(self, stays: Iterable[Stay] = (), *, group: str = "", at: datetime | None = None) -> None:
        super().__init__(stays)
        self.group = group
        """Key of the group."""
        self.at = at
        """The moment that was asked about, at most now: where the bars end of what goes on; None: the newest time in it."""

    @property
    def scale(self) -> Scale:
        """The stretch of time from the first stay to the moment asked about."""
        return Scale.of([time for stay in self for time in (stay.since, stay.until) if time] + ([self.at] if self.at else []))

    def lines(self, width: int, signs: Signs) -> Iterator[Line]:
        """Yield bars for a terminal, a line for each stay."""
        from graph_ledger.values.membership_pictures import lines

        return lines(self, width, signs)

    def to_frame(self) -> Any:
        """Return the stays as a pandas DataFrame, a row each."""
        return frame((dict(stay) for stay in self), tuple(Stay.model_fields))

    def _repr_html_(self) -> str:
        from graph_ledger.values.membership_pictures import html

        return html(self)

    def _like(self, items: Iterable[Stay]) -> Self:
        return type(self)(items, group=self.group, at=self.at)

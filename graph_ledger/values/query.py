"""Query: one page of the models that fit a question."""

from datetime import datetime
from typing import Literal, get_args

from graph_ledger.values.tables import Table, Tabled, count, fields
from graph_ledger.values.value import Row, Value

Order = Literal["name", "relevance"]
"""By name; or nearest first: the name is the text, begins with it, holds it, holds all its words, the purpose holds it, all others."""
ORDERS: tuple[str, ...] = get_args(Order)


class ModelSummary(Row):
    """One model on one line, its fields of the moment asked for."""

    key: str
    """`platform/name`."""
    name: str
    """Its name."""
    owner: str
    """Who answers for it."""
    model_type: str
    """What kind of thing it is."""
    platform: str
    """Where it runs."""
    tier: str
    """How risky it is."""
    status: str
    """Where it is in its life."""
    last_event: str | None
    """The type of its newest event."""
    event_count: int
    """How many events it has."""
    last_changed: datetime | None
    """When it last changed, UTC: events about validations, tags, observations and groups are no change of it."""
    last_validated: datetime | None
    """When it was last validated, whatever came out, UTC; None where it never was."""


class ModelPage(Tabled, Value):
    """One page of the models that fit.

    >>> ModelPage(total=3, offset=0).has_more
    True
    """

    total: int
    """How many models fit, on all pages."""
    models: tuple[ModelSummary, ...] = ()
    """Those of this page."""
    offset: int = 0
    """How many stand before this page."""
    read_as: dict[str, tuple[str, ...]] = {}
    """Words that no model has, with the known ones that were looked for instead; empty where what was asked for was found."""

    @property
    def has_more(self) -> bool:
        """Whether some stand behind this page."""
        return self.offset + len(self.models) < self.total

    def _table(self) -> Table:
        return Table(f"{len(self.models):,} of {count(self.total, 'model')}", fields(ModelSummary), self.models)

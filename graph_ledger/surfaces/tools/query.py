"""The tool query: which models fit."""

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from graph_ledger.surfaces.tools.tool import Dated, tool
from graph_ledger.values.query import ModelSummary
from graph_ledger.values.value import Value

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger

LARGEST = 1_000
"""Most models of one page."""


class QueryInput(Dated):
    """Which models are meant."""

    text: str | None = None
    """Words that stand in key, purpose or owner: all of them, in any order, parts of longer words too."""
    platform: str | None = None
    """Where they run."""
    model_type: str | None = None
    """What kind of thing they are, such as ml_model."""
    owner: str | None = None
    """Whose they are."""
    status: str | None = None
    """Where they are in their life, such as active."""
    tier: str | None = None
    """How risky they are, such as high."""
    validated: bool | None = None
    """True: only what was validated since it last changed; false: only what was not. Left out: both."""
    changed_since: str | None = None
    """Only what changed on this date or later; a date is its beginning."""
    order: Literal["name", "relevance"] = "name"
    """`name`, or `relevance`: those that fit the text best come first."""
    limit: int = Field(default=50, ge=1, le=LARGEST)
    """How many on a page."""
    offset: int = Field(default=0, ge=0, le=2**31)
    """How many to pass over."""


class QueryOutput(Value):
    """One page of the models that fit, by name."""

    total: int
    """How many models fit, on all pages."""
    models: tuple[ModelSummary, ...]
    """Those of this page."""
    has_more: bool
    """Whether some stand behind this page."""
    offset: int
    """How many stand before this page."""
    read_as: dict[str, tuple[str, ...]] = {}
    """Words of the text that no model has, with the known ones that were looked for instead."""


@tool({"tier": "high", "validated": False, "limit": 5}, documented=True)
def query(ledger: "Ledger", asked: QueryInput) -> QueryOutput:
    """Search and filter the inventory, page by page.

    `query(tier="high", changed_since="2026-06-01", validated=false)`: which high-risk models changed and were not validated since?
    """
    page = ledger.query(**asked.model_dump())
    return QueryOutput(total=page.total, models=page.models, has_more=page.has_more, offset=page.offset, read_as=page.read_as)

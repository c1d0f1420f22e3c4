"""Budget: how much one call may have, and how it becomes the bound of a question that names none."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from graph_ledger.errors import OverBudgetError
from graph_ledger.surfaces.tools.tool import Sourced, Tool

SAYS_SO = ("complete", "has_more")
"""Fields in which an answer says by itself that a bound cut it."""
APPLY = "apply"


@dataclass(frozen=True)
class Budget:
    """The most that one call may ask for, and get."""

    rows: int = 200
    """Entries of any one list."""
    depth: int | None = None
    """Steps of a walk; None for no bound."""
    seconds: float = 30.0
    """How long the database may take; a source that is read takes as long as it takes."""

    def bound(self, tool: Tool[Any, Any], given: Mapping[str, Any]) -> dict[str, Any]:
        """Put the budget in the place of bounds that were left out.

        Raises:
            OverBudgetError: More is asked for than there is.
        """
        bounds: dict[str, Any] = {}
        for name, of, most in (("limit", "rows", self.rows), ("depth", "depth", self.depth)):
            field = tool.asks.model_fields.get(name)
            if field is None or most is None:
                continue
            asked = given.get(name)
            if asked is None:
                bounds[name] = most if field.default is None else min(field.default, most)
            elif isinstance(asked, int) and asked > most:
                raise OverBudgetError(of, most, asked)
        if self.probes(tool, given):
            bounds["limit"] = self.rows + 1
        return {**given, **bounds}

    def probes(self, tool: Tool[Any, Any], given: Mapping[str, Any]) -> bool:
        """Whether one more is asked for than is shown: the answer itself could not say that the budget cut it."""
        field = tool.asks.model_fields.get("limit")
        if field is None or given.get("limit") is not None or any(name in tool.answers.model_fields for name in SAYS_SO):
            return False
        return field.default is None or field.default > self.rows

    @contextmanager
    def clock(self, tool: Tool[Any, Any]) -> Iterator[None]:
        """Let a call take no longer than it may."""
        from graph_ledger.database.deadline import deadline

        if issubclass(tool.asks, Sourced) or tool.name == APPLY:
            yield
            return
        with deadline(self.seconds):
            yield

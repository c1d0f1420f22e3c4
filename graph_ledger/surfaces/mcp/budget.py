"""Budget: how much one call may have, and how it becomes the bound of a question that names none."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from graph_ledger.errors import OverBudgetError
from graph_ledger.surfaces.tools.tool import Asked, Sourced, Tool

SAYS_SO = ("complete", "has_more")
"""Fields in which an answer says by itself that a bound cut it."""
INLINE = "inline"
"""The source that stands in the question itself."""


@dataclass(frozen=True)
class Budget:
    """The most that one call may ask for, and get."""

    rows: int = 200
    """Entries of any one list."""
    depth: int | None = None
    """Steps of a walk; None for no bound."""
    seconds: float = 30.0
    """How long the database may take; a file or a connector that is read takes as long as it takes."""

    def read(self, tool: Tool[Any, Any], given: Mapping[str, Any]) -> Asked:
        """Take what somebody asks; the budget stands in the place of bounds that were left out.

        Raises:
            OverBudgetError: More is asked for than there is.
            ValidationError: It does not fit; the message names the field.
        """
        bounds = {name: most for name, _, most in self._bounds(tool) if given.get(name) is None}
        if self.probes(tool, given):
            bounds["limit"] = self.rows + 1
        asked: Asked = tool.read({**given, **bounds})
        for name, of, most in self.limits():
            wanted = getattr(asked, name, None)
            if name not in bounds and most is not None and wanted is not None and wanted > most:
                raise OverBudgetError(of, most, wanted)
        return asked

    def limits(self) -> tuple[tuple[str, str, int | None], ...]:
        """Return each field that bounds an answer, what it is a bound of, and the most that it may be."""
        return ("limit", "rows", self.rows), ("depth", "depth", self.depth)

    def _bounds(self, tool: Tool[Any, Any]) -> Iterator[tuple[str, str, int]]:
        for name, of, most in self.limits():
            field = tool.asks.model_fields.get(name)
            if field is not None and most is not None:
                yield name, of, most if field.default is None else min(field.default, most)

    def probes(self, tool: Tool[Any, Any], given: Mapping[str, Any]) -> bool:
        """Whether one more is asked for than is shown: the answer itself could not say that the budget cut it."""
        field = tool.asks.model_fields.get("limit")
        if field is None or given.get("limit") is not None or any(name in tool.answers.model_fields for name in SAYS_SO):
            return False
        return field.default is None or field.default > self.rows

    @contextmanager
    def clock(self, asked: Asked) -> Iterator[None]:
        """Let a call take no longer than it may; how long a source takes that is read elsewhere, nobody here decides."""
        from graph_ledger.database.deadline import deadline

        if isinstance(asked, Sourced) and getattr(asked, "source_type", None) != INLINE:
            yield
            return
        with deadline(self.seconds):
            yield

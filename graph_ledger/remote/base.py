"""Base: what every remote verb needs, the service."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from graph_ledger.errors import OverBudgetError
from graph_ledger.remote.tools import LARGEST

if TYPE_CHECKING:
    from graph_ledger.remote.service import Service

Kind = TypeVar("Kind", bound=BaseModel)
Answer = TypeVar("Answer")


class Asking:
    """Holds the service."""

    _service: "Service"

    def _ask(self, tool: str, make: Callable[[Any], Answer], **asked: Any) -> Answer:
        return self._service.ask(tool, make, **asked)

    def _rows(self, tool: str, make: Callable[[Any], Answer], wanted: int, **asked: Any) -> tuple[Answer, int]:
        """Ask for so many rows, or as many as the service gives at once; return how many were asked for, too."""
        page = min(wanted, LARGEST[tool], self._service.most_rows or wanted)
        try:
            return self._ask(tool, make, limit=page, **asked), page
        except OverBudgetError as error:
            if error.limit != "rows" or error.most is None or not 1 <= error.most < page:
                raise
            self._service.most_rows = int(error.most)
        return self._rows(tool, make, wanted, **asked)

    def _value(self, tool: str, kind: type[Kind], **asked: Any) -> Kind:
        """Ask for one value of a kind."""
        return self._service.told(tool, kind.model_validate_json, **asked)

    def _values(self, tool: str, field: str, kind: type[Kind], **asked: Any) -> list[Kind]:
        """Ask for values of a kind that stand in one field of the answer."""
        return self._ask(tool, lambda told: [kind.model_validate(each) for each in told[field]], **asked)

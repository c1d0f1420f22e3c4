"""Given: what an address asks, read by the fields of a tool; nothing that stands in it is passed over."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request

from graph_ledger.surfaces.rest.problems import misfit
from graph_ledger.surfaces.tools.tool import Asked, Tool


def given_in_address(tool: Tool[Any, Any], request: Request) -> Mapping[str, Any]:
    """Return what the path and the query of a request ask.

    Raises:
        RefusedError: A parameter is unknown, stands there twice, or stands in the path as well: 422.
    """
    subject = request.path_params.get("subject")
    found: dict[str, Any] = {} if subject is None else {str(tool.subject): subject}
    fields, several = tool.asks.model_fields, _several(tool.asks)
    for name, value in request.query_params.multi_items():
        if name not in fields or tool.method == "POST":
            raise misfit(
                [name], "there is no such parameter" if tool.method == "GET" else "it is asked for in the body, not in the address"
            )
        if name in several:
            found.setdefault(name, []).append(value)
        elif name in found:
            raise misfit([name], "it stands in the address twice")
        else:
            found[name] = value
    return found


def _several(asks: type[Asked]) -> frozenset[str]:
    """Return the parameters that may stand in an address more than once."""
    return frozenset(
        name for name, field in asks.model_fields.items() if "tuple[" in str(field.annotation) or "list[" in str(field.annotation)
    )

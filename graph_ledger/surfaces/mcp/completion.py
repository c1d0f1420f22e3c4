"""Completion: the names of models, while an argument of a prompt is typed."""

from graph_ledger.surfaces.mcp.service import Service
from graph_ledger.surfaces.tools.caller import Caller

MOST = 20
ARGUMENT = "model"


def completed(service: Service, argument: str, begun: str, caller: Caller) -> list[str]:
    """Return keys of models that fit what was begun; none for what is no model, nor before a database was needed."""
    if argument != ARGUMENT or not service.opened.is_open:
        return []
    words = {"text": begun} if begun.strip() else {}
    found = service.call("query", {"limit": min(MOST, service.budget.rows), **words}, caller)
    models = [] if found.is_error else found.structured_content["models"]
    return [model["key"] for model in models]

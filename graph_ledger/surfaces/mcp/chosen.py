"""Chosen: which tools a server offers."""

from collections.abc import Mapping
from typing import Any

from graph_ledger.surfaces.tools.tool import Tool


def chosen(*, read_only: bool, cypher_rows: int | None) -> Mapping[str, Tool[Any, Any]]:
    """Return the tools by name, the documented ones first; ``cypher_rows``: how many rows a statement of the agent's own may return."""
    from graph_ledger.surfaces.mcp.cypher import cypher_tool
    from graph_ledger.surfaces.tools.catalogue import TOOLS

    ordered = sorted(TOOLS.items(), key=lambda each: not each[1].documented)
    tools = {name: tool for name, tool in ordered if not (read_only and tool.writes)}
    if cypher_rows is not None:
        own = cypher_tool(cypher_rows)
        tools[own.name] = own
    return tools

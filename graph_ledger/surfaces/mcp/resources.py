"""Resources: what an agent can read to find its way, without a tool."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from mcp.shared.exceptions import MCPError
from mcp_types import INTERNAL_ERROR, INVALID_PARAMS, CallToolResult, ReadResourceResult, Resource, TextResourceContents
from pydantic_core import to_json

from graph_ledger.surfaces.mcp.schemas import answers, asks
from graph_ledger.surfaces.mcp.service import Service
from graph_ledger.surfaces.tools.caller import Caller

JSON = "application/json"


class Read(NamedTuple):
    """One resource."""

    name: str
    description: str
    read: Callable[[Service, Caller], Any]


def _of_tool(name: str) -> Callable[[Service, Caller], Any]:
    def read(service: Service, caller: Caller) -> Any:
        result: CallToolResult = service.call(name, {}, caller)
        if result.is_error:
            problem = result.structured_content
            raise MCPError(INTERNAL_ERROR, f"{problem['detail']} {problem['next']}", data=problem)
        return result.structured_content

    return read


def _schema(service: Service, caller: Caller) -> Any:
    offered = [service.tools[each.name] for each in service.listed(caller)]
    return {tool.name: {"asks": asks(tool, service.budget), "answers": answers(tool)} for tool in offered}


def _backends(service: Service, caller: Caller) -> Any:
    del caller
    return {**service.where, "open": service.opened.is_open}


RESOURCES: Mapping[str, Read] = {
    "ledger://overview": Read(
        "overview", "What there is: models by type, platform, tier and status; events, groups.", _of_tool("overview")
    ),
    "ledger://schema": Read("schema", "What every tool takes and answers, as JSON Schema.", _schema),
    "ledger://backends": Read("backends", "Which database is asked, and whether it holds the demo estate.", _backends),
    "ledger://doctor": Read("doctor", "Whether database, schema and clock are well, and what to do if not.", _of_tool("doctor")),
}


def listed() -> list[Resource]:
    """Describe the resources."""
    return [Resource(uri=uri, name=each.name, description=each.description, mime_type=JSON) for uri, each in RESOURCES.items()]


def read(service: Service, uri: str, caller: Caller) -> ReadResourceResult:
    """Read one.

    Raises:
        MCPError: There is none of that name, or what it needs cannot be had now.
    """
    found = RESOURCES.get(uri)
    if found is None:
        raise MCPError(INVALID_PARAMS, f"no resource {uri!r}: there are {', '.join(RESOURCES)}")
    text = to_json(found.read(service, caller), indent=2).decode()
    return ReadResourceResult(contents=[TextResourceContents(uri=uri, mime_type=JSON, text=text)])

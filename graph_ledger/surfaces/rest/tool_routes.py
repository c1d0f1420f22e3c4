"""The routes of the tools: made of what each says of itself."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.rest.asking import Asking, asking
from graph_ledger.surfaces.rest.bounds import check_answer, check_asked
from graph_ledger.surfaces.rest.given import given_in_address
from graph_ledger.surfaces.rest.packing import packed
from graph_ledger.surfaces.tools.caller import Caller
from graph_ledger.surfaces.tools.catalogue import TOOLS
from graph_ledger.surfaces.tools.tool import Asked, Tool

Endpoint = Callable[[Request], Coroutine[Any, Any, Response]]
SUBJECT = "subject"
"""The part of a path that names a model; slashes in it are part of the name."""


def tool_routes(tools: Mapping[str, Tool[Any, Any]] = TOOLS) -> APIRouter:
    """Return a route for each tool, and a second one with the model in the path where it has one."""
    router = APIRouter(redirect_slashes=False)
    for tool in tools.values():
        add = {"methods": [tool.method], "include_in_schema": False, "response_model": None}
        router.add_api_route(f"/{tool.address}", _endpoint(tool), **add)  # type: ignore[arg-type]  # one keyword each
        if tool.subject is not None and tool.method == "GET":
            router.add_api_route(f"/{tool.address}/{{{SUBJECT}:path}}", _endpoint(tool), **add)  # type: ignore[arg-type]
    return router


def _endpoint(tool: Tool[Any, Any]) -> Endpoint:
    async def by_address(request: Request) -> Response:
        who = await asking(request)
        return await _answer(tool, who, request, tool.asks.model_validate(given_in_address(tool, request)))

    async def by_body(request: Request) -> Response:
        who = await asking(request)
        given_in_address(tool, request)
        return await _answer(tool, who, request, tool.asks.model_validate_json(await request.body() or b"{}"))

    return by_address if tool.method == "GET" else by_body


async def _answer(tool: Tool[Any, Any], who: Asking, request: Request, asked: Asked) -> Response:
    options, accepted = who.service.options, request.headers.get("accept-encoding", "")
    check_asked(asked, options)

    def work(ledger: Ledger, caller: Caller) -> Response:
        found: BaseModel = tool.call(ledger, asked, caller)
        check_answer(found, options)
        return packed(type(found).__pydantic_serializer__.to_json(found), accepted)

    return await who.run(work)

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
from graph_ledger.surfaces.tools.catalogue import SERVED
from graph_ledger.surfaces.tools.tool import Asked, Tool

Endpoint = Callable[[Request], Coroutine[Any, Any, Response]]
SUBJECT = "subject"
"""The part of a path that names a model; slashes in it are part of the name."""


def tool_routes(tools: Mapping[str, Tool[Any, Any]] = SERVED) -> APIRouter:
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
        who = await allowed(tool, request)
        given = given_in_address(tool, request)
        return await answered(who, request, tool, lambda: tool.asks.model_validate(given))

    async def by_body(request: Request) -> Response:
        who = await allowed(tool, request)
        given_in_address(tool, request)
        body = await request.body() or b"{}"
        return await answered(who, request, tool, lambda: tool.asks.model_validate_json(body))

    return by_address if tool.method == "GET" else by_body


async def allowed(tool: Tool[Any, Any], request: Request) -> Asking:
    """Return who asks, and refuse whoever may not before anything of what they sent is looked at."""
    who = await asking(request)
    who.caller.check(tool.role)
    return who


async def answered(who: Asking, request: Request, tool: Tool[Any, Any], read: Callable[[], Asked]) -> Response:
    """Read what is asked in the thread that answers it: a long body keeps nobody else waiting."""
    options, accepted = who.service.options, request.headers.get("accept-encoding", "")

    def work(ledger: Ledger, caller: Caller) -> Response:
        asked = read()
        check_asked(asked, options)
        found: BaseModel = tool.call(ledger, asked, caller)
        check_answer(found, options)
        return packed(type(found).__pydantic_serializer__.to_json(found), accepted)

    return await who.run(work)

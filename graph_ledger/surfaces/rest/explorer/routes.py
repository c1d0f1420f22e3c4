"""Routes of the explorer: the models there are, one model's card, and the picture of what it reaches."""

from collections.abc import Callable, Coroutine
from importlib.resources import files
from typing import Any

from fastapi import APIRouter
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from graph_ledger.errors import AmbiguousModelError, GraphLedgerError, ModelNotFoundError
from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.rest.asking import asking
from graph_ledger.surfaces.rest.explorer.card import card_of, impact_of
from graph_ledger.surfaces.rest.explorer.pages import HEADERS, page
from graph_ledger.surfaces.rest.explorer.sign_in import Signing
from graph_ledger.surfaces.rest.problems import RefusedError
from graph_ledger.surfaces.tools.caller import Caller
from graph_ledger.surfaces.tools.catalogue import TOOLS
from graph_ledger.values.problem import problem_of

ASSETS = {"explorer.css": "text/css", "explorer.js": "text/javascript"}
PAGE = 40
"""Models on a page."""
FILTERS = ("text", "platform", "tier", "owner", "status")
Work = Callable[[Ledger, Caller, QueryParams], Response]
Endpoint = Callable[[Request], Coroutine[Any, Any, Response]]


def explorer_routes() -> APIRouter:
    """Return the pages and what they are made of."""
    router = APIRouter(redirect_slashes=False, include_in_schema=False)
    for path, work in (("/", _home), ("/explore/model", _card), ("/explore/impact", _impact)):
        router.add_api_route(path, _endpoint(work), methods=["GET"], response_model=None)
    for name, kind in ASSETS.items():
        router.add_api_route(f"/explore/assets/{name}", _asset(name, kind), methods=["GET"], response_model=None)
    router.include_router(Signing().routes())
    return router


def _endpoint(work: Work) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        try:
            who = await asking(request)
        except RefusedError:
            return page("sign_in.html", status=401, wrong=False, back=str(request.url.path), asked=str(request.url.query))
        try:
            return await who.run(lambda ledger, caller: work(ledger, caller, request.query_params))
        except GraphLedgerError as error:
            return _said(error, who.caller)

    return endpoint


def _home(ledger: Ledger, caller: Caller, asked: QueryParams) -> Response:
    said = {name: asked.get(name, "").strip() for name in FILTERS}
    given = {name: value for name, value in said.items() if value}
    text = asked.get("offset", "0")
    offset = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004  # no address is refused for a number
    found = _ask(ledger, caller, "query", **given, limit=PAGE, offset=offset)
    return page(
        "home.html",
        signed_in=caller.name is not None, found=found, asked=said, filtered=bool(given), offset=offset, size=PAGE,
        overview=_ask(ledger, caller, "overview"),
        changes=_ask(ledger, caller, "changelog", since="0001-01-01", limit=8),
    )  # fmt: skip


def _card(ledger: Ledger, caller: Caller, asked: QueryParams) -> Response:
    def ask(name: str, **given: Any) -> Any:
        return _ask(ledger, caller, name, **given)

    return page(
        "model.html",
        signed_in=caller.name is not None,
        **card_of(ask, asked.get("key", ""), asked.get("as_of") or None, asked.get("direction") or "downstream"),
    )


def _impact(ledger: Ledger, caller: Caller, asked: QueryParams) -> Response:
    def ask(name: str, **given: Any) -> Any:
        return _ask(ledger, caller, name, **given)

    return page(
        "impact.html",
        signed_in=caller.name is not None,
        **impact_of(ask, asked.get("key", ""), asked.get("as_of") or None, asked.get("direction") or "downstream"),
    )


def _ask(ledger: Ledger, caller: Caller, name: str, **given: Any) -> Any:
    tool = TOOLS[name]
    return tool.call(ledger, tool.read(given), caller)


def _said(error: GraphLedgerError, caller: Caller) -> Response:
    problem = problem_of(error)
    near = error.near if isinstance(error, ModelNotFoundError) else error.keys if isinstance(error, AmbiguousModelError) else ()
    return page(
        "problem.html",
        status=problem["status"],
        title=problem["title"],
        detail=problem["detail"],
        near=near,
        signed_in=caller.name is not None,
    )


def _asset(name: str, kind: str) -> Endpoint:
    body = (files("graph_ledger.surfaces.rest.explorer") / "assets" / name).read_bytes()

    async def asset(_: Request) -> Response:
        return Response(body, 200, {**HEADERS, "Cache-Control": "max-age=3600"}, kind)

    return asset

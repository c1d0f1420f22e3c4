"""``/docs``: the OpenAPI document as a page to try it on; everything it is made of comes from here."""

from collections.abc import Callable, Coroutine
from functools import lru_cache
from importlib.resources import files
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from graph_ledger.surfaces.rest.openapi import document
from graph_ledger.surfaces.rest.packing import packed, takes_gzip

ASSETS = {"swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css"}
"""Swagger UI, as an installed package brings it; its files are named here, so that no path of a request is ever one of a file."""
STARTING = """SwaggerUIBundle({url: "openapi.json", dom_id: "#page", deepLinking: true, validatorUrl: null, docExpansion: "list"});"""
PAGE = b"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>graph-ledger</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="page"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/starting.js"></script>
</body>
</html>
"""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Nothing of any other host; the styles that Swagger UI writes into elements are all that is inline."""


def docs_routes(version: str) -> APIRouter:
    """Return the document, the page, and what the page is made of."""
    router = APIRouter(redirect_slashes=False, include_in_schema=False)

    async def described(request: Request) -> Response:
        return packed(_document(version), request.headers.get("accept-encoding", ""))

    async def page() -> Response:
        return _guarded(packed(PAGE, "", media_type="text/html"))

    async def starting() -> Response:
        return _guarded(packed(STARTING.encode(), "", media_type="text/javascript"))

    router.add_api_route("/openapi.json", described, methods=["GET"], response_model=None)
    router.add_api_route("/docs", page, methods=["GET"], response_model=None)
    router.add_api_route("/docs/starting.js", starting, methods=["GET"], response_model=None)
    for name in ASSETS:
        router.add_api_route(f"/docs/{name}", _asset(name), methods=["GET"], response_model=None)
    return router


def _asset(name: str) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    async def asset(request: Request) -> Response:
        return _guarded(_packed_asset(name, "gzip" if takes_gzip(request.headers.get("accept-encoding", "")) else ""))

    return asset


@lru_cache
def _packed_asset(name: str, accepted: str) -> Response:
    return packed((files("fastapi_offline") / "static" / name).read_bytes(), accepted, media_type=ASSETS[name])


@lru_cache
def _document(version: str) -> bytes:
    return document(version)


def _guarded(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Referrer-Policy"] = "no-referrer"
    return response

"""``/contracts/...``: data contracts by the namespaces they are of; what they answer is what the tools answer."""

import json
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from fastapi import APIRouter
from pydantic_core import from_json
from starlette.requests import Request
from starlette.responses import Response

from graph_ledger.contracts.parse_tables import written
from graph_ledger.errors import ValidationError
from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.rest.asking import asking
from graph_ledger.surfaces.rest.given import given_in_address
from graph_ledger.surfaces.rest.packing import packed
from graph_ledger.surfaces.rest.problems import misfit
from graph_ledger.surfaces.rest.tool_routes import allowed, answered
from graph_ledger.surfaces.tools.caller import Caller
from graph_ledger.surfaces.tools.catalogue import SERVED
from graph_ledger.values.contracts.kinds import PROFILES
from graph_ledger.values.contracts.metadata import Metadata
from graph_ledger.values.contracts.report import DiffReport

OF_ONE = "/contracts/{prefix}"
SYNC, CHECK, CONCEPTS, EXPORT, SCHEMA = f"{OF_ONE}/sync", f"{OF_ONE}/check", f"{OF_ONE}/concepts", f"{OF_ONE}/export", "/contracts/schema"
BEGAN = (1980, 1, 1, 0, 0, 0)
"""The time of every file of an export, so that equal ledgers are equal archives."""


def contract_routes() -> APIRouter:
    """Return the routes."""
    router = APIRouter(redirect_slashes=False)
    for path, method, endpoint in (
        (SYNC, "POST", _sync), (CHECK, "POST", _check), (CONCEPTS, "GET", _concepts), (EXPORT, "GET", _export), (SCHEMA, "GET", _schema),
    ):  # fmt: skip
        router.add_api_route(path, endpoint, methods=[method], include_in_schema=False, response_model=None)
    return router


async def _sync(request: Request) -> Response:
    return await _with_report(request, "contract_sync")


async def _check(request: Request) -> Response:
    return await _with_report(request, "contract_check")


async def _with_report(request: Request, tool: str) -> Response:
    """Ask a tool for the namespace of the address, whose metadata the body may leave out but for the name and the id."""
    asked = SERVED[tool]
    who = await allowed(asked, request)
    given_in_address(asked, request)
    body, prefix = await request.body() or b"{}", request.path_params["prefix"]
    return await answered(who, request, asked, lambda: _checked(asked.asks.model_validate(_named(body, prefix)), prefix))


async def _concepts(request: Request) -> Response:
    asked = SERVED["contract_list"]
    who = await allowed(asked, request)
    given = given_in_address(asked, request)
    if "prefix" in given:
        raise misfit(["prefix"], "it stands in the path already")
    return await answered(who, request, asked, lambda: asked.asks.model_validate({**given, "prefix": request.path_params["prefix"]}))


async def _export(request: Request) -> Response:
    who, columns = await asking(request), PROFILES[0]
    for name, value in request.query_params.multi_items():
        if name != "columns" or value not in PROFILES:
            raise misfit([name], "the one parameter is columns, and seed or head")
        columns = value

    def work(ledger: Ledger, _: Caller) -> Response:
        prefix = request.path_params["prefix"]
        archive = BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
            for name, content in written(ledger.contracts.tables(prefix), columns).items():
                files.writestr(zipfile.ZipInfo(name, BEGAN), content, zipfile.ZIP_DEFLATED)
        headers = {"Content-Disposition": 'attachment; filename="ledger.zip"', "X-Content-Type-Options": "nosniff"}
        return Response(archive.getvalue(), media_type="application/zip", headers=headers)

    return await who.run(work)


async def _schema(request: Request) -> Response:
    await asking(request)
    for name in request.query_params:
        raise misfit([name], "there is no such parameter")
    return packed(json.dumps(DiffReport.model_json_schema()).encode(), request.headers.get("accept-encoding", ""))


def _named(body: bytes, prefix: str) -> Mapping[str, Any]:
    """Read a body; metadata without a prefix of their own are those of the address."""
    try:
        told = from_json(body)
    except ValueError as error:
        raise ValidationError(f"not JSON: {error}") from None
    if not isinstance(told, dict):
        raise ValidationError("what is sent is a JSON object")
    if isinstance(metadata := told.get("metadata"), dict):
        told["metadata"] = {"preferred_prefix": prefix, **metadata}
    return told


def _checked(asked: Any, prefix: str) -> Any:
    metadata: Metadata = asked.metadata
    if metadata.prefix != prefix.lower():
        raise ValidationError(f"metadata: they are of {metadata.prefix!r}, and the address names {prefix!r}")
    return asked

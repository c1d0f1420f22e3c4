"""``/registry/models...``: model versions by their addresses, and their bytes, in parts both ways."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from pydantic_core import from_json, to_json
from starlette.requests import Request
from starlette.responses import Response

from graph_ledger.errors import ModelNotFoundError, ValidationError
from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.open_artifact import open_artifact, store_read
from graph_ledger.surfaces.rest.artifact_body import taken_in
from graph_ledger.surfaces.rest.artifact_sent import sent
from graph_ledger.surfaces.rest.asking import asking
from graph_ledger.surfaces.rest.problems import misfit
from graph_ledger.surfaces.rest.registry_told import model_told, version_told
from graph_ledger.surfaces.tools.caller import Caller
from graph_ledger.surfaces.tools.catalogue import SERVED

MODELS = "/registry/models"
ONE = f"{MODELS}/{{name}}"
VERSIONS = f"{ONE}/versions"
VERSION = f"{VERSIONS}/{{version}}"
STAGE, ARTIFACT = f"{VERSION}/stage", f"{VERSION}/artifact"
Json = Mapping[str, Any]


def registry_routes() -> APIRouter:
    """Return the routes; what they answer is ``to_dict()`` of the library's values, and beside it what the bytes are."""
    router = APIRouter(redirect_slashes=False)
    for path, method, endpoint in (
        (MODELS, "GET", _models), (MODELS, "POST", _register), (ONE, "GET", _model), (VERSIONS, "GET", _versions),
        (VERSIONS, "POST", _register), (VERSION, "GET", _version), (VERSION, "DELETE", _delete), (STAGE, "POST", _stage),
        (ARTIFACT, "GET", _bytes), (ARTIFACT, "PUT", _store),
    ):  # fmt: skip
        router.add_api_route(path, endpoint, methods=[method], include_in_schema=False, response_model=None)
    return router


async def _models(request: Request) -> Response:
    _plain(request)
    return await _told(request, lambda ledger, _: {"models": ledger.registry.list_models()})


async def _model(request: Request) -> Response:
    _plain(request)
    name = request.path_params["name"]
    return await _told(request, lambda ledger, _: model_told(_there(ledger.registry.get_model(name), name)))


async def _versions(request: Request) -> Response:
    _plain(request)
    name = request.path_params["name"]
    return await _told(request, lambda ledger, _: {"versions": [version_told(each) for each in ledger.registry.list_versions(name)]})


async def _version(request: Request) -> Response:
    _plain(request)
    return await _told(request, lambda ledger, _: version_told(_there(ledger.registry.get_version(*_named(request)), _full(request))))


async def _register(request: Request) -> Response:
    given = await _given(request, "writer", **_parts(request))

    def work(ledger: Ledger, caller: Caller) -> Json:
        return version_told(_called("registry_register", ledger, given, caller))

    return await _told(request, work, HTTPStatus.CREATED)


async def _stage(request: Request) -> Response:
    given = await _given(request, "writer", **_parts(request))

    def work(ledger: Ledger, caller: Caller) -> Json:
        return version_told(_there(_called("registry_stage", ledger, given, caller).version, _full(request)))

    return await _told(request, work)


async def _delete(request: Request) -> Response:
    given = {**await _given(request, "writer"), **_parts(request)}

    def work(ledger: Ledger, caller: Caller) -> Json:
        if not _called("registry_delete", ledger, given, caller).done:
            raise ModelNotFoundError(_full(request))
        return {"deleted": _full(request)}

    return await _told(request, work)


async def _bytes(request: Request) -> Response:
    _plain(request)

    def work(ledger: Ledger, _: Caller) -> Response:
        with store_read(ledger):
            file, sha256, size = _there(open_artifact(ledger, *_named(request)), f"{_full(request)} with bytes")
            return sent(file, _full(request), sha256, size)

    return await (await asking(request)).run(work)


async def _store(request: Request) -> Response:
    _plain(request)
    who = await asking(request)
    who.caller.check("writer")
    name, version = _named(request)
    store, _ = await who.run(lambda ledger, _: (ledger.registry.store, _there(ledger.registry.get_version(name, version), _full(request))))
    async with taken_in(request, store, who.service) as staged:
        actor = who.caller.name or "user"
        return await _told(
            request,
            lambda ledger, _: version_told(_there(ledger.registry.store_artifact(name, version, staged, actor=actor), _full(request))),
        )


async def _told(request: Request, work: Callable[[Ledger, Caller], Json], status: HTTPStatus = HTTPStatus.OK) -> Response:
    found = await (await asking(request)).run(work)
    return Response(to_json(found), status, media_type="application/json")


async def _given(request: Request, role: Any, **named: str) -> dict[str, Any]:
    """Return what a request carries, of somebody who may send it."""
    who = await asking(request)
    who.caller.check(role)
    _plain(request)
    try:
        body = from_json(await request.body() or b"{}")
    except ValueError as error:
        raise ValidationError(f"not JSON: {error}") from None
    if not isinstance(body, dict):
        raise ValidationError("what is sent is a JSON object")
    for name, value in named.items():
        if body.get(name, value) != value:
            raise misfit([name], "the address names another one")
    return {**body, **named}


def _called(tool: str, ledger: Ledger, given: Json, caller: Caller) -> Any:
    asked = SERVED[tool].read(given)
    return SERVED[tool].call(ledger, asked, caller)


def _plain(request: Request) -> None:
    for name in request.query_params:
        raise misfit([name], "there is no such parameter")


def _parts(request: Request) -> dict[str, str]:
    return {name: str(value) for name, value in request.path_params.items()}


def _named(request: Request) -> tuple[str, str]:
    return request.path_params["name"], request.path_params["version"]


def _full(request: Request) -> str:
    return ":".join(_named(request))


def _there(found: Any, name: str) -> Any:
    if found is None:
        raise ModelNotFoundError(name)
    return found

"""The application: the routes behind their gate."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response

from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.rest.contract_routes import contract_routes
from graph_ledger.surfaces.rest.docs_page import docs_routes
from graph_ledger.surfaces.rest.doorkeeper import Doorkeeper
from graph_ledger.surfaces.rest.explorer import explorer_routes
from graph_ledger.surfaces.rest.gate import Gate
from graph_ledger.surfaces.rest.health import health_routes
from graph_ledger.surfaces.rest.lineage_route import lineage_route
from graph_ledger.surfaces.rest.metrics import Metrics
from graph_ledger.surfaces.rest.options import Options
from graph_ledger.surfaces.rest.problems import response_of
from graph_ledger.surfaces.rest.registry_routes import registry_routes
from graph_ledger.surfaces.rest.service import Opener, Service
from graph_ledger.surfaces.rest.tool_routes import tool_routes
from graph_ledger.surfaces.version import installed_version

CORS_SECONDS = 600


def create_app(ledger: Ledger | Opener, options: Options | None = None) -> FastAPI:
    """Make the service of a ledger, for uvicorn or any other ASGI server.

    Args:
        ledger: The ledger, which stays open when the service ends; or what opens one, called at the first question, in which
            case the service closes it.
        options: Limits, and whom it answers. None: the defaults.

    Source: ``docs/rest.md``.
    """
    service, metrics, version = Service(ledger, options or Options()), Metrics(), installed_version() or "0"

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        service.close()

    app = FastAPI(
        title="graph-ledger", version=version, docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan,
        redirect_slashes=False,
    )  # fmt: skip
    app.state.service = service
    app.state.doorkeeper = doorkeeper = Doorkeeper(service)
    app.add_middleware(Gate, service=service, doorkeeper=doorkeeper, metrics=metrics)
    for kind in (HTTPException, RequestValidationError):
        app.add_exception_handler(kind, _problem)
    inbox = service.options.inbox
    routers = (health_routes(metrics), docs_routes(version), explorer_routes(), tool_routes(), contract_routes(), registry_routes())
    for router in (*routers, *([] if inbox is None else [lineage_route(inbox)])):
        app.router.routes.extend(router.routes)
    if service.options.origins:
        app.add_middleware(
            CORSMiddleware, allow_origins=service.options.origins, allow_methods=["GET", "POST", "PUT", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "X-API-Key"], max_age=CORS_SECONDS,
        )  # fmt: skip
    return app


async def _problem(_: Request, error: Exception) -> Response:
    return response_of(error)

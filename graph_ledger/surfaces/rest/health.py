"""Health: whether the process is up, whether it can answer, and what it counts."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from graph_ledger.database.migrations import MIGRATIONS
from graph_ledger.errors import DatabaseError
from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.rest.asking import asking
from graph_ledger.surfaces.rest.metrics import CONTENT_TYPE, Metrics
from graph_ledger.surfaces.rest.packing import packed


def health_routes(metrics: Metrics) -> APIRouter:
    """Return the routes that machines ask."""
    router = APIRouter(redirect_slashes=False, include_in_schema=False)

    async def health() -> Response:
        return packed(b'{"status":"up"}', "")

    async def ready(request: Request) -> Response:
        await request.app.state.service.run(_check)
        return packed(b'{"status":"ready"}', "")

    async def numbers(request: Request) -> Response:
        await asking(request)
        return packed(metrics.text(), request.headers.get("accept-encoding", ""), media_type=CONTENT_TYPE)

    for path, endpoint in (("/health", health), ("/ready", ready), ("/metrics", numbers)):
        router.add_api_route(path, endpoint, methods=["GET"], response_model=None)
    return router


def _check(ledger: Ledger) -> None:
    """Ask whether the database answers at once, with the schema that this version needs."""
    ledger.database.verify()
    number = int(ledger.database.read("database/migrated")["number"])
    if number != len(MIGRATIONS):
        raise DatabaseError(f"the schema has number {number}, and this version needs {len(MIGRATIONS)}")

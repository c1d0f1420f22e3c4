"""``POST /api/v1/lineage``: where OpenLineage's clients send to."""

import json
import logging
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from graph_ledger.errors import ValidationError
from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.rest.asking import asking
from graph_ledger.surfaces.rest.lineage_events import LineageEvents
from graph_ledger.surfaces.rest.packing import packed
from graph_ledger.surfaces.rest.problems import RefusedError, misfit
from graph_ledger.surfaces.tools.caller import Caller

PATH = "/api/v1/lineage"
LOG = logging.getLogger("graph_ledger")


def lineage_route(inbox: Path) -> APIRouter:
    """Return the route; the inbox is made when the service is."""
    events, router = LineageEvents(inbox), APIRouter(redirect_slashes=False)

    async def lineage(request: Request) -> Response:
        who = await asking(request)
        for name in request.query_params:
            raise misfit([name], "there is no such parameter")
        body = await request.body()

        def work(ledger: Ledger, caller: Caller) -> Response:
            caller.check("writer")
            try:
                models = events.take(ledger, caller, _event(body))
            except ValidationError as error:
                raise RefusedError(HTTPStatus.BAD_REQUEST, str(error)) from None
            except OSError as error:
                LOG.error("an event was not kept", exc_info=error)  # noqa: TRY400  # its path is for the log alone
                raise RefusedError(HTTPStatus.INSUFFICIENT_STORAGE, "it could not be kept") from None
            return packed(json.dumps({"models": models}).encode(), "", status=HTTPStatus.CREATED)

        return await who.run(work)

    router.add_api_route(PATH, lineage, methods=["POST"], include_in_schema=False, response_model=None)
    return router


def _event(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ValidationError(f"not JSON: {str(error) or 'nested too deep'}") from None

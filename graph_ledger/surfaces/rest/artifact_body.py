"""Artifact body: bytes that a request sends, taken in part by part; memory holds one of them."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import BinaryIO, cast

from starlette.requests import Request
from starlette.types import Scope

from graph_ledger.errors import OverBudgetError
from graph_ledger.registry.stores.store import PART, ModelStore, Staged
from graph_ledger.surfaces.rest.arriving import Arriving
from graph_ledger.surfaces.rest.artifact_sent import OCTETS
from graph_ledger.surfaces.rest.problems import RefusedError
from graph_ledger.surfaces.rest.service import Service

BEGIN, END = "/registry/models/", "/artifact"


def is_artifact(scope: Scope) -> bool:
    """Whether a request sends the bytes of a version, which the route itself reads."""
    path = str(scope["path"])
    return scope["method"] == "PUT" and path.startswith(BEGIN) and path.endswith(END)


@asynccontextmanager
async def taken_in(request: Request, store: ModelStore, service: Service) -> AsyncIterator[Staged]:
    """Take bytes into a store as they come, where no version has them yet; forget them unless one gets them.

    Raises:
        RefusedError: They are called something else, or came too slowly.
        OverBudgetError: There are too many.
    """
    if request.headers.get("content-type", OCTETS).partition(";")[0].strip().lower() != OCTETS or "content-encoding" in request.headers:
        raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"the bytes of a version are sent as {OCTETS}, not packed")
    options, length = service.options, request.headers.get("content-length", "0")
    if length.isdigit() and int(length[:20]) > options.max_artifact_bytes:
        raise OverBudgetError("bytes", options.max_artifact_bytes, int(length[:20]))
    arriving = Arriving(request.stream(), options.max_artifact_bytes, options.patience)
    try:
        staged = await service.take_in(lambda: store.stage(cast("BinaryIO", io.BufferedReader(arriving, PART))))
    finally:
        arriving.give_up()
    try:
        yield staged
    finally:
        await asyncio.to_thread(store.discard, staged)

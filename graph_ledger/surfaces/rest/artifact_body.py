"""Artifact body: bytes that a request sends, taken in part by part; memory holds one of them."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import BinaryIO, cast

from starlette.requests import Request
from starlette.types import Scope

from graph_ledger.errors import OverBudgetError
from graph_ledger.registry.stores.store import ModelStore, Staged
from graph_ledger.surfaces.rest.options import Options
from graph_ledger.surfaces.rest.problems import RefusedError

OCTETS, BEGIN, END = "application/octet-stream", "/registry/models/", "/artifact"
IN_MEMORY = 1 << 20


def is_artifact(scope: Scope) -> bool:
    """Whether a request sends the bytes of a version, which the route itself reads."""
    path = str(scope["path"])
    return scope["method"] == "PUT" and path.startswith(BEGIN) and path.endswith(END)


@asynccontextmanager
async def taken_in(request: Request, store: ModelStore, options: Options) -> AsyncIterator[Staged]:
    """Take bytes into a store, where no version has them yet; forget them unless one gets them.

    Raises:
        RefusedError: They are called something else, or came too slowly.
        OverBudgetError: There are too many.
    """
    if request.headers.get("content-type", OCTETS).partition(";")[0].strip().lower() != OCTETS or "content-encoding" in request.headers:
        raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"the bytes of a version are sent as {OCTETS}, not packed")
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length[:20]) > options.max_artifact_bytes:
        raise OverBudgetError("bytes", options.max_artifact_bytes, int(length[:20]))
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as kept:
        await _read(request, cast("BinaryIO", kept), options)
        kept.seek(0)
        staged = await asyncio.to_thread(store.stage, cast("BinaryIO", kept))
    try:
        yield staged
    finally:
        await asyncio.to_thread(store.discard, staged)


async def _read(request: Request, kept: BinaryIO, options: Options) -> None:
    size, parts = 0, request.stream()
    while True:
        try:
            part = await asyncio.wait_for(anext(parts, None), options.patience)
        except asyncio.TimeoutError:
            raise RefusedError(HTTPStatus.REQUEST_TIMEOUT, "it came too slowly", {"Connection": "close"}) from None
        if part is None:
            return
        size += len(part)
        if size > options.max_artifact_bytes:
            raise OverBudgetError("bytes", options.max_artifact_bytes)
        if part:
            await asyncio.to_thread(kept.write, part)

"""Body: what a request carries, read whole within its bounds, unpacked, and handed on."""

import asyncio
import zlib
from collections.abc import Mapping
from http import HTTPStatus

from starlette.types import Message, Receive, Scope

from graph_ledger.errors import OverBudgetError
from graph_ledger.surfaces.rest.options import Options
from graph_ledger.surfaces.rest.problems import RefusedError

WITH_BODY = frozenset({"POST", "PUT", "PATCH", "DELETE"})
GZIP = 16 + zlib.MAX_WBITS
JSON = b"application/json"
FORMS = {"/explore/sign-in": b"application/x-www-form-urlencoded"}
"""What a form of a page sends; everything else is JSON, which no form of a stranger's page can send."""


def headers_of(scope: Scope) -> Mapping[bytes, bytes]:
    """Return the headers of a request, names in lower case."""
    return dict(scope["headers"])


async def read_body(scope: Scope, receive: Receive, options: Options) -> bytes:
    """Return the body of a request.

    Raises:
        RefusedError: It is no JSON by its name, came too slowly, or is packed in a way that is not known.
        OverBudgetError: It is too long.
    """
    headers = headers_of(scope)
    length = headers.get(b"content-length", b"0")
    if length.isdigit() and int(length[:20]) > options.max_bytes:
        raise OverBudgetError("bytes", options.max_bytes, int(length[:20]))
    try:
        body = await asyncio.wait_for(_read(receive, options), options.body_seconds)
    except asyncio.TimeoutError:
        raise _slow() from None
    wanted = FORMS.get(scope["path"], JSON)
    if body and headers.get(b"content-type", b"").partition(b";")[0].strip().lower() != wanted:
        raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "what is sent is application/json")
    coding = headers.get(b"content-encoding", b"identity").strip().lower()
    if coding == b"gzip":
        return await asyncio.to_thread(_unpacked, body, options.max_bytes)
    if coding not in {b"identity", b""}:
        raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "what is sent may be packed as gzip, and in no other way")
    return body


def replayed(body: bytes, receive: Receive) -> Receive:
    """Return a way to receive a body that was read already."""
    rest: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receiving() -> Message:
        return rest.pop() if rest else await receive()

    return receiving


async def _read(receive: Receive, options: Options) -> bytes:
    parts, size, more = [], 0, True
    while more:
        try:
            message = await asyncio.wait_for(receive(), options.patience)
        except asyncio.TimeoutError:
            raise _slow() from None
        part, more = message.get("body", b""), message.get("more_body", False)
        size += len(part)
        if size > options.max_bytes:
            raise OverBudgetError("bytes", options.max_bytes)
        parts.append(part)
    return b"".join(parts)


def _slow() -> RefusedError:
    return RefusedError(HTTPStatus.REQUEST_TIMEOUT, "it came too slowly", {"Connection": "close"})


def _unpacked(body: bytes, most: int) -> bytes:
    unpacking = zlib.decompressobj(GZIP)
    try:
        found = unpacking.decompress(body, most + 1)
    except zlib.error:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "it says it is gzip, and is not") from None
    if len(found) > most:
        raise OverBudgetError("bytes", most)
    if not unpacking.eof or unpacking.unused_data:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "it says it is gzip, and does not end as that does")
    return found

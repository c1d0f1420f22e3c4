"""Incoming: bytes that a service sends, read as of a file, and checked on the way."""

import io
import re
from hashlib import sha256
from typing import Any

import httpx

from graph_ledger.errors import ArtifactError, ServiceAwayError
from graph_ledger.remote.failures import no_answer, reason

PART = 1 << 20
NAMED = re.compile(r'(?:W/)?"([0-9a-f]{64})"')
"""An ETag that is the SHA-256 of what is sent."""


class Incoming(io.RawIOBase):
    """The body of a response, as a file; its end is an error where all that came is not what was registered.

    Raises:
        DatabaseError: The response does not say what was.
    """

    def __init__(self, response: httpx.Response, uri: str, what: str) -> None:
        self._response, self._uri, self._what = response, uri, what
        named, length = NAMED.fullmatch(response.headers.get("etag", "")), response.headers.get("content-length", "")
        if named is None:
            response.close()
            raise no_answer(uri, "bytes without their SHA-256")
        self.sha256, self.size = named[1], int(length) if length.isdigit() else None
        self._parts, self._rest, self._digest = response.iter_bytes(PART), b"", sha256()

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what has come, as much as there is room for.

        Raises:
            ServiceAwayError: The connection broke.
            ArtifactError: That was all, and it is not what was registered.
        """
        self._rest = self._rest or self._next()
        part, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)

    def close(self) -> None:
        """Give the connection back."""
        self._response.close()
        super().close()

    def _next(self) -> bytes:
        try:
            part = next(self._parts, b"")
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise ServiceAwayError(self._uri, reason(error)) from None
        self._digest.update(part)
        if not part and self._digest.hexdigest() != self.sha256:
            raise ArtifactError(self._what, self.sha256, self._digest.hexdigest())
        return part

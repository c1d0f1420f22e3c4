"""Incoming: bytes that a service sends, read as of a file, and checked on the way."""

import re
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256

import httpx

from graph_ledger.errors import ArtifactError, GraphLedgerError, ServiceAwayError
from graph_ledger.remote.failures import no_answer, reason
from graph_ledger.values.in_parts import InParts

PART = 1 << 20
NAMED = re.compile(r'(?:W/)?"([0-9a-f]{64})"')
"""An ETag that is the SHA-256 of what is sent."""


class Incoming(InParts):
    """The body of a response, as a file; its end is an error where all that came is not what was registered.

    Args:
        response: The response.
        uri: The service.
        what: Of what they are.
        found: Says which SHA-256 the bytes have that lie there; asked where a service breaks off, as it does when it is a wrong one.

    Raises:
        DatabaseError: The response does not say what was.
    """

    def __init__(self, response: httpx.Response, uri: str, what: str, found: Callable[[], str | None]) -> None:
        self._response, self._uri, self._what, self._found = response, uri, what, found
        named, length = NAMED.fullmatch(response.headers.get("etag", "")), response.headers.get("content-length", "")
        if named is None:
            response.close()
            raise no_answer(uri, "bytes without their SHA-256")
        self.sha256, self.size = named[1], int(length) if length.isdigit() else None
        self._parts, self._digest = response.iter_bytes(PART), sha256()

    def close(self) -> None:
        """Give the connection back."""
        self._response.close()
        super().close()

    def _next(self) -> bytes:
        """Return the next part.

        Raises:
            ServiceAwayError: The connection broke.
            ArtifactError: That was all, and it is not what was registered.
        """
        try:
            part = next(self._parts, b"")
        except httpx.RemoteProtocolError as error:
            raise self._broken_off(reason(error)) from None
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise ServiceAwayError(self._uri, reason(error)) from None
        self._digest.update(part)
        if not part and self._digest.hexdigest() != self.sha256:
            raise ArtifactError(self._what, self.sha256, self._digest.hexdigest())
        return part

    def _broken_off(self, why: str) -> GraphLedgerError:
        """Return why not all came: what lies there is something else, or the connection did not last."""
        with suppress(GraphLedgerError):
            found = self._found()
            if found is not None and found != self.sha256:
                return ArtifactError(self._what, self.sha256, found)
        return ServiceAwayError(self._uri, why)

"""A small receiver of OpenLineage's events for this machine: what its clients send over HTTP is kept for the connector."""

import json
import os
import zlib
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from typing_extensions import Self

from graph_ledger.connectors.openlineage_reading.inbox import Inbox
from graph_ledger.errors import ValidationError

PATH = "/api/v1/lineage"
"""Where OpenLineage's clients send to, unless they are told otherwise."""
LARGEST = 16 * 1024 * 1024
"""Most bytes of one event, unpacked; the longest line that the connector reads."""
PATIENCE = 10
"""Seconds that a sender may be silent."""
GZIP = 16 + zlib.MAX_WBITS
HERE = frozenset({"127.0.0.1", "localhost"})


class RefusedError(Exception):
    """What was sent is not taken; the status says why."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        self.status = status
        super().__init__(reason)


class OpenLineageReceiver:
    """Listens on this machine alone, and keeps every event that it accepts in a folder.

    Use it in a ``with``. A sender gets 201 when its event is on the disk, 400 with the reason when it is none.

    Args:
        folder: Where the events are kept; `openlineage_connector` reads it.
        port: Where to listen; 0: any free port, which ``url`` names.

    Raises:
        ValidationError: The folder cannot be made, or the port is taken.
    Source: ``docs/connectors/openlineage.md``, over HTTP.

    >>> import httpx
    >>> with OpenLineageReceiver("received") as receiver:
    ...     httpx.post(f"{receiver.url}/api/v1/lineage", json={"eventTime": "noon"}, trust_env=False).status_code
    400
    """

    def __init__(self, folder: str | os.PathLike[str], *, port: int = 0) -> None:
        self.inbox = Inbox(folder)
        try:
            self._server = _Server(("127.0.0.1", port), _Handler)
        except (OSError, OverflowError) as error:
            raise ValidationError(f"nothing can listen on port {port}: {error}") from error
        self._server.inbox = self.inbox
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def url(self) -> str:
        """What a client is told as its ``url``."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    inbox: Inbox

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a sender that went away."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = PATIENCE

    def do_POST(self) -> None:
        """Take one event."""
        try:
            self._check()
            self.server.inbox.keep(_event(self._body()))
        except RefusedError as refused:
            self._answer(refused.status, str(refused))
        except ValidationError as error:
            self._answer(HTTPStatus.BAD_REQUEST, str(error))
        except OSError as error:
            self._answer(HTTPStatus.INSUFFICIENT_STORAGE, f"it could not be kept: {error.strerror or error}")
        else:
            self._answer(HTTPStatus.CREATED, "")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is http.server's
        """Say nothing: what was sent is nobody's business but the folder's."""

    def _check(self) -> None:
        """Refuse what does not come from a client of OpenLineage; a page in a browser on this machine is none."""
        if self.path.partition("?")[0].rstrip("/") != PATH:
            raise RefusedError(HTTPStatus.NOT_FOUND, f"events are sent to {PATH}")
        if str(self.headers.get("Host")).partition(":")[0] not in HERE:
            raise RefusedError(HTTPStatus.FORBIDDEN, "this receiver is for senders on its own machine")
        if self.headers.get_content_type() != "application/json":
            raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "an event is application/json")

    def _body(self) -> bytes:
        length = str(self.headers.get("Content-Length"))
        if not length.isdecimal():
            raise RefusedError(HTTPStatus.LENGTH_REQUIRED, "say how long the event is")
        if len(length) > len(str(LARGEST)) or int(length) > LARGEST:
            raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"an event has at most {LARGEST:,} bytes")
        try:
            body = self.rfile.read(int(length))
        except TimeoutError:
            raise RefusedError(HTTPStatus.REQUEST_TIMEOUT, f"nothing came for {PATIENCE} seconds") from None
        return _unpacked(body) if self.headers.get("Content-Encoding") == "gzip" else body

    def _answer(self, status: HTTPStatus, reason: str) -> None:
        body = json.dumps({"error": reason}).encode() if reason else b""
        self.close_connection = self.close_connection or status is not HTTPStatus.CREATED
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _unpacked(body: bytes) -> bytes:
    unpacking = zlib.decompressobj(GZIP)
    try:
        found = unpacking.decompress(body, LARGEST)
    except zlib.error as error:
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"not gzip: {error}") from error
    if unpacking.unconsumed_tail:
        raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"an event has at most {LARGEST:,} bytes")
    return found


def _event(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"not JSON: {str(error) or 'nested too deep'}") from None

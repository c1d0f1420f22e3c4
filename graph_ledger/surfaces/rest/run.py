"""Run: the service on uvicorn, from its first request to the last one before it is told to end."""

import logging
import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp

from graph_ledger.errors import ValidationError

IDLE = 15
"""Seconds that a connection is kept without a request."""
LAST = 20
"""Seconds for the requests that are being answered when the service is told to end."""
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address; port 0 is any free one.

    Raises:
        ValidationError: The address is none of this machine, or is taken.
    """
    try:
        family, kind, number, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        found = socket.socket(family, kind, number)
    except (OSError, OverflowError, UnicodeError) as error:
        raise ValidationError(f"nothing can listen at {host}: {error}") from None
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind(address)
        found.listen(2048)
    except OSError as error:
        found.close()
        raise ValidationError(f"nothing can listen at {host}, port {port}: {error.strerror}") from None
    return found


def address_of(listener: socket.socket) -> str:
    """Return where a socket listens, as an address of the web."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def run(app: ASGIApp, listener: socket.socket, *, connections: int, ready: Callable[[], None]) -> None:
    """Answer until the process is told to end; what is being answered then is answered first."""
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, proxy_headers=False, ws="none", timeout_keep_alive=IDLE,
        timeout_graceful_shutdown=LAST, limit_concurrency=connections,
    )  # fmt: skip
    server = _Told(config, ready)
    with suppress(KeyboardInterrupt):  # told a second time
        server.run([listener])


class _Told(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets)
        self._ready()

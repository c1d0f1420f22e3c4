"""Listening: the server on uvicorn, which comes with the protocol, until the process is told to end."""

import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp

from graph_ledger.errors import ValidationError

LAST = 5
"""Seconds for the requests that are being answered when the process is told to end."""


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address; port 0 is any free one.

    Raises:
        ValidationError: The address is none of this machine, or is taken.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
        return socket.create_server((host, port), family=family)
    except (OSError, UnicodeError) as error:
        raise ValidationError(f"nothing can listen at {host}, port {port}: {getattr(error, 'strerror', None) or error}") from None


def run(app: ASGIApp, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Answer until the process is told to end."""
    config = uvicorn.Config(
        app, log_level="warning", log_config=None, access_log=False, server_header=False, proxy_headers=False, ws="none",
        timeout_graceful_shutdown=LAST,
    )  # fmt: skip
    with suppress(KeyboardInterrupt):
        _Told(config, ready).run([listener])


class _Told(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets)
        self._ready()

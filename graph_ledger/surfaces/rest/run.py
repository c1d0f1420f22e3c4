"""Run: the service on uvicorn, from its first request to the last one before it is told to end."""

import logging
import socket
import sys
from collections.abc import Callable
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp

from graph_ledger.errors import ValidationError
from graph_ledger.surfaces.rest.patience import Patient

IDLE = 15
"""Seconds that a connection is kept without a request."""
LAST = 20
"""Seconds for the requests that are being answered when the service is told to end."""
OTHER_FILES = 256
"""Files that a process has open beside its connections: those to the database among them."""
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
        timeout_graceful_shutdown=LAST, limit_concurrency=_room(connections), http=Patient,
    )  # fmt: skip
    server = _Told(config, ready)
    with suppress(KeyboardInterrupt):  # told a second time
        server.run([listener])


def _room(connections: int) -> int:
    """Let the process have so many connections open, and return how many of them the system grants."""
    if sys.platform == "win32":
        return connections
    import resource

    granted, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + OTHER_FILES
    if granted < wanted:
        granted = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(resource.RLIMIT_NOFILE, (granted, most))
    return max(1, min(connections, granted - OTHER_FILES))


class _Told(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets)
        self._ready()

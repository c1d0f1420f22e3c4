"""Run: the service on uvicorn, from its first request to the last one before it is told to end."""

import logging
import socket
import sys
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from graph_ledger.surfaces.listening import answer
from graph_ledger.surfaces.rest.patience import Patient

IDLE = 15
"""Seconds that a connection is kept without a request."""
LAST = 20
"""Seconds for the requests that are being answered when the service is told to end."""
OTHER_FILES = 256
"""Files that a process has open beside its connections: those to the database among them."""


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
    answer(config, listener, ready)


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

"""Run: the server on uvicorn, which comes with the protocol, until the process is told to end."""

import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from graph_ledger.surfaces.listening import answer

LAST = 5
"""Seconds for the requests that are being answered when the process is told to end."""


def run(app: ASGIApp, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Answer until the process is told to end."""
    config = uvicorn.Config(
        app, log_level="warning", log_config=None, access_log=False, server_header=False, proxy_headers=False, ws="none",
        timeout_graceful_shutdown=LAST,
    )  # fmt: skip
    answer(config, listener, ready)

"""Standard input and output: the server of one client, which ends with it."""

import os
import signal
import sys
import threading
from typing import Any

import anyio
from mcp.server import Server
from mcp.server.stdio import stdio_server

from graph_ledger.surfaces.mcp.opened import Opened


def serve(server: Server[Any], opened: Opened) -> None:
    """Serve until the client closes its end; nothing but the protocol is ever written to standard output."""
    if threading.current_thread() is threading.main_thread():
        # A thread that waits for the client's next line can be woken by nothing else.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        anyio.run(_serve, server)
    except Exception as error:
        if not _hung_up(error):
            raise
    if _at_work():
        # What is still asked for is asked for nobody: the database undoes what it has not finished.
        sys.stderr.flush()
        os._exit(0)
    opened.close()


async def _serve(server: Server[Any]) -> None:
    async with stdio_server() as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())


def _hung_up(error: BaseException) -> bool:
    """Whether all that went wrong is that the client has gone before its answer came."""
    inside: tuple[BaseException, ...] = getattr(error, "exceptions", ())
    return all(map(_hung_up, inside)) if inside else isinstance(error, (BrokenPipeError, anyio.BrokenResourceError))


def _at_work() -> bool:
    return any(each is not threading.current_thread() and not each.daemon for each in threading.enumerate())

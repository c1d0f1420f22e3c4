"""Listening: a socket at an address, and uvicorn on it until the process is told to end."""

import os
import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from graph_ledger.errors import ValidationError

WAITING = 2_048
"""Connections that wait to be accepted."""


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
    if os.name == "posix":  # elsewhere it would let two listen at one address
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind(address)
        found.listen(WAITING)
    except OSError as error:
        found.close()
        raise ValidationError(f"nothing can listen at {host}, port {port}: {error.strerror}") from None
    return found


def answer(config: uvicorn.Config, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Answer until the process is told to end."""
    with suppress(KeyboardInterrupt):  # told a second time
        Told(config, ready).run([listener])


class Told(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets)
        self._ready()

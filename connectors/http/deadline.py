"""End what is under way when the time of a reading is over, also where an answer never begins or never holds anything."""

import socket
from collections.abc import Mapping
from contextlib import suppress
from threading import TIMEOUT_MAX, Timer
from types import TracebackType
from typing import Any
from weakref import WeakSet

from typing_extensions import Self

OPENED = (".connect_tcp.complete", ".start_tls.complete")
"""Ends of the names of events with which a connection comes about."""


class Deadline:
    """Cuts the connections that it was told of after some seconds; use it in a ``with``."""

    def __init__(self, seconds: float) -> None:
        self._sockets: WeakSet[socket.socket] = WeakSet()
        self._timer = Timer(min(seconds, TIMEOUT_MAX), self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._timer.cancel()

    def note(self, event: str, information: Mapping[str, Any]) -> None:
        """Take in what the library that sends requests says it does."""
        if event.endswith(OPENED):
            found = information["return_value"].get_extra_info("socket")
            if isinstance(found, socket.socket):
                self._sockets.add(found)

    def _cut(self) -> None:
        for each in list(self._sockets):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

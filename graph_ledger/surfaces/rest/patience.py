"""Patience: how long a connection may be open without a request on it, which uvicorn itself does not bound before the first one."""

import asyncio
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

if TYPE_CHECKING:
    from uvicorn.protocols.http.h11_impl import H11Protocol as Protocol
else:
    Protocol = AutoHTTPProtocol

SECONDS = 15.0
"""Every so often each connection is looked at: one with no request since the last time, nor a whole head of one, is closed."""


class Patient(Protocol):
    """Waits for the head of a request, and not for ever."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to look at it."""
        super().connection_made(transport)
        self._look_again(object())

    def _look_again(self, seen: Any) -> None:
        self.loop.call_later(SECONDS, self._look, seen)

    def _look(self, seen: Any) -> None:
        """Close what has shown no request since; one that is being answered is left alone."""
        if self.transport.is_closing():
            return
        cycle = self.cycle
        answered = cycle is None or cycle.response_complete
        if answered and (cycle is None or cycle is seen):
            self.transport.close()
            return
        self._look_again(cycle)

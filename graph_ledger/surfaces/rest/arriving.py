"""Arriving: the body of a request as a file, read in a thread while it comes in the loop."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import Future
from http import HTTPStatus

from graph_ledger.errors import OverBudgetError
from graph_ledger.surfaces.rest.problems import RefusedError
from graph_ledger.values.in_parts import InParts


class Arriving(InParts):
    """Bytes as they come; each read waits for the sender, and for no longer than the sender may be silent.

    Args:
        parts: The body.
        most: Most bytes that it may have.
        patience: Seconds that the sender may be silent.

    Raises:
        RefusedError: The bytes came too slowly.
        OverBudgetError: There are too many.
    """

    def __init__(self, parts: AsyncIterator[bytes], most: int, patience: float) -> None:
        self._parts, self._most, self._patience = parts, most, patience
        self._loop = asyncio.get_running_loop()
        self._size, self._ended = 0, False
        self._coming: Future[bytes] | None = None

    def give_up(self) -> None:
        """Let whoever waits for more wait no longer."""
        self._ended = True
        if self._coming is not None:
            self._coming.cancel()

    def _next(self) -> bytes:
        """Wait for the next bytes, in a thread beside the loop."""
        if self._ended:
            return b""
        self._coming = asyncio.run_coroutine_threadsafe(self._sent(), self._loop)
        part = self._coming.result()
        self._ended = not part
        return part

    async def _sent(self) -> bytes:
        try:
            part = await asyncio.wait_for(self._some(), self._patience)
        except asyncio.TimeoutError:
            raise RefusedError(HTTPStatus.REQUEST_TIMEOUT, "it came too slowly", {"Connection": "close"}) from None
        self._size += len(part)
        if self._size > self._most:
            raise OverBudgetError("bytes", self._most)
        return part

    async def _some(self) -> bytes:
        async for part in self._parts:
            if part:
                return part
        return b""

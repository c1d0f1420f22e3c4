"""Threads: work done beside the loop, each piece for so long at most, never in more threads than there may be."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from graph_ledger.errors import DatabaseError, OverBudgetError

T = TypeVar("T")


class Threads:
    """Does work in threads. One whose answer does not come keeps its thread until it does, and nothing else.

    Args:
        most: How many threads there are.
        seconds: How long a piece of work may wait for one, and how long it may then take.
        grace: For how many seconds more it is waited for, as it should end by itself.
    """

    def __init__(self, most: int, seconds: float, grace: float) -> None:
        self._most, self._seconds, self._grace = most, seconds, grace
        self._pool = ThreadPoolExecutor(most, "graph-ledger")
        self._free = asyncio.Semaphore(most)
        self._stuck = 0

    async def run(self, work: Callable[[], T]) -> T:
        """Do something in a thread, in its turn.

        Raises:
            OverBudgetError: No thread was free in time, or the work did not end in time.
            DatabaseError: Every thread waits for an answer that does not come.
        """
        if self._stuck >= self._most:
            raise DatabaseError("every thread waits for an answer of the database that does not come")
        try:
            await asyncio.wait_for(self._free.acquire(), self._seconds)
        except asyncio.TimeoutError:
            raise OverBudgetError("requests", self._most) from None
        doing = asyncio.get_running_loop().run_in_executor(self._pool, work)
        doing.add_done_callback(lambda _: self._free.release())
        await asyncio.wait({doing}, timeout=self._seconds + self._grace)
        if not doing.done():
            self._stuck += 1
            doing.add_done_callback(self._ended)
            raise OverBudgetError("seconds", self._seconds)
        return doing.result()

    def _ended(self, doing: "asyncio.Future[Any]") -> None:
        self._stuck -= 1
        doing.exception()  # nobody else asks for it

"""Service: the ledger behind the routes, and how much of it is used at one time."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

from graph_ledger.database.deadline import deadline
from graph_ledger.errors import OverBudgetError, UnreachableError
from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.rest.options import Options
from graph_ledger.surfaces.rest.threads import Threads

T = TypeVar("T")
Opener = Callable[[], Ledger]
GRACE = 5.0
"""Seconds for which the database is still waited for when it should have ended the work: it looks for such every other second."""
DOUBT = 30.0
"""Seconds after a failure during which the database is asked first whether it is there: else each request would try for long."""


class Service:
    """Works on requests, each in a thread, within the limits."""

    def __init__(self, ledger: Ledger | Opener, options: Options) -> None:
        self.options = options
        self.busy = 0
        self._opener = None if isinstance(ledger, Ledger) else ledger
        self._ledger = ledger if isinstance(ledger, Ledger) else None
        self._opening, self._failed_at = Lock(), -DOUBT
        self._threads = Threads(options.threads, options.max_seconds, GRACE)
        self._taking = ThreadPoolExecutor(options.max_requests, "graph-ledger-bytes")

    async def run(self, work: Callable[[Ledger], T]) -> T:
        """Do something with the ledger in a thread, in its turn.

        Raises:
            OverBudgetError: Too many requests are there already, or it took too long.
            DatabaseError: The database is away.
        """
        if self.busy >= self.options.max_requests:
            raise OverBudgetError("requests", self.options.max_requests)
        self.busy += 1
        try:
            return await self._threads.run(lambda: self._bounded(work))
        finally:
            self.busy -= 1

    async def take_in(self, work: Callable[[], T]) -> T:
        """Do what takes as long as a sender takes, in a thread that nothing else waits for."""
        return await asyncio.get_running_loop().run_in_executor(self._taking, work)

    def close(self) -> None:
        """Close the ledger, where it was opened here."""
        if self._opener is not None and self._ledger is not None:
            self._ledger.close()
            self._ledger = None

    def opened(self) -> Ledger:
        """Return the ledger; it is opened when it is first asked for."""
        with self._opening:
            if self._ledger is None:
                assert self._opener is not None  # noqa: S101  # one of both was given
                self._ledger = self._opener()
            return self._ledger

    def _bounded(self, work: Callable[[Ledger], T]) -> T:
        try:
            with deadline(self.options.max_seconds):
                ledger = self.opened()
                if time.monotonic() - self._failed_at < DOUBT:
                    ledger.database.verify()
                    self._failed_at = -DOUBT
                return work(ledger)
        except UnreachableError:
            self._failed_at = time.monotonic()
            raise

"""Writes in batches that halve themselves when one does not fit the server's memory."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from graph_ledger.database.database import Database, Transaction
from graph_ledger.errors import BatchTooLargeError

Item = TypeVar("Item")
Result = TypeVar("Result")
BATCH = 2_000
"""Most nodes of one transaction, with all that hangs on them: 5,000 break a transaction pool of 256 MB."""


Work = Callable[[Transaction, Sequence[Item]], Result]


def write_in_batches(database: Database, items: Sequence[Item], work: Work[Item, Result], size: int = BATCH) -> Iterator[Result]:
    """Run ``work`` over slices of ``items``, each slice in a transaction of its own, and yield the results in order.

    Raises:
        BatchTooLargeError: One single item does not fit.
    """
    yield from _in_batches(database.write, items, work, size)


def rehearse_in_batches(database: Database, items: Sequence[Item], work: Work[Item, Result], size: int = BATCH) -> Iterator[Result]:
    """Run ``work`` as `write_in_batches` does, and keep nothing of it.

    Raises:
        BatchTooLargeError: One single item does not fit.
    """
    yield from _in_batches(database.rehearse, items, work, size)


def _in_batches(once: Callable[[Any], Any], items: Sequence[Item], work: Work[Item, Result], size: int) -> Iterator[Result]:
    for start in range(0, len(items), size):
        yield from _halving(once, items[start : start + size], work)


def _halving(once: Callable[[Any], Any], items: Sequence[Item], work: Work[Item, Result]) -> Iterator[Result]:
    waiting = [items]
    while waiting:
        batch = waiting.pop()
        try:
            yield once(lambda transaction, batch=batch: work(transaction, batch))
        except BatchTooLargeError:
            if len(batch) == 1:
                raise
            middle = len(batch) // 2
            waiting += [batch[middle:], batch[:middle]]

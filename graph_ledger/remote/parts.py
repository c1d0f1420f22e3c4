"""Parts: what is too much for one request, handed over in several."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from graph_ledger.errors import OverBudgetError

Item = TypeVar("Item")
Answer = TypeVar("Answer")


def in_parts(items: Sequence[Item], most: int, hand_over: Callable[[list[Item]], Answer]) -> Iterator[Answer]:
    """Hand over at most so many at a time; a part of which the service says that it is too long is halved, as nothing of it was done.

    Raises:
        OverBudgetError: One alone is too long; those before it were taken.
    """
    for start in range(0, len(items), most):
        part = list(items[start : start + most])
        try:
            yield hand_over(part)
        except OverBudgetError as error:
            if error.limit != "bytes" or len(part) == 1:
                raise
            yield from in_parts(part, -(-len(part) // 2), hand_over)

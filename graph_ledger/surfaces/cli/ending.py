"""Ending: a process that is told to end does what it has begun first, and stops at once when it is told again."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from types import FrameType


class Ending:
    """Whether the process was told to end; it is the handler of the signals itself."""

    def __init__(self) -> None:
        self.told = False
        self._woken: SimpleQueue[None] = SimpleQueue()  # the one lock that a handler may take while its thread waits for it

    def __call__(self, _: int, __: FrameType | None) -> None:
        """Remember that it was told; a second time, stop what is at work, which then gives back what it holds."""
        if self.told:
            raise KeyboardInterrupt
        self.told = True
        self._woken.put(None)

    def wait(self, seconds: float) -> None:
        """Wait so long, or until the process is told to end."""
        if seconds > 0 and not self.told:
            with suppress(Empty):
                self._woken.get(timeout=seconds)


@contextmanager
def told_to_end(*signals: signal.Signals) -> Iterator[Ending]:
    """Note these signals instead of being ended by them; a thread that is not the first gets none."""
    ending, before = Ending(), {}
    if threading.current_thread() is threading.main_thread():
        before = {each: signal.signal(each, ending) for each in signals}
    try:
        yield ending
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)

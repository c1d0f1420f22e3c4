"""Opened: the ledger behind the server, opened when something first needs it."""

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger


class Opened:
    """One ledger for every thread; one that could not be opened is tried again at the next question."""

    def __init__(self, open_it: Callable[[], "Ledger"]) -> None:
        self._open_it = open_it
        self._ledger: Ledger | None = None
        self._lock = Lock()

    @property
    def is_open(self) -> bool:
        """Whether anything has needed it yet."""
        return self._ledger is not None

    def ledger(self) -> "Ledger":
        """Return it, opening it first where nobody has.

        Raises:
            NotInstalledError: There is no local server to start; the error names the command that installs one.
            UnreachableError, AccessDeniedError: No database answers, or it refuses.
        """
        with self._lock:
            if self._ledger is None:
                self._ledger = self._open_it()
            return self._ledger

    def close(self) -> None:
        """Close it, where it was opened."""
        with self._lock:
            if self._ledger is not None:
                self._ledger.close()
                self._ledger = None

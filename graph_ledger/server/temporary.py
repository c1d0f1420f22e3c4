"""A server for a while: a home and ports of its own, gone on close."""

import os
import weakref
from pathlib import Path
from types import TracebackType

from graph_ledger.server.folders import Home, Installation
from graph_ledger.server.orphans import remove, sweep, throwaway_home
from graph_ledger.server.ports import ANY
from graph_ledger.server.start import start_on
from graph_ledger.server.status import Status


class Temporary:
    """A running server and its folder; both go on ``close``, after a ``with`` block, with the object, and with Python."""

    status: Status
    """How to reach it; ``credentials(status.home)`` opens it."""

    def __init__(self, cache: Path) -> None:
        sweep()
        home = throwaway_home()
        self._remove = weakref.finalize(self, _remove, home, os.getpid())
        try:
            self.status = start_on(home, Installation.below(cache), ANY)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the server at once and remove its folder; a second time does nothing."""
        self._remove()

    def __enter__(self) -> "Temporary":  # noqa: PYI034
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def temporary(cache: Path) -> Temporary:
    """Start a server of its own in a temporary folder, for tests, documents and trials.

    Raises:
        NotInstalledError: Nothing is installed below ``cache``; ``.command`` does it.
        ServerStartError: It ended instead of answering; ``.reason`` says why.
    Cost: 3 s; closing takes none.
    """
    return Temporary(cache)


def _remove(home: Home, owner: int) -> None:
    if os.getpid() == owner:  # a forked child does not own what it inherited
        remove(home)

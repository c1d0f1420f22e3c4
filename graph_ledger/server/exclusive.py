"""One at a time, across processes and threads."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph_ledger.errors import ServerStartError
from graph_ledger.server.extra import server_extra


@contextmanager
def exclusive(lock_file: Path, patience: float) -> Iterator[None]:
    """Hold a lock file; a holder that died holds nothing.

    Args:
        lock_file: Made when it is not there; its folder too.
        patience: Seconds to wait for another holder.

    Raises:
        ServerStartError: Another process held it all that time.
    """
    with server_extra():
        from filelock import FileLock, Timeout
    lock_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(lock_file)
    try:
        lock.acquire(timeout=patience)
    except Timeout:
        raise ServerStartError(f"another process has held {lock_file} for {patience:.0f} s; end it and try again") from None
    try:
        yield
    finally:
        lock.release()

"""What the local server needs beyond the library itself, and what to say when it is missing."""

from collections.abc import Iterator
from contextlib import contextmanager

from graph_ledger.errors import NotInstalledError

COMMAND = 'pip install "graph-ledger[server]"'


@contextmanager
def server_extra() -> Iterator[None]:
    """Name the extra when an import inside the block finds no package.

    Raises:
        NotInstalledError: ``.command`` is the pip command.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        raise NotInstalledError(COMMAND) from error

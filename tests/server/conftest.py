"""A real local server; it is installed into the user's cache once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from graph_ledger import server
from graph_ledger.server.folders import Home
from graph_ledger.server.process import end
from graph_ledger.settings import Settings


@pytest.fixture(scope="session")
def cache() -> Path:
    """The cache with an installed server."""
    cache = Settings().cache
    if not server.is_installed(cache):
        server.install(cache, progress=False)
    return cache


@pytest.fixture(scope="session")
def home(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The home of a running server."""
    home = tmp_path_factory.mktemp("home")
    server.start(home, cache)
    yield home
    end(Home.at(home), grace=0)


@pytest.fixture(scope="session")
def alive() -> Callable[[int], bool]:
    """Return a function that says whether a process runs; one that ended and that nobody asked after does not."""

    def is_alive(pid: int) -> bool:
        return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE

    return is_alive

"""One real Neo4j for the whole run, emptied before each test."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from neo4j._sync.work import result as driver_result

from graph_ledger.connectors.sql_reading import cache as parse_cache
from graph_ledger.database import database as database_module
from graph_ledger.history import second_look
from graph_ledger.ledger import Ledger
from graph_ledger.settings import Settings
from tests.graph import empty
from tests.quick_server import quicken_servers
from tests.quick_stack import quicken
from tests.skips import pytest_runtest_makereport

__all__ = ["pytest_runtest_makereport"]

SQL_FOLDER = tempfile.TemporaryDirectory()
SQL_CACHE = Path(SQL_FOLDER.name)
settings.register_profile(
    "house", deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
settings.load_profile("house")

# A warning of the server (a missing label, a Cartesian product, a deprecated word) fails the test that caused it.
database_module.NOTIFICATIONS = "INFORMATION"
quicken(driver_result)
quicken_servers()
# What the tests parse is kept for this run alone, and never beside what the user's own connectors have parsed.
setattr(parse_cache, "user_cache_path", lambda *_, **__: SQL_CACHE)  # noqa: B010  # a name that it imports
# Most tests have no other writer to wait for before what looks wrong is looked at again.
second_look.PAUSE = 0.0

Address = tuple[str, tuple[str, str]]


@pytest.fixture(scope="session")
def address() -> Iterator[Address]:
    """Where the test database is: a server of its own, or the one that GRAPH_LEDGER_TEST_URI names."""
    given = os.environ.get("GRAPH_LEDGER_TEST_URI")
    if given:
        yield given, (os.environ.get("GRAPH_LEDGER_TEST_USER", "neo4j"), os.environ.get("GRAPH_LEDGER_TEST_PASSWORD", ""))
        return
    from graph_ledger import server

    throwaway = server.temporary(Settings().cache)
    try:
        yield str(throwaway.status.uri), server.credentials(throwaway.status.home)
    finally:
        throwaway.close()


@pytest.fixture(scope="session")
def opened(address: Address) -> Iterator[Ledger]:
    """One ledger for the whole run."""
    with Ledger(address[0], auth=address[1]) as ledger:
        yield ledger


@pytest.fixture
def ledger(opened: Ledger) -> Ledger:
    """The ledger, emptied."""
    empty(opened)
    return opened

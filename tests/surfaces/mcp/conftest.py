"""The demo estate in the test database, loaded once for a file; and what names that database to a process."""

from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest

from graph_ledger.demo.load import load
from graph_ledger.ledger import Ledger
from tests.conftest import Address
from tests.graph import empty
from tests.surfaces.mcp.talk import Environment

LOADED_ON = datetime(2026, 6, 30, tzinfo=timezone.utc)


@pytest.fixture(scope="module")
def bank(opened: Ledger) -> Iterator[Ledger]:
    """A bank's estate of two years, up to a day that is past; what a test writes stays until the file ends."""
    empty(opened)
    load(opened, LOADED_ON)
    yield opened
    empty(opened)


@pytest.fixture
def environment(address: Address, tmp_path: Path) -> Environment:
    """Names the test database; a home without a server, a folder without settings."""
    uri, (user, password) = address
    given = {"GRAPH_LEDGER_URI": uri, "GRAPH_LEDGER_USER": user, "GRAPH_LEDGER_PASSWORD": password}
    return Environment(tmp_path, {**given, "GRAPH_LEDGER_HOME": str(tmp_path)})

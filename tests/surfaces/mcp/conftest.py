"""The demo estate in the test database, loaded once for a file; and what names that database to a process."""

from pathlib import Path

import pytest

from graph_ledger.ledger import Ledger
from tests.bank import loaded
from tests.conftest import Address
from tests.surfaces.mcp.talk import Environment


@pytest.fixture(scope="module")
def bank(opened: Ledger) -> Ledger:
    """A bank's estate of two years, up to a day that is past, with its data model; what a test writes stays until the file ends."""
    return loaded(opened, contracts=True)


@pytest.fixture
def environment(address: Address, tmp_path: Path) -> Environment:
    """Names the test database; a home without a server, a folder without settings."""
    uri, (user, password) = address
    given = {"GRAPH_LEDGER_URI": uri, "GRAPH_LEDGER_USER": user, "GRAPH_LEDGER_PASSWORD": password}
    return Environment(tmp_path, {**given, "GRAPH_LEDGER_HOME": str(tmp_path)})

"""The demo estate in the test database."""

from datetime import datetime, timezone

import pytest

from graph_ledger.demo.load import load
from graph_ledger.ledger import Ledger

LOADED_ON = datetime(2026, 6, 30, tzinfo=timezone.utc)


@pytest.fixture
def bank(ledger: Ledger) -> Ledger:
    """A bank's estate of two years, up to a day that is past."""
    load(ledger, LOADED_ON)
    return ledger

"""The demo estate in the test database."""

import pytest

from graph_ledger.ledger import Ledger
from tests.bank import loaded


@pytest.fixture
def bank(opened: Ledger) -> Ledger:
    """A bank's estate of two years, up to a day that is past, with its data model, as it was loaded."""
    return loaded(opened, contracts=True)

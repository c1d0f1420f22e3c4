"""The demo estate behind a service."""

from collections.abc import Iterator

import httpx
import pytest

from graph_ledger.ledger import Ledger
from tests.surfaces.conftest import environment, estate, say
from tests.surfaces.rest.serving import served
from tests.surfaces.tools.conftest import bank

__all__ = ["bank", "environment", "estate", "say"]


@pytest.fixture
def client(ledger: Ledger) -> Iterator[httpx.Client]:
    """A client of a service on the emptied ledger."""
    with served(ledger) as found:
        yield found

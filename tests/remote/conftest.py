"""A ledger behind a service on a free port of this machine."""

from collections.abc import Iterator

import pytest

from graph_ledger.ledger import Ledger
from tests.surfaces.conftest import environment
from tests.surfaces.rest.serving import served
from tests.surfaces.tools.conftest import bank

__all__ = ["bank", "environment"]


@pytest.fixture
def far(ledger: Ledger) -> Iterator[Ledger]:
    """The emptied ledger, as a client of its service sees it."""
    with served(ledger) as client, Ledger(str(client.base_url)) as found:
        yield found

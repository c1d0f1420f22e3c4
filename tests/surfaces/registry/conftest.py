"""The emptied ledger with its bytes in a folder of the test's own, behind each of its skins."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from graph_ledger.ledger import Ledger
from graph_ledger.registry import FileModelStore, ModelRegistry
from tests.surfaces.rest.serving import served


@pytest.fixture
def stored(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """The emptied ledger; its registry keeps bytes in a folder of this test."""
    monkeypatch.setattr(ledger, "registry", ModelRegistry(FileModelStore(tmp_path / "artifacts"), ledger=ledger), raising=False)
    monkeypatch.setenv("GRAPH_LEDGER_ARTIFACTS", str(tmp_path / "artifacts"))
    return ledger


@pytest.fixture
def client(stored: Ledger) -> Iterator[httpx.Client]:
    """A client of a service of it, which takes five megabytes for a version."""
    with served(stored, max_artifact_bytes=5_000_000, patience=2.0) as found:
        yield found


@pytest.fixture
def far(client: httpx.Client) -> Iterator[Ledger]:
    """The ledger of somebody who asks that service."""
    with Ledger(str(client.base_url)) as found:
        yield found

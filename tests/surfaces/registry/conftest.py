"""The emptied ledger with its bytes in a folder of the test's own, behind each of its skins."""

from pathlib import Path

import pytest

from graph_ledger.ledger import Ledger
from graph_ledger.registry import FileModelStore, ModelRegistry


@pytest.fixture
def stored(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """The emptied ledger; its registry keeps bytes in a folder of this test."""
    monkeypatch.setattr(ledger, "registry", ModelRegistry(FileModelStore(tmp_path / "artifacts"), ledger=ledger), raising=False)
    monkeypatch.setenv("GRAPH_LEDGER_ARTIFACTS", str(tmp_path / "artifacts"))
    return ledger

"""A registry on the emptied ledger, with its bytes in memory or in a folder."""

from pathlib import Path

import pytest

from graph_ledger.ledger import Ledger
from graph_ledger.registry import FileModelStore, InMemoryModelStore, ModelRegistry


@pytest.fixture
def registry(ledger: Ledger) -> ModelRegistry:
    """Bytes in memory."""
    return ModelRegistry(InMemoryModelStore(), ledger=ledger)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the bytes of ``filed`` lie."""
    return tmp_path / "models"


@pytest.fixture
def filed(ledger: Ledger, folder: Path) -> ModelRegistry:
    """Bytes in a folder."""
    return ModelRegistry(FileModelStore(folder), ledger=ledger)


def files(folder: Path) -> set[str]:
    """Return every file below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}

"""Choose: the store that an address names."""

from pathlib import Path

from graph_ledger.registry.stores.file_store import FileModelStore
from graph_ledger.registry.stores.fsspec_store import FsspecModelStore
from graph_ledger.registry.stores.store import ModelStore


def store_at(address: str | Path) -> ModelStore:
    """Return the store at a folder, or at any address that fsspec knows.

    >>> store_at("models")
    <FileModelStore file://...models>
    """
    text = str(address)
    if "::" in text or "://" in text:
        return FileModelStore(text.removeprefix("file://")) if text.startswith("file:///") else FsspecModelStore(text)
    return FileModelStore(address)

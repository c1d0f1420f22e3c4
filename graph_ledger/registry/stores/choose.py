"""Choose: the store that an address names."""

from os import PathLike
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from graph_ledger.errors import ValidationError
from graph_ledger.registry.stores.file_store import FileModelStore
from graph_ledger.registry.stores.fsspec_store import FsspecModelStore
from graph_ledger.registry.stores.store import ModelStore

FOLDER = frozenset({"file", "local"})
"""Schemes of folders of this machine."""


def store_at(address: str | PathLike[str]) -> ModelStore:
    """Return the store at a folder, or at any address that fsspec knows.

    Raises:
        ValidationError: It is empty, or no address of a store.
        ModuleNotFoundError: What reaches it is not installed.

    >>> store_at("models")
    <FileModelStore file://...models>
    """
    if isinstance(address, PathLike):
        return FileModelStore(address)
    if not isinstance(address, str) or not address.strip() or "\0" in address:
        raise ValidationError(f"a store is at a folder, or at an address such as s3://bucket/models, not at {address!r}")
    if "::" in address:
        return FsspecModelStore(address)
    scheme, colon, rest = address.partition(":")
    if colon and scheme.lower() in FOLDER and rest.startswith("/"):
        return FileModelStore(_folder(address))
    return FsspecModelStore(address) if "://" in address else FileModelStore(address)


def _folder(address: str) -> Path:
    """Return the folder of a file address: ``file:///srv/my%20models``."""
    parts = urlsplit(address)
    folder = url2pathname(parts.path)
    if parts.netloc.lower() not in ("", "localhost") or parts.query or parts.fragment or not folder or "\0" in folder:
        raise ValidationError("a folder of this machine has an address such as file:///srv/models: no other host, no '?' and no '#'")
    return Path(folder)

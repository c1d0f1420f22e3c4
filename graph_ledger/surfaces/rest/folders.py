"""Folders: where the machine of a service keeps the bytes of versions, which is told to nobody who asks over HTTP."""

import re
from collections.abc import Mapping
from typing import Any

from graph_ledger.errors import ArtifactGoneError, ConflictError, GraphLedgerError, SourceError

SAY_WHERE = (ArtifactGoneError, ConflictError, SourceError)
"""What names a store by its address."""
SAID = {"lie in the store": "lie in another store", "lie in": "lie in another store", "are not in": "are not in this one",
        "store is": "store is a folder of the service", "the store": "the store"}  # fmt: skip
FOLDER = re.compile(rf"\b({'|'.join(SAID)}) file:\S*?(?=[,:;]?(?:\s|$))")
"""A folder behind the words that errors of stores are said in: whoever asks may speak of files of their own."""


def without_folders(error: GraphLedgerError, told: Mapping[str, Any]) -> dict[str, Any]:
    """Return a problem without the folders that its error names; a bucket or the like is told.

    >>> without_folders(ArtifactGoneError("clf:1", "file:///srv/m"), {"detail": "gone from the store file:///srv/m", "store": "file:///srv/m"})
    {'detail': 'gone from the store', 'store': ''}
    """
    if not isinstance(error, SAY_WHERE):
        return dict(told)
    store = {"store": ""} if str(told.get("store", "")).startswith("file:") else {}
    return {**told, "detail": FOLDER.sub(lambda found: SAID[found[1]], told["detail"]), **store}

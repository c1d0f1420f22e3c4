"""Keeping: bytes on their way to a version: under a temporary name, then the version's own, and nowhere where anything fails."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from graph_ledger.database.database import Database, Transaction
from graph_ledger.registry.holding import hold_source
from graph_ledger.registry.sources import Artifact, opened
from graph_ledger.registry.stores.paths import path_of
from graph_ledger.registry.stores.store import GONE, ModelStore, Staged, copied, other_bytes

MEDIA_TYPE = "application/octet-stream"


@dataclass(slots=True)
class Kept:
    """Bytes that were taken in and hashed, and belong to nobody yet."""

    store: ModelStore
    staged: Staged
    path: str | None = None
    """Where they got their name, once they have it."""
    is_ours: bool = True
    """Whether they were not there before."""

    def facts(self) -> dict[str, Any]:
        """What the event of the version tells of them."""
        return {"sha256": self.staged.sha256, "size": self.staged.size, "media_type": MEDIA_TYPE, "store": self.store.address}

    def give(self, transaction: Transaction, key: str, name: str, version: str) -> None:
        """Give them their name, and let the version be stored as them; a transaction that runs again does the first part once.

        Raises:
            ConflictError: Other bytes are there already.
        """
        if self.path is None:
            self.is_ours = not _there(self.store, self.staged, path_of(name, version))
            self.path = path_of(name, version) if not self.is_ours else self.store.publish(self.staged, name, version)
        transaction.run(
            "registry/store_artifact", key=key, sha256=self.staged.sha256, size=self.staged.size, media_type=MEDIA_TYPE,
            store=self.store.address, path=self.path,
        )  # fmt: skip


@contextmanager
def keeping(database: Database, store: ModelStore, artifact: Artifact | None, name: str) -> Iterator[Kept | None]:
    """Take bytes in, and see to it that they are gone again unless the version has them in the end."""
    if artifact is None:
        yield None
        return
    kept = Kept(store, _staged(store, artifact))
    try:
        yield kept
    except BaseException:
        if kept.path is not None and kept.is_ours:
            with suppress(Exception):  # what made it fail is told, and not what came of it, which may be any store's own error
                _take_back(database, kept, kept.path, name)
        raise
    finally:
        store.discard(kept.staged)


def _staged(store: ModelStore, artifact: Artifact) -> Staged:
    if isinstance(artifact, Staged):
        return artifact
    with opened(artifact) as source:
        return store.stage(source)


def _there(store: ModelStore, staged: Staged, path: str) -> bool:
    """Whether the same bytes are there already, left by somebody who was killed, or taken over from elsewhere.

    Raises:
        ConflictError: Other bytes are.
    """
    try:
        with store.open_artifact(path) as there:
            found = copied(there)
    except GONE:
        return False
    if found != (staged.sha256, staged.size):
        raise other_bytes(path)
    return True


def _take_back(database: Database, kept: Kept, path: str, name: str) -> None:
    """Delete what got its name though nothing was committed; under the lock, so that it is nobody else's by now."""

    def work(transaction: Transaction) -> None:
        hold_source(transaction, name)
        if not transaction.run("registry/kept_for", sha256=kept.staged.sha256, path=path)["versions"]:
            kept.store.delete_artifact(path)

    database.rehearse(work)  # with its locks, and nothing of it is kept: there is nothing to write

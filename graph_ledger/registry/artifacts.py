"""Artifacts: the bytes of versions are loaded, opened, checked, and given to versions that have none yet."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from graph_ledger.database.database import Database, Row, Transaction
from graph_ledger.discovery.content import content_of
from graph_ledger.discovery.observe import observe
from graph_ledger.errors import ArtifactError, ArtifactGoneError, ConflictError
from graph_ledger.history.locked import lock
from graph_ledger.registry.holding import acting, hold_source, load_of, source_of, version_key
from graph_ledger.registry.keeping import Kept, keeping
from graph_ledger.registry.read import version_in
from graph_ledger.registry.said import full_name
from graph_ledger.registry.sources import Artifact
from graph_ledger.registry.stored_node import stored_node
from graph_ledger.registry.stores.store import GONE, ModelStore, copied
from graph_ledger.values.moment import from_microseconds, isoformat
from graph_ledger.values.port import check_text
from graph_ledger.values.registry.moves import ArtifactCheck
from graph_ledger.values.registry.version import ModelVersion


def load(database: Database, store: ModelStore, name: str, version: str) -> bytes | None:
    """Return the bytes of a version; None where there is none, or none with bytes.

    Raises:
        ArtifactGoneError: They are gone from the store; a FileNotFoundError, too.
        ArtifactError: They are not those that were registered.
    """
    row = _stored(database, name, version)
    if row["sha256"] is None:
        return None
    with _gone(store, name, version, row):
        content = store.load_artifact(row["path"])
    found, _ = copied(io.BytesIO(content))
    if found != row["sha256"]:
        raise ArtifactError(f"{name}:{version}", row["sha256"], found)
    return content


def opened_at(database: Database, store: ModelStore, name: str, version: str) -> tuple[BinaryIO, str, int] | None:
    """Open the bytes of a version, to be read in parts; return them with the SHA-256 and the size that were registered.

    Raises:
        ArtifactGoneError: They are gone from the store; a FileNotFoundError, too.
    """
    row = _stored(database, name, version)
    if row["sha256"] is None:
        return None
    with _gone(store, name, version, row):
        return store.open_artifact(row["path"]), row["sha256"], row["size"]


def check(database: Database, store: ModelStore, name: str, version: str) -> ArtifactCheck | None:
    """Recompute the hash of a version's bytes; None where there is no such version.

    Raises:
        OSError: The store cannot be read, which tells nothing of the bytes.
    """
    row = _stored(database, name, version)
    if not row["there"]:
        return None
    if row["sha256"] is None:
        return ArtifactCheck(ok=True, size=None, sha256=None)
    try:
        with store.open_artifact(row["path"]) as file:
            found, size = copied(file)
    except GONE:
        return ArtifactCheck(ok=False, size=None, sha256=None, expected=row["sha256"])
    return ArtifactCheck(ok=found == row["sha256"], size=size, sha256=found, expected=row["sha256"])


def attach(database: Database, store: ModelStore, name: str, version: str, artifact: Artifact, actor: str) -> ModelVersion | None:
    """Give bytes to a version that has none; the same bytes again are silent. None where there is no such version.

    Raises:
        ConflictError: It has others.
    """
    key, actor = version_key(full_name(name, version)), check_text(actor, "actor")
    if not _stored(database, name, version)["there"]:
        return None
    with keeping(database, store, artifact, name) as kept:
        assert kept is not None  # noqa: S101  # something was given
        return database.write(lambda transaction: _attach(transaction, kept, name, version, key, actor))


def _attach(transaction: Transaction, kept: Kept, name: str, version: str, key: str, actor: str) -> ModelVersion | None:
    hold_source(transaction, name)
    _, now = lock(transaction, [key])
    row = transaction.run("registry/stored_at", key=key)
    if not row["there"]:
        return None
    if row["sha256"] not in (None, kept.staged.sha256):
        raise ConflictError(f"{name}:{version} has other bytes: those of a version never change, register another one")
    if row["sha256"] is None:
        node = stored_node(transaction, key, kept.facts())
        with acting(actor):
            observe(transaction, [(key, content_of(node, 0, isoformat(from_microseconds(now))))], load_of(source_of(name), now))
        kept.give(transaction, key, name, version)
    return version_in(transaction, name, version)


@contextmanager
def _gone(store: ModelStore, name: str, version: str, row: Row) -> Iterator[None]:
    """Say of bytes that are not there whose they are, and where they should be."""
    try:
        yield
    except GONE:
        raise ArtifactGoneError(f"{name}:{version}", row["store"], store.address) from None


def _stored(database: Database, name: str, version: str) -> Row:
    return database.read("registry/stored_at", key=version_key(full_name(name, version)))

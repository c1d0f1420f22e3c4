"""Open artifact: the bytes of a version, and errors that say what is wrong with them or their store, whoever is asked."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from graph_ledger.errors import ArtifactError, GraphLedgerError, SourceError
from graph_ledger.values.replacing import reason

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger


def open_artifact(ledger: "Ledger", name: str, version: str) -> tuple[BinaryIO, str, int] | None:
    """Open the bytes of a version, with the SHA-256 and the size that were registered; None where it is unknown, or has none.

    Raises:
        ArtifactGoneError: They are gone from the store.
        ArtifactError: There are more or fewer of them than were registered.
        SourceError: The store cannot be read.
    """
    with store_read(ledger):
        found: tuple[BinaryIO, str, int] | None = ledger.registry.open_artifact(name, version)
        if found is not None:
            _check_size(*found, f"{name}:{version}")
        return found


@contextmanager
def store_read(ledger: "Ledger", how: str = "read") -> Iterator[None]:
    """Say of a store that cannot be read, or written, that it is the store.

    Raises:
        SourceError: It cannot, which tells nothing of the bytes.
    """
    try:
        yield
    except GraphLedgerError:
        raise
    except OSError as error:
        raise SourceError(f"the store {ledger.registry.store.address} cannot be {how}: {reason(error)}") from None


def _check_size(file: BinaryIO, sha256: str, size: int, name: str) -> None:
    """Refuse bytes of another number, where the store can tell without reading them."""
    try:
        there = file.seek(0, io.SEEK_END)
        file.seek(0)
    except (ValueError, OSError):  # a stream, as some stores give it
        return
    if there != size:
        file.close()
        error = ArtifactError(name, sha256, "")
        error.args = (f"the stored bytes of {name} are not those that were registered: {there} bytes, registered {size}",)
        raise error

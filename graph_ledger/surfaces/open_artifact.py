"""Open artifact: the bytes of a version, and errors that say what is wrong with them or their store, whoever is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from graph_ledger.errors import GraphLedgerError, SourceError
from graph_ledger.values.replacing import reason

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger


def open_artifact(ledger: "Ledger", name: str, version: str) -> tuple[BinaryIO, str, int] | None:
    """Open the bytes of a version, with the SHA-256 and the size that were registered; None where it is unknown, or has none.

    Raises:
        ArtifactGoneError: They are gone from the store.
        SourceError: The store cannot be read.
    """
    with store_read(ledger):
        return ledger.registry.open_artifact(name, version)


@contextmanager
def store_read(ledger: "Ledger") -> Iterator[None]:
    """Say of a store that cannot be read that it is the store.

    Raises:
        SourceError: It cannot be read, which tells nothing of the bytes.
    """
    try:
        yield
    except GraphLedgerError:
        raise
    except OSError as error:
        raise SourceError(f"the store {ledger.registry.store.address} cannot be read: {reason(error)}") from None

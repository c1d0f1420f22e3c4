"""Open artifact: the bytes of a version, and one error where they are gone, whoever is asked for them."""

from typing import TYPE_CHECKING, BinaryIO

from graph_ledger.errors import ArtifactGoneError

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger


def open_artifact(ledger: "Ledger", name: str, version: str) -> tuple[BinaryIO, str, int] | None:
    """Open the bytes of a version, with the SHA-256 and the size that were registered; None where it is unknown, or has none.

    Raises:
        ArtifactGoneError: They are gone from the store.
    """
    try:
        return ledger.registry.open_artifact(name, version)
    except ArtifactGoneError:
        raise
    except FileNotFoundError:
        raise ArtifactGoneError(f"{name}:{version}", ledger.registry.store.address) from None

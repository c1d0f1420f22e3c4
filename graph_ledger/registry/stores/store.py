"""ModelStore: what a place for artifacts can do; three methods are enough, the others read and write in parts."""

import io
from abc import ABC, abstractmethod
from collections.abc import Callable
from hashlib import sha256
from typing import BinaryIO, NamedTuple

from graph_ledger.errors import ConflictError, ValidationError

PART = 1 << 20
"""Bytes that are read at once."""
GONE = (FileNotFoundError, NotADirectoryError, IsADirectoryError, LookupError)
"""What says that bytes are not there, a store of somebody's own included; whatever else goes wrong tells nothing of that."""


class Staged(NamedTuple):
    """Bytes that are kept under a temporary name, or held, until the graph knows of them."""

    name: str
    """Where they are kept; empty where they are held."""
    sha256: str
    """64 hex digits."""
    size: int
    """How many."""
    content: bytes = b""
    """The bytes themselves, of a store that cannot keep them beforehand."""


class ModelStore(ABC):
    """Where the bytes of versions lie; paths are relative to it.

    Whoever writes one of their own gives it the three abstract methods; the others do with them what they can.
    """

    @property
    def address(self) -> str:
        """What the graph calls it."""
        return type(self).__name__

    @abstractmethod
    def save_artifact(self, model_name: str, version: str, artifact: bytes) -> str:
        """Keep the bytes of a version; return the path under which they are found again."""

    @abstractmethod
    def load_artifact(self, path: str) -> bytes:
        """Return bytes.

        Raises:
            FileNotFoundError: There are none at that path.
        """

    @abstractmethod
    def delete_artifact(self, path: str) -> bool:
        """Delete bytes; False where there were none."""

    def open_artifact(self, path: str) -> BinaryIO:
        """Open bytes to be read in parts.

        Raises:
            FileNotFoundError: There are none at that path.
        """
        return io.BytesIO(self.load_artifact(path))

    def stage(self, source: BinaryIO) -> Staged:
        """Take bytes in without giving them to a version yet."""
        content = io.BytesIO()
        digest, size = copied(source, content.write)
        return Staged("", digest, size, content.getvalue())

    def publish(self, staged: Staged, model_name: str, version: str) -> str:
        """Give staged bytes to a version; return their path.

        Raises:
            ConflictError: Other bytes are there already; those that are there stay.
            ValidationError: They are not what is staged here.
        """
        check_staged(staged, io.BytesIO(staged.content))
        return self.save_artifact(model_name, version, staged.content)

    def discard(self, staged: Staged) -> None:
        """Forget staged bytes that no version got."""
        del staged

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.address}>"


def copied(source: BinaryIO, write: Callable[[bytes], object] | None = None) -> tuple[str, int]:
    """Read bytes to their end in parts and hand each part on; return SHA-256 and size.

    Raises:
        ValidationError: What is read is no bytes.
    """
    digest, size = sha256(), 0
    while part := source.read(PART):
        if not isinstance(part, (bytes, bytearray, memoryview)):
            raise ValidationError(f"an artifact is bytes: open the file in binary mode, this gives {type(part).__name__}")
        digest.update(part)
        size += len(part)
        if write is not None:
            write(part)
    return digest.hexdigest(), size


def check_staged(staged: Staged, there: BinaryIO) -> None:
    """Refuse staged bytes that are not what is said of them.

    Raises:
        ValidationError: Their hash or size is another.
    """
    if copied(there) != (staged.sha256, staged.size):
        raise ValidationError("the staged bytes are not those that their SHA-256 and size say: only what stage() returned is published")


def other_bytes(path: str) -> ConflictError:
    """Return what is said where a version's place is taken.

    >>> "never overwritten" in str(other_bytes("clf/1.0/model.bin"))
    True
    """
    return ConflictError(
        f"{path} is in the store already, with other bytes: a stored artifact is never overwritten; "
        "take the file away, or register another version"
    )

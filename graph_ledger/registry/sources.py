"""Sources: what people give as the bytes of a version."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import BinaryIO, cast

from graph_ledger.errors import ValidationError
from graph_ledger.registry.stores.store import Staged

Artifact = bytes | bytearray | memoryview | str | PathLike[str] | BinaryIO | Staged
"""Bytes, a path of a file, a file that is open in binary mode, or what the store has taken in already."""


@contextmanager
def opened(artifact: object) -> Iterator[BinaryIO]:
    """Open what a person gives.

    Raises:
        ValidationError: It is neither bytes nor a file that can be read.
    """
    if isinstance(artifact, (bytes, bytearray, memoryview)):
        yield io.BytesIO(artifact)
    elif isinstance(artifact, (str, PathLike)):
        try:
            file = Path(artifact).open("rb")  # noqa: SIM115  # closed below; only opening it may be the caller's mistake
        except OSError as error:
            raise ValidationError(f"the artifact {str(artifact)!r} cannot be read: {error.strerror}") from None
        with file:
            yield file
    elif hasattr(artifact, "read"):
        yield cast("BinaryIO", artifact)
    else:
        raise ValidationError(f"an artifact is bytes, a path or a file open in binary mode, not {type(artifact).__name__}")

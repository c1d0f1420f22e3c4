"""Artifact sent: the bytes of a version on their way out; the last of them wait until all are known to be the registered ones."""

from collections.abc import Iterator
from hashlib import sha256
from itertools import chain
from typing import BinaryIO

from starlette.responses import Response, StreamingResponse

from graph_ledger.errors import ArtifactError
from graph_ledger.registry.stores.store import PART

OCTETS = "application/octet-stream"


def sent(file: BinaryIO, name: str, digest: str, size: int) -> Response:
    """Return the answer with the bytes of a version, of which the first part is read by now.

    Raises:
        ArtifactError: They are all in that part, and are not those that were registered.
    """
    parts = _in_parts(file, name, digest, size)
    first = next(parts, b"")  # before the status is sent
    headers = {"Content-Length": str(size), "ETag": f'"{digest}"', "Content-Disposition": 'attachment; filename="model.bin"',
               "X-Content-Type-Options": "nosniff"}  # fmt: skip
    return StreamingResponse(chain([first], parts), media_type=OCTETS, headers=headers)


def _in_parts(file: BinaryIO, name: str, digest: str, size: int) -> Iterator[bytes]:
    """Read parts; an error instead of the last one ends the connection, so that nobody has a whole body of other bytes."""
    found, read, held = sha256(), 0, b""
    with file:
        while read <= size and (part := file.read(PART)):
            if held:
                yield held
            found.update(part)
            read, held = read + len(part), part
    if (found.hexdigest(), read) != (digest, size):
        raise ArtifactError(name, digest, found.hexdigest())
    yield held

"""In parts: a file that is read, out of bytes that come part by part."""

import io
from abc import abstractmethod
from typing import Any


class InParts(io.RawIOBase):
    """What comes part by part, as a file; of a part what was not asked for yet is kept."""

    _rest = b""

    @abstractmethod
    def _next(self) -> bytes:
        """Return the next part; none at the end, and again when asked again."""

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what has come, as much as there is room for; the errors are those of what brings the parts."""
        self._rest = self._rest or self._next()
        part, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)

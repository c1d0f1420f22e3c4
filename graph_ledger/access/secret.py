"""Secret: a key as it is shown once, and what of it is kept."""

import hashlib
import hmac
import re
import secrets
from typing import NamedTuple

KEY = re.compile(r"gl_(?P<key_id>[0-9a-f]{16})_(?P<secret>[A-Za-z0-9_-]{43})")
LOOKS_LIKE_ONE = re.compile(r"gl_[0-9a-f]{16}_")
"""What nobody writes by accident: where it is found, somebody has put a key."""


class Secret(NamedTuple):
    """A key, taken apart."""

    key_id: str
    """Finds what is kept of it."""
    digest: str
    """SHA-256 over the secret part, 64 hex digits: of 256 random bits nothing slower is needed."""

    def fits(self, kept: str) -> bool:
        """Say whether it is the key of which this digest is kept; how long that takes tells nothing."""
        return hmac.compare_digest(self.digest, kept)


def made() -> str:
    """Return a new key: an id of 64 random bits, and a secret of 256."""
    return f"gl_{secrets.token_hex(8)}_{secrets.token_urlsafe(32)}"


def taken_apart(key: str) -> Secret | None:
    """Return the parts of a key; None of a text that is none.

    >>> taken_apart("gl_9f2c41d07be83a65_short") is None
    True
    """
    found = KEY.fullmatch(key)
    return None if found is None else Secret(found["key_id"], hashlib.sha256(found["secret"].encode()).hexdigest())

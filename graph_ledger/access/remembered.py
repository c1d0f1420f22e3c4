"""Remembered: the keys that were looked up a moment ago, so that a small question pays nothing for its key."""

import time
from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from graph_ledger.access.secret import Secret
from graph_ledger.values.api_key import ApiKey

MOST = 1_024
"""How many are remembered, unknown ones among them."""
NEVER = float("-inf")


class Found(NamedTuple):
    """What was found when a key was looked up; None where there is none like it, or where it does not work."""

    key: ApiKey | None


class Remembered:
    """Remembers for some seconds what was found: for so long a key that was revoked may still work."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._found: OrderedDict[Secret, tuple[float, Found]] = OrderedDict()
        self._any: tuple[float, bool] = (NEVER, False)
        self._lock = Lock()

    def of(self, secret: Secret) -> Found | None:
        """Return what was found a moment ago; None where it has to be looked up."""
        with self._lock:
            at, found = self._found.get(secret, (NEVER, None))
        return found if time.monotonic() - at < self._seconds else None

    def keep(self, secret: Secret, key: ApiKey | None) -> Found:
        """Remember what was looked up now, and return it; the one that was looked up longest ago is forgotten."""
        found = Found(key if key is not None and key.state == "active" else None)
        with self._lock:
            self._found[secret] = time.monotonic(), found
            self._found.move_to_end(secret)
            while len(self._found) > MOST:
                self._found.popitem(last=False)
        return found

    def any(self) -> bool | None:
        """Say whether there were keys a moment ago, and once there are keys, there are keys; None where it has to be looked up."""
        at, found = self._any
        return found if found or time.monotonic() - at < self._seconds else None

    def keep_any(self, *, found: bool) -> bool:
        """Remember whether there are keys, and return it."""
        self._any = time.monotonic(), found
        return found

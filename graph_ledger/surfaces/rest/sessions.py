"""Sessions: which browser has shown which key, so that no browser has to keep the key itself."""

import secrets
import time
from collections import OrderedDict

LASTING = 12 * 60 * 60
"""Seconds for which a browser is remembered."""
MOST = 10_000
"""How many are remembered at one time; the oldest is forgotten first."""


class Sessions:
    """Remembers, in this process alone, until it ends.

    >>> sessions = Sessions()
    >>> sessions.key_of(sessions.begun("gl_key"))
    'gl_key'
    """

    def __init__(self) -> None:
        self._held: OrderedDict[str, tuple[float, str]] = OrderedDict()

    def begun(self, key: str) -> str:
        """Return what a browser shows from now on."""
        name = secrets.token_urlsafe(32)
        self._held[name] = time.monotonic() + LASTING, key
        while len(self._held) > MOST:
            self._held.popitem(last=False)
        return name

    def key_of(self, name: str) -> str | None:
        """Return the key that a browser has shown; None where it is not remembered."""
        until, key = self._held.get(name, (float("-inf"), ""))
        return key if time.monotonic() < until else None

    def end(self, name: str) -> None:
        """Forget a browser."""
        self._held.pop(name, None)

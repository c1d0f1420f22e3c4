"""Known: who shows a key, looked up in the ledger and remembered for some seconds."""

import time
from collections import OrderedDict
from threading import Lock

from graph_ledger.access.keys import any_key, find_key
from graph_ledger.access.secret import Secret, taken_apart
from graph_ledger.surfaces.mcp.opened import Opened
from graph_ledger.surfaces.tools.caller import Allowed, Caller

SECONDS = 5.0
"""For how long a key that was revoked may still work."""
MOST = 1_024
ADMIN = "admin"


class KnownKeys:
    """Says who shows a key; without one, whether nobody needs one: on this machine alone, while the ledger has no keys."""

    def __init__(self, opened: Opened, allowed: Allowed, *, needed: bool) -> None:
        self._opened, self._allowed, self._needed = opened, allowed, needed
        self._found: OrderedDict[Secret, tuple[float, Caller | None]] = OrderedDict()
        self._looked = float("-inf")
        self._lock = Lock()

    def __call__(self, shown: str | None) -> Caller | None:
        """Return who it is; None for whoever may not come in.

        Raises:
            DatabaseError: It cannot be looked up.
        """
        if shown is None:
            return None if self._asked_for() else Caller(allowed=self._allowed)
        secret = taken_apart(shown)
        if secret is None:
            return None
        with self._lock:
            at, caller = self._found.get(secret, (float("-inf"), None))
            if time.monotonic() - at >= SECONDS:
                caller = self._of(secret)
                self._found[secret] = time.monotonic(), caller
                self._found.move_to_end(secret)
                while len(self._found) > MOST:
                    self._found.popitem(last=False)
            return caller

    def _of(self, secret: Secret) -> Caller | None:
        key = find_key(self._opened.ledger().database, secret)
        if key is None or key.state != "active":
            return None
        return Caller(key.name, key.role, self._allowed if key.role == ADMIN else Allowed())

    def _asked_for(self) -> bool:
        """Whether a key is needed; once there are keys, there are keys."""
        with self._lock:
            if not self._needed and time.monotonic() - self._looked >= SECONDS:
                self._needed = any_key(self._opened.ledger().database)
                self._looked = time.monotonic()
            return self._needed

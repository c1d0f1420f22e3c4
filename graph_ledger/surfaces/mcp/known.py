"""Known: who shows a key, looked up in the ledger and remembered for some seconds."""

import time
from collections import OrderedDict
from hmac import compare_digest
from threading import Lock

from pydantic import SecretStr

from graph_ledger.access.keys import any_key, find_key
from graph_ledger.access.secret import Secret, taken_apart
from graph_ledger.database.deadline import deadline
from graph_ledger.surfaces.mcp.opened import Opened
from graph_ledger.surfaces.tools.caller import Allowed, Caller

SECONDS = 5.0
"""For how long a key that was revoked may still work."""
PATIENCE = 10.0
"""Seconds that the database may take to look up a key."""
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
            DatabaseError, OverBudgetError: It cannot be looked up, or not in time.
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
            self._remember(secret, caller)
        return caller

    def _remember(self, secret: Secret, caller: Caller | None) -> None:
        with self._lock:
            self._found[secret] = time.monotonic(), caller
            self._found.move_to_end(secret)
            while len(self._found) > MOST:
                self._found.popitem(last=False)

    def _of(self, secret: Secret) -> Caller | None:
        """Look it up; no lock is held meanwhile, so that a slow look holds up nobody who is known."""
        database = self._opened.ledger().database
        with deadline(PATIENCE):
            key = find_key(database, secret)
        if key is None or key.state != "active":
            return None
        return Caller(key.name, key.role, self._allowed if key.role == ADMIN else Allowed())

    def _asked_for(self) -> bool:
        """Whether a key is needed; once there are keys, there are keys."""
        if not self._needed and time.monotonic() - self._looked >= SECONDS:
            database = self._opened.ledger().database
            with deadline(PATIENCE):
                found = any_key(database)
            self._needed, self._looked = self._needed or found, time.monotonic()
        return self._needed


class OwnKey:
    """Lets in whoever shows the key with which this server asks a service; whoever asks through it may what that key may."""

    def __init__(self, key: SecretStr | None, allowed: Allowed) -> None:
        self._key, self._allowed = None if key is None else key.get_secret_value().strip(), allowed

    def __call__(self, shown: str | None) -> Caller | None:
        """Return who it is; None for whoever may not come in, nobody where the service is asked without a key."""
        fits = self._key is None or (shown is not None and compare_digest(shown.encode(), self._key.encode()))
        return Caller(allowed=self._allowed) if fits else None

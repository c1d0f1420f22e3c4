"""Known: who shows a key, looked up in the ledger and remembered for some seconds."""

from hmac import compare_digest

from pydantic import SecretStr

from graph_ledger.access.keys import any_key, find_key
from graph_ledger.access.remembered import Remembered
from graph_ledger.access.secret import Secret, taken_apart
from graph_ledger.database.deadline import deadline
from graph_ledger.surfaces.mcp.opened import Opened
from graph_ledger.surfaces.tools.caller import Allowed, Caller, caller_of
from graph_ledger.values.api_key import ApiKey

SECONDS = 5.0
"""For how long a key that was revoked may still work."""
PATIENCE = 10.0
"""Seconds that the database may take to look up a key."""


class KnownKeys:
    """Says who shows a key; without one, whether nobody needs one: on this machine alone, while the ledger has no keys."""

    def __init__(self, opened: Opened, allowed: Allowed, *, needed: bool) -> None:
        self._opened, self._allowed, self._needed = opened, allowed, needed
        self._remembered = Remembered(SECONDS)

    def __call__(self, shown: str | None) -> Caller | None:
        """Return who it is; None for whoever may not come in.

        Raises:
            DatabaseError, OverBudgetError: It cannot be looked up, or not in time.
        """
        if shown is None:
            return None if self._needed or self._any() else Caller(allowed=self._allowed)
        secret = taken_apart(shown)
        if secret is None:
            return None
        found = self._remembered.of(secret)
        if found is None:
            found = self._remembered.keep(secret, self._look_up(secret))
        return None if found.key is None else caller_of(found.key, self._allowed)

    def _look_up(self, secret: Secret) -> ApiKey | None:
        """Look it up; no lock is held meanwhile, so that a slow look holds up nobody who is known."""
        database = self._opened.ledger().database
        with deadline(PATIENCE):
            return find_key(database, secret)

    def _any(self) -> bool:
        found = self._remembered.any()
        if found is None:
            database = self._opened.ledger().database
            with deadline(PATIENCE):
                found = self._remembered.keep_any(found=any_key(database))
        return found


class OwnKey:
    """Lets in whoever shows the key with which this server asks a service; whoever asks through it may what that key may."""

    def __init__(self, key: SecretStr | None, allowed: Allowed) -> None:
        self._key, self._allowed = None if key is None else key.get_secret_value().strip(), allowed

    def __call__(self, shown: str | None) -> Caller | None:
        """Return who it is; None for whoever may not come in, nobody where the service is asked without a key."""
        fits = self._key is None or (shown is not None and compare_digest(shown.encode(), self._key.encode()))
        return Caller(allowed=self._allowed) if fits else None

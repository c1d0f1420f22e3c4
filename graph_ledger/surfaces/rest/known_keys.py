"""Known keys: those that were looked up a moment ago, so that a small question pays nothing for its key."""

import time
from collections import OrderedDict

from graph_ledger.access.keys import any_key, find_key
from graph_ledger.access.secret import Secret, taken_apart
from graph_ledger.surfaces.rest.service import Service
from graph_ledger.values.api_key import ApiKey

MOST = 1_024
"""How many are remembered, unknown ones among them."""


class KnownKeys:
    """Looks keys up, and remembers each for a few seconds."""

    def __init__(self, service: Service) -> None:
        self._service, self._seconds = service, service.options.key_seconds
        self._found: OrderedDict[Secret, tuple[float, ApiKey | None]] = OrderedDict()
        self._any: tuple[float, bool] = (float("-inf"), False)

    async def find(self, text: str) -> ApiKey | None:
        """Return the key of a text that works; None where none does."""
        secret = taken_apart(text)
        if secret is None:
            return None
        at, key = self._found.get(secret, (float("-inf"), None))
        if time.monotonic() - at >= self._seconds:
            key = await self._service.run(lambda ledger: find_key(ledger.database, secret))
            self._remember(secret, key)
        return key if key is not None and key.state == "active" else None

    async def any(self) -> bool:
        """Say whether the ledger has keys, so that one is needed."""
        at, found = self._any
        if not found and time.monotonic() - at >= self._seconds:  # once there are keys, there are keys
            found = await self._service.run(lambda ledger: any_key(ledger.database))
            self._any = time.monotonic(), found
        return found

    def _remember(self, secret: Secret, key: ApiKey | None) -> None:
        self._found[secret] = time.monotonic(), key
        self._found.move_to_end(secret)
        while len(self._found) > MOST:
            self._found.popitem(last=False)

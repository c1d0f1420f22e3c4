"""Known keys: looked up in the database by its threads, and remembered for some seconds."""

from graph_ledger.access.keys import any_key, find_key
from graph_ledger.access.remembered import Remembered
from graph_ledger.access.secret import taken_apart
from graph_ledger.surfaces.rest.service import Service
from graph_ledger.values.api_key import ApiKey


class KnownKeys:
    """Looks keys up, and remembers each for a few seconds."""

    def __init__(self, service: Service) -> None:
        self._service, self._remembered = service, Remembered(service.options.key_seconds)

    async def find(self, text: str) -> ApiKey | None:
        """Return the key of a text that works; None where none does."""
        secret = taken_apart(text)
        if secret is None:
            return None
        found = self._remembered.of(secret)
        if found is None:
            found = self._remembered.keep(secret, await self._service.run(lambda ledger: find_key(ledger.database, secret)))
        return found.key

    async def any(self) -> bool:
        """Say whether the ledger has keys, so that one is needed."""
        found = self._remembered.any()
        if found is None:
            found = self._remembered.keep_any(found=await self._service.run(lambda ledger: any_key(ledger.database)))
        return found

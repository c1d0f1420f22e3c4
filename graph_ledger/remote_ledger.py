"""RemoteLedger: a Ledger that asks a service in the database's place."""

from pydantic import SecretStr

from graph_ledger.database.address import Auth
from graph_ledger.errors import ValidationError
from graph_ledger.ledger import OPEN, Ledger
from graph_ledger.remote.client import RemoteVerbs
from graph_ledger.settings import Settings, read_settings


class RemoteLedger(RemoteVerbs, Ledger):
    """A ledger behind a service: every verb is asked over HTTP; made by ``Ledger("https://...")``."""

    def __init__(
        self,
        uri: str | None = None,
        *,
        auth: Auth | None = None,
        database: str | None = None,
        settings: Settings | None = None,
        key: SecretStr | str | None = None,
    ) -> None:
        if auth is not None or database is not None:
            raise ValidationError("auth and database go with a database; a service, https://..., is asked with a key")
        settings = settings or read_settings()
        self._open(uri or settings.uri or "", key or settings.key)
        OPEN.add(self)

    def close(self) -> None:
        """Close every connection to the service. A second time does nothing."""
        OPEN.discard(self)
        self._service.close()

    def __repr__(self) -> str:
        return f"<Ledger at {self._service.uri}>"

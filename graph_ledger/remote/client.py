"""Client: every verb of a Ledger, asked of a service."""

from typing import Any

from pydantic import SecretStr

from graph_ledger.errors import ValidationError
from graph_ledger.remote.address import service_address
from graph_ledger.remote.assessment import RemoteAssessing
from graph_ledger.remote.contracts import RemoteContracting
from graph_ledger.remote.discovering import RemoteDiscovering
from graph_ledger.remote.events import RemoteEvents
from graph_ledger.remote.groups import RemoteGroups
from graph_ledger.remote.identity import RemoteIdentity
from graph_ledger.remote.lineage import RemoteLineage
from graph_ledger.remote.proof import RemoteProving
from graph_ledger.remote.registry import RemoteRegistering
from graph_ledger.remote.tags import RemoteTagging
from graph_ledger.values.check import Check
from graph_ledger.values.listed import Listed, listed

Key = SecretStr | str


class RemoteVerbs(
    RemoteDiscovering, RemoteIdentity, RemoteEvents, RemoteTagging, RemoteGroups, RemoteAssessing, RemoteLineage, RemoteProving,
    RemoteContracting, RemoteRegistering,
):  # fmt: skip
    """The verbs, and what opens and closes the connection."""

    @property
    def database(self) -> Any:
        """There is none here.

        Raises:
            ValidationError: Always.
        """
        raise ValidationError(
            f"that takes the database itself, and {self._service.uri} is a service in front of it: name the address of the Neo4j "
            f"(neo4j://...), with its user and password"
        )

    def doctor(self) -> Listed[Check]:
        """Have the service look at its database: server, driver, schema, clock and who is reading which source."""
        return listed(self._values("doctor", "checks", Check), Check, "check")

    def _open(self, uri: str, key: Key | None) -> None:
        """Ask the service one small question, so that a wrong address or key is said at once."""
        from graph_ledger.remote.service import Service

        secret = SecretStr(key) if isinstance(key, str) else key
        self._service = Service(service_address(uri, with_key=secret is not None), secret)
        try:
            self._ask("list", lambda told: told["models"], limit=1)
        except BaseException:
            self._service.close()
            raise

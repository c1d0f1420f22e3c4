"""Address: where a graph-ledger service is, and whether a key may be sent there."""

import ipaddress
from typing import NamedTuple
from urllib.parse import urlsplit

from graph_ledger.errors import ValidationError

SCHEMES = ("https://", "http://")


class Address(NamedTuple):
    """Where a service is."""

    uri: str
    """The address without a slash at its end."""
    is_here: bool
    """Whether it is this machine."""
    is_secret: bool
    """Whether nobody on the way can read what is sent."""


def is_service(uri: str | None) -> bool:
    """Say whether an address is that of a service, not of a database.

    >>> is_service("https://ledger.example"), is_service("neo4j://graph.example")
    (True, False)
    """
    return isinstance(uri, str) and uri.strip().lower().startswith(SCHEMES)


def service_address(uri: str, *, with_key: bool) -> Address:
    """Read the address of a service; a folder in it is the place where a proxy has put it.

    Raises:
        ValidationError: It has no host, or a user, a query or a fragment; or the key would be sent for all to read. Neither is shown.

    >>> service_address("https://ledger.example/risk/", with_key=True).uri
    'https://ledger.example/risk'
    """
    try:
        parts = urlsplit(uri.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValidationError("the address of the service cannot be read: write https://host or https://host:port") from None
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise ValidationError("the address of a service has no user, password, query or fragment: the key is given with GRAPH_LEDGER_KEY")
    if not host:
        raise ValidationError("the address of the service names no host: write https://host or https://host:port")
    shown = f"[{host}]" if ":" in host else host
    where = f"{parts.scheme.lower()}://{shown}{'' if port is None else f':{port}'}{parts.path.rstrip('/')}"
    found = Address(where, _is_here(host), parts.scheme.lower() == "https")
    if with_key and not found.is_secret and not found.is_here:
        raise ValidationError(f"the key is not sent to {where}, where everybody on the way could read it: write https://")
    return found


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False

"""Hosts: which addresses this machine alone can ask, and what has to be so before others may."""

from ipaddress import ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph_ledger.database.database import Database


def on_loopback(host: str) -> bool:
    """Say whether an address is one that this machine alone can ask.

    >>> on_loopback("127.0.0.1"), on_loopback("::1"), on_loopback("0.0.0.0"), on_loopback("")
    (True, True, False, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def check_keys(host: str, database: "Database") -> None:
    """Refuse to listen to others while nobody could be told from anybody.

    Raises:
        ValidationError: There is no key that works.
    """
    from graph_ledger.access.keys import works
    from graph_ledger.errors import ValidationError

    if not works(database):
        raise ValidationError(
            f"{host} is not this machine alone, and there is no key yet: make one first, `graph-ledger keys create NAME --role reader`"
        )

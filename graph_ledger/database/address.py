"""Where the database is and who asks, out of what a user gives."""

from typing import NamedTuple
from urllib.parse import unquote, urlsplit, urlunsplit

from graph_ledger.errors import ValidationError

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
Auth = tuple[str, str]


class Address(NamedTuple):
    """An address without its password, and who asks."""

    uri: str
    auth: Auth | None


def address(uri: str, auth: Auth | None = None) -> Address:
    """Take user and password out of an address; those given apart win.

    Raises:
        ValidationError: It is no address of a Neo4j.

    >>> address("neo4j://reader:secret@graph.example:7687")
    Address(uri='neo4j://graph.example:7687', auth=('reader', 'secret'))
    """
    try:
        parts = urlsplit(uri)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or parts.scheme not in SCHEMES:
        raise ValidationError(f"{_without_password(uri)!r} is no address of a Neo4j: write neo4j://host:7687 (or bolt://, neo4j+s://)")
    inside = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    return Address(urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])), auth or inside)


def _without_password(uri: str) -> str:
    _, divided, rest = uri.rpartition("@")
    return f"...@{rest}" if divided else uri

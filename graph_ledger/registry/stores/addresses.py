"""Addresses: what of a store's address may be told, and where its credentials belong."""

from typing import Any, NamedTuple
from urllib.parse import unquote

from graph_ledger.errors import ValidationError

CONTAINERS = frozenset({"abfs", "abfss", "az", "wasb", "wasbs"})
"""Schemes in which a container may stand before the ``@``: ``abfs://container@account.example/models``."""
OPTIONS = {"s3": ("key", "secret"), "s3a": ("key", "secret")}
"""Schemes whose file systems take credentials as options alone, and what these are called."""


class Link(NamedTuple):
    """One part of an address, of which ``::`` chains several."""

    scheme: str
    """Empty where there is none."""
    user: str
    """User and password as they stand there."""
    place: str
    """Host and path, which may be told."""
    query: str
    """What follows a ``?``, which may be a token."""

    @property
    def shown(self) -> str:
        """What may be told of it."""
        place = self.place.rstrip("/")
        return f"{self.scheme}://{place}" if self.scheme else place


def links_of(address: str) -> list[Link]:
    """Take an address apart.

    Raises:
        ValidationError: Credentials in it cannot be told from the rest.

    >>> links_of("s3://KEY:SECRET@bucket/models?token=x")
    [Link(scheme='s3', user='KEY:SECRET', place='bucket/models', query='token=x')]
    """
    return [_link(part) for part in address.split("::")]


def shown(address: str) -> str:
    """Return what may be told of an address: no user, no password, and nothing from a ``?`` on.

    Raises:
        ValidationError: Credentials in it cannot be told from the rest.

    >>> shown("simplecache::s3://KEY:SECRET@bucket/models?token=x")
    'simplecache::s3://bucket/models'
    """
    return "::".join(link.shown for link in links_of(address))


def with_options(address: str, options: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return an address and options of which its file systems read the credentials that stand in it.

    >>> with_options("s3://KEY:SECRET@bucket/models", {"anon": False})
    ('s3://bucket/models', {'anon': False, 's3': {'key': 'KEY', 'secret': 'SECRET'}})
    """
    parts = address.split("::")
    for place, link in enumerate(links_of(address)):
        if link.user and (names := OPTIONS.get(link.scheme)):
            user, _, password = link.user.partition(":")
            said = dict(zip(names, (unquote(user), unquote(password)), strict=True))
            options = {**options, link.scheme: {**said, **options.get(link.scheme, {})}}
            parts[place] = link.shown + (f"?{link.query}" if link.query else "")
    return "::".join(parts), options


def _link(part: str) -> Link:
    scheme, mark, rest = part.partition("://")
    if not mark:
        scheme, rest = "", part
    whole, _, query = rest.partition("?")
    host, slash, path = whole.partition("/")
    user, at, after = host.rpartition("@")
    port = host.partition(":")[2]
    if ("@" in part and not mark) or (not at and ":" in host and ("@" in rest or not port.isdigit())):
        raise ValidationError(
            "credentials in a store's address are percent-encoded and stand before the first '/', as in "
            f"{scheme or 'scheme'}://user:password@host/path; this one is not told, as it may show them"
        )
    if not at or (scheme.lower() in CONTAINERS and ":" not in user):
        return Link(scheme, "", whole, query)
    return Link(scheme, user, f"{after}{slash}{path}", query)

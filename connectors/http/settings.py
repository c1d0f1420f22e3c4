"""How a source is read over HTTP: limits, patience, and where the user's headers may go."""

import base64
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict

import httpx

from graph_ledger.connectors.http.address import address
from graph_ledger.errors import ValidationError


class HttpOptions(TypedDict, total=False):
    """What every connector that reads over HTTP takes besides its own arguments.

    >>> sorted(HttpOptions.__annotations__)[:4]
    ['allowed_hosts', 'max_bytes', 'requests_per_second', 'run_timeout']
    """

    timeout: float
    """Seconds to wait for an answer to begin, and for each next part of it; 30."""
    run_timeout: float
    """Seconds that the whole reading may take, waiting included; 600."""
    tries: int
    """Most times one request is made; 5."""
    max_bytes: int
    """Most bytes of one answer, unpacked; 50,000,000."""
    allowed_hosts: Sequence[str]
    """Hosts besides the address's own that a redirect or a link may lead to; they get none of the user's headers."""
    requests_per_second: float | None
    """Most requests a second; None is no bound."""
    transport: httpx.BaseTransport | None
    """What carries the requests, for tests and proxies of one's own; None is the network."""


class HttpSettings:
    """Checked options of one source; its ``repr`` shows no header and no query.

    Raises:
        ValidationError: An address, a header or an option cannot be used.
        TypeError: There is no such option.
    """

    timeout: float
    run_timeout: float
    tries: int
    max_bytes: int
    requests_per_second: float | None
    transport: httpx.BaseTransport | None

    def __init__(self, source: str, url: str, headers: Mapping[str, str] | None = None, **options: Any) -> None:
        _refuse_unknown(options)
        self.source = source
        found = address(url)
        self.url = found.copy_with(username=None, password=None)
        self.headers = {**_login(found), **_checked(headers)}
        self._told = (found.password, *found.params.values())
        self.timeout = _positive(options, "timeout", 30.0)
        self.run_timeout = _positive(options, "run_timeout", 600.0)
        self.tries = _whole(options, "tries", 5)
        self.max_bytes = _whole(options, "max_bytes", 50_000_000)
        self.hosts = frozenset({self.url.host, *_hosts(options.get("allowed_hosts", ()))})
        given = options.get("requests_per_second")
        self.requests_per_second = None if given is None else _positive(options, "requests_per_second", 1.0)
        self.transport = options.get("transport")

    def hide(self, text: str) -> str:
        """Return a text of the source without what the user's headers hold, the password and what the query of the address says."""
        parts = (part for value in self.headers.values() for part in (value, *value.split()))
        secrets = {part for part in (*parts, *self._told) if len(part) > 3}  # noqa: PLR2004
        for secret in sorted(secrets, key=len, reverse=True):
            text = text.replace(secret, "***")
        return text


def bearer(token: str | None, headers: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return headers with the token of a user, where there is one.

    >>> bearer("abc", {"Accept": "text/plain"})
    {'Accept': 'text/plain', 'Authorization': 'Bearer abc'}
    """
    return {**(headers or {}), **({"Authorization": f"Bearer {token}"} if token else {})}


def _login(url: httpx.URL) -> dict[str, str]:
    if not url.userinfo:
        return {}
    pair = base64.b64encode(f"{url.username}:{url.password}".encode()).decode()
    return {"Authorization": f"Basic {pair}"}


def _checked(headers: Any) -> dict[str, str]:
    if headers is not None and not isinstance(headers, Mapping):
        raise ValidationError(f"headers are a mapping of names and texts, not a {type(headers).__name__}")
    for name, value in (headers or {}).items():
        if not all(isinstance(text, str) and text.isascii() and text.isprintable() for text in (name, value)) or not name:
            raise ValidationError(f"the header {str(name)[:40]!r} is a text of printable ASCII characters without line breaks")
    return dict(headers or {})


def _hosts(given: Any) -> list[str]:
    if given is None:
        return []
    if isinstance(given, str) or not isinstance(given, Iterable) or not all(isinstance(host, str) and host for host in given):
        raise ValidationError('allowed_hosts is a list of hosts: ["files.example"]')
    return [address(f"https://{host}", "a host of allowed_hosts").host for host in given]


def _refuse_unknown(options: Mapping[str, Any]) -> None:
    for option in options:
        if option not in HttpOptions.__annotations__:
            raise TypeError(f"there is no option {option!r}; for reading over HTTP there are {', '.join(HttpOptions.__annotations__)}")


def _positive(options: Mapping[str, Any], name: str, default: float) -> float:
    value = options.get(name, default)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < math.inf:
        raise ValidationError(f"{name} is a number above 0, not {value!r}")
    return value


def _whole(options: Mapping[str, Any], name: str, default: int) -> int:
    value = options.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValidationError(f"{name} is a whole number, 1 or more, not {value!r}")
    return value

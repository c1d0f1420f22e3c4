"""Addresses: which may be asked, which get the user's headers, and how they are shown."""

from typing import Any
from urllib.parse import quote

import httpx

from graph_ledger.errors import ValidationError

SCHEMES = frozenset({"http", "https"})
PORTS = {"http": 80, "https": 443}


def address(given: Any, argument: str = "url") -> httpx.URL:
    """Return an address that can be asked, without its fragment.

    Raises:
        ValidationError: It is no address of http or https, or it names no host.
    """
    try:
        url = httpx.URL(given)
    except (httpx.InvalidURL, TypeError, ValueError):
        raise ValidationError(f"{argument} is no address that can be read: write https://host/path") from None
    if url.scheme not in SCHEMES or not url.host:
        # Not told back: without "https://" in front a password stands where none is looked for.
        raise ValidationError(f"{argument} is an address of http or https with a host: write https://host/path")
    return url.copy_with(fragment=None)


def shown(url: httpx.URL) -> str:
    """Return an address as messages may show it: without user, password and query, where keys are often kept.

    >>> shown(httpx.URL("https://ada:secret@api.example/models?key=secret"))
    'https://api.example/models'
    """
    port = f":{url.port}" if url.port is not None else ""
    host = f"[{url.host}]" if ":" in url.host else url.host
    return f"{url.scheme}://{host}{port}{url.path}"


def below(url: httpx.URL, *parts: str) -> httpx.URL:
    """Return the address of something below another; every part is one step, whatever it holds.

    Raises:
        ValidationError: A part holds half a character, which no address can.

    >>> below(httpx.URL("https://api.example/v3/?a=1"), "repos", "my org", "a/b?c")
    URL('https://api.example/v3/repos/my%20org/a%2Fb%3Fc')
    """
    base = url.raw_path.partition(b"?")[0].decode("ascii").rstrip("/")
    return url.copy_with(raw_path="/".join([base, *(quoted(part) for part in parts)]).encode("ascii"))


def quoted(text: str) -> str:
    """Return a text as a part of an address.

    Raises:
        ValidationError: It holds half a character, which no address can.
    """
    try:
        return quote(text, safe="")
    except UnicodeEncodeError:
        raise ValidationError(f"{text[:40]!r} holds half a character (a lone surrogate), which no address can") from None


def trusted(url: httpx.URL, own: httpx.URL) -> bool:
    """Say whether what the user gave for ``own`` may be sent to ``url``: one origin, or the same host moved from http to https.

    >>> own = httpx.URL("http://api.example/a")
    >>> [trusted(httpx.URL(url), own) for url in ("https://api.example/b", "http://api.example:81/", "http://other.example/")]
    [True, False, False]
    """
    if url.host != own.host:
        return False
    same = (url.scheme, _port(url)) == (own.scheme, _port(own))
    return same or [(one.scheme, _port(one)) for one in (own, url)] == list(PORTS.items())


def refusal(url: httpx.URL, before: httpx.URL, hosts: frozenset[str]) -> str:
    """Return why a source may not lead from one address to another; nothing where it may."""
    if url.scheme not in SCHEMES:
        return "which is not http or https"
    if url.host not in hosts:
        return "a host that is not among allowed_hosts"
    if before.scheme == "https" and url.scheme == "http":
        return "which is not encrypted"
    return ""


def _port(url: httpx.URL) -> int | None:
    return url.port or PORTS.get(url.scheme)

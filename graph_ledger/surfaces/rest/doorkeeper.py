"""Doorkeeper: who asks, and whether such a request may come in at all."""

from collections.abc import Mapping
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote_to_bytes, urlsplit

from starlette.types import Scope

from graph_ledger.access.secret import LOOKS_LIKE_ONE
from graph_ledger.surfaces.rest.body import WITH_BODY, headers_of
from graph_ledger.surfaces.rest.known_keys import KnownKeys
from graph_ledger.surfaces.rest.problems import RefusedError, unknown_caller
from graph_ledger.surfaces.rest.service import Service
from graph_ledger.surfaces.rest.sessions import Sessions
from graph_ledger.surfaces.tools.caller import Caller, caller_of

OPEN = frozenset({"/health", "/ready", "/openapi.json", "/docs"})
"""What anybody may ask: it tells nothing of what is in the ledger."""
OPEN_BELOW = ("/docs/", "/explore/assets/")
SIGNING = frozenset({"/explore/sign-in", "/explore/sign-out"})
"""Where a person's browser is handed a key, or forgets it."""
COOKIE = "graph_ledger_session"
"""In which a browser keeps what stands for the key; good for reading alone, as only a cookie is sent without anybody's doing."""
READING = frozenset({"GET", "HEAD"})
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
PASSED_ON = frozenset({b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"x-real-ip", b"via"})
"""What a proxy says of itself: whoever reaches it would pass for this machine."""
SAME = frozenset({b"same-origin", b"same-site", b"none"})
BEARER = b"bearer "


class Doorkeeper:
    """Looks at every request before anybody else does."""

    def __init__(self, service: Service) -> None:
        self._service, self._options = service, service.options
        self.keys, self.sessions = KnownKeys(service), Sessions()

    async def caller(self, scope: Scope) -> Caller | None:
        """Return who asks; None where nobody has to say.

        Raises:
            RefusedError: A key stands in the address, is needed, or is not known; or the request is one that a web page of
                somebody else has a browser send.
        """
        _check_address(scope)
        headers, path = headers_of(scope), scope["path"]
        if path in OPEN or path.startswith(OPEN_BELOW) or scope["method"] == "OPTIONS":
            return None
        if path in SIGNING:
            self._check_origin(scope["method"], headers)
            return None
        shown = _shown(headers)
        if shown is not None:
            return await self._of_key(shown)
        kept = self.sessions.key_of(session_of(headers)) if scope["method"] in READING else None
        if kept is not None and (key := await self.keys.find(kept)) is not None:
            return Caller(key.name, "reader")
        if self._options.keys_needed or await self.keys.any():
            if scope["method"] in WITH_BODY:  # before anything of it is read
                raise unknown_caller("a key is needed: send it as Authorization: Bearer, or as X-API-Key")
            return None
        self._check_here(scope, headers)
        return Caller(allowed=self._options.allowed)

    async def _of_key(self, shown: bytes) -> Caller:
        key = await self.keys.find(shown.decode("latin-1").strip())
        if key is None:
            raise unknown_caller("this key is not known, or does not work any more")
        return caller_of(key, self._options.allowed)

    def _check_here(self, scope: Scope, headers: Mapping[bytes, bytes]) -> None:
        """Where nobody shows a key, answer this machine alone, no proxy, and no web page that somebody else has written."""
        if not _is_here(scope.get("client")) or not PASSED_ON.isdisjoint(headers):
            raise RefusedError(HTTPStatus.FORBIDDEN, "without keys the service is asked from this machine alone, and through no proxy")
        if not is_loopback(headers):
            raise RefusedError(HTTPStatus.FORBIDDEN, "without keys the service is asked as localhost or 127.0.0.1")
        self._check_origin(scope["method"], headers)

    def _check_origin(self, method: str, headers: Mapping[bytes, bytes]) -> None:
        """Refuse what a web page of another origin has a browser send."""
        origin = headers.get(b"origin")
        if origin is None:
            foreign = method in WITH_BODY and headers.get(b"sec-fetch-site", b"none") not in SAME
        else:
            text = origin.decode("latin-1")
            foreign = text not in self._options.origins and _parts(text).netloc != headers.get(b"host", b"").decode("latin-1")
        if foreign:
            raise RefusedError(HTTPStatus.FORBIDDEN, "web pages of other origins may not ask: see --cors")


def is_loopback(headers: Mapping[bytes, bytes]) -> bool:
    """Say whether a request names this machine as the one that it asks."""
    return _parts(f"//{headers.get(b'host', b'').decode('latin-1')}").hostname in HERE


def _parts(address: str) -> SplitResult:
    """Take an address apart; what is none has no host."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _is_here(client: tuple[str, int] | None) -> bool:
    """Say whether whoever asks is at this machine: a name or nothing, as behind a socket of files, does not say so."""
    try:
        peer = ip_address(client[0]) if client else None
    except ValueError:
        return False
    mapped = getattr(peer, "ipv4_mapped", None) or peer
    return mapped is not None and mapped.is_loopback


def _shown(headers: Mapping[bytes, bytes]) -> bytes | None:
    """Return the key of a request."""
    said = headers.get(b"authorization", b"")
    return said[len(BEARER) :] if said[: len(BEARER)].lower() == BEARER else headers.get(b"x-api-key")


def session_of(headers: Mapping[bytes, bytes]) -> str:
    """Return what a browser shows in place of a key; empty where it shows nothing."""
    try:
        held = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1")).get(COOKIE)
    except CookieError:
        return ""
    return "" if held is None else held.value


def _check_address(scope: Scope) -> None:
    """Refuse a key in an address, which proxies and browsers write down."""
    said = scope.get("raw_path", b"") + b"?" + scope["query_string"]
    if b"gl_" in said or b"%" in said:
        text = unquote_to_bytes(said).decode("latin-1")
        if LOOKS_LIKE_ONE.search(text):
            raise RefusedError(
                HTTPStatus.UNPROCESSABLE_ENTITY, "a key is sent as Authorization: Bearer or as X-API-Key, never in an address"
            )

"""HTTP: the server of many clients, each known by its key."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from anyio.to_thread import run_sync
from mcp.server import Server
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from graph_ledger.errors import GraphLedgerError, ValidationError
from graph_ledger.surfaces.mcp.advice import after
from graph_ledger.surfaces.mcp.server import CALLER
from graph_ledger.surfaces.tools.caller import Caller
from graph_ledger.values.problem import MEDIA_TYPE, problem_of

PATH = "/mcp"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
BEARER = "bearer"
UNAUTHORIZED = 401
STRANGER = {
    "type": "about:blank",
    "title": "Unauthorized",
    "status": UNAUTHORIZED,
    "detail": "show a key that works: Authorization: Bearer KEY",
}
AT_ONCE = 128
"""Questions that are answered at one time."""
BUSY = {
    "type": "about:blank",
    "title": "Busy",
    "status": 503,
    "detail": f"{AT_ONCE} requests are being answered: ask again in a moment",
}
EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104  # refused without a name
LOG = logging.getLogger("graph_ledger.mcp")
Known = Callable[[str | None], Caller | None]
"""Says who shows a key, or none; None for whoever may not come in."""


class Door:
    """Lets in who may, and remembers who it is."""

    def __init__(self, app: ASGIApp, known: Known) -> None:
        self._app, self._known, self._inside = app, known, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 401 to whoever shows no key that works, 503 where that cannot be looked up, or where too many ask at once."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] != "POST":  # a stream that only listens costs nothing while it waits
            await self._let_in(scope, receive, send)
            return
        if self._inside >= AT_ONCE:
            await _problem(BUSY)(scope, receive, send)
            return
        self._inside += 1
        try:
            await self._let_in(scope, receive, send)
        finally:
            self._inside -= 1

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind, _, key = Headers(scope=scope).get("authorization", "").partition(" ")
        shown = key.strip() if kind.lower() == BEARER else None
        try:
            caller = await run_sync(self._known, shown)
        except GraphLedgerError as error:
            LOG.error("%s", error)  # noqa: TRY400  # a database that is away is no fault of the program
            await _problem({**problem_of(error), "next": after(error)})(scope, receive, send)
            return
        if caller is None:
            await _problem(STRANGER)(scope, receive, send)
            return
        scope[CALLER] = caller
        await self._app(scope, receive, send)


def make_app(server: Server[Any], hosts: Sequence[str], known: Known) -> ASGIApp:
    """Return the application: every request stands alone, is checked for host and origin, and for a key where there are keys."""
    names = [*LOOPBACK, *hosts]
    security = TransportSecuritySettings(
        allowed_hosts=[*names, *(f"{name}:*" for name in names)],
        allowed_origins=[f"{scheme}://{name}{port}" for name in names for scheme in ("http", "https") for port in ("", ":*")],
    )
    app: Starlette = server.streamable_http_app(
        streamable_http_path=PATH, json_response=True, stateless_http=True, transport_security=security
    )
    return Door(app, known)


def check_names(host: str, hosts: Sequence[str]) -> None:
    """Refuse to listen everywhere without a name to be asked under.

    Raises:
        ValidationError: The address is every one of this machine's, and no name is given.
    """
    if host in EVERYWHERE and not hosts:
        raise ValidationError(f"--host {host} has no name: say with --allow-host under which ones it is asked")


def _problem(problem: Mapping[str, Any]) -> JSONResponse:
    headers = {"WWW-Authenticate": "Bearer"} if problem["status"] == UNAUTHORIZED else None
    return JSONResponse(problem, problem["status"], headers, MEDIA_TYPE)

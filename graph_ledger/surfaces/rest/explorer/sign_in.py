"""Signing in: a key, for which the browser keeps a word in a cookie that no script can read and no other site can use."""

from http import HTTPStatus
from urllib.parse import parse_qs

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from graph_ledger.surfaces.rest.body import headers_of
from graph_ledger.surfaces.rest.doorkeeper import COOKIE, Doorkeeper, is_loopback, session_of
from graph_ledger.surfaces.rest.explorer.pages import HEADERS, page
from graph_ledger.surfaces.rest.problems import misfit
from graph_ledger.surfaces.rest.sessions import LASTING

MOST_FIELDS = 5


class Signing:
    """Takes a key by a form, and forgets it again."""

    def routes(self) -> APIRouter:
        """Return its two routes."""
        router = APIRouter(redirect_slashes=False, include_in_schema=False)
        router.add_api_route("/explore/sign-in", self._in, methods=["POST"], response_model=None)
        router.add_api_route("/explore/sign-out", self._out, methods=["POST"], response_model=None)
        return router

    async def _in(self, request: Request) -> Response:
        form = _form(await request.body())
        key, back, asked = ((form.get(name) or [""])[0].strip() for name in ("key", "back", "asked"))
        doorkeeper: Doorkeeper = request.app.state.doorkeeper
        if await doorkeeper.keys.find(key) is None:
            return page("sign_in.html", status=HTTPStatus.UNAUTHORIZED, wrong=True, back=back, asked=asked)
        to = back if back in {"/", "/explore/model"} else "/"
        response = RedirectResponse(f"{to}?{asked}" if asked else to, HTTPStatus.SEE_OTHER, HEADERS)
        secure = not is_loopback(headers_of(request.scope))  # a proxy may speak TLS, and this machine needs none
        response.set_cookie(COOKIE, doorkeeper.sessions.begun(key), max_age=LASTING, httponly=True, samesite="strict", secure=secure)
        return response

    async def _out(self, request: Request) -> Response:
        request.app.state.doorkeeper.sessions.end(session_of(headers_of(request.scope)))
        response = RedirectResponse("/", HTTPStatus.SEE_OTHER, HEADERS)
        response.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return response


def _form(body: bytes) -> dict[str, list[str]]:
    """Return the fields of a form.

    Raises:
        RefusedError: It is none of ours: too many fields, or no text.
    """
    try:
        return parse_qs(body.decode("ascii"), errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise misfit(["form"], f"it has at most {MOST_FIELDS} fields, in UTF-8") from None

"""Signing in: a key, kept by the browser in a cookie that no script can read and no other site can use."""

from http import HTTPStatus
from urllib.parse import parse_qs

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from graph_ledger.surfaces.rest.doorkeeper import COOKIE
from graph_ledger.surfaces.rest.explorer.pages import HEADERS, page
from graph_ledger.surfaces.rest.problems import misfit

LASTING = 12 * 60 * 60
"""Seconds for which a browser keeps the key."""


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
        if await request.app.state.doorkeeper.keys.find(key) is None:
            return page("sign_in.html", status=HTTPStatus.UNAUTHORIZED, wrong=True, back=back, asked=asked)
        to = back if back in {"/", "/explore/model"} else "/"
        response = RedirectResponse(f"{to}?{asked}" if asked else to, HTTPStatus.SEE_OTHER, HEADERS)
        secure = request.url.scheme == "https"
        response.set_cookie(COOKIE, key, max_age=LASTING, httponly=True, samesite="strict", secure=secure)
        return response

    async def _out(self) -> Response:
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

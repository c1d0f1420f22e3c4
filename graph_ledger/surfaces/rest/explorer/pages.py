"""Pages: templates filled with what the tools answered; every name in them is escaped."""

from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import Response

from graph_ledger.values.printable import cell, printable

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
"""Nothing of any other host, and nothing inline."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def page(template: str, *, status: int = 200, **values: Any) -> Response:
    """Return a template, filled."""
    return Response(_templates().get_template(template).render(values), status, HEADERS, "text/html")


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("graph_ledger.surfaces.rest.explorer"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    templates.filters |= {"day": _day, "time": _time, "cell": cell, "shown": printable}
    templates.globals["link"] = _link
    return templates


def _link(path: str, **asked: Any) -> str:
    """Return an address; what is empty is left out. A model stands behind the question mark, where no slash or dot in it means anything."""
    given = {name: value for name, value in asked.items() if value not in {None, ""}}
    return f"{path}?{urlencode(given)}" if given else path


def _day(when: datetime | None) -> str:
    return "" if when is None else when.date().isoformat()


def _time(when: datetime | None) -> str:
    return "" if when is None else f"{when:%Y-%m-%d %H:%M}"

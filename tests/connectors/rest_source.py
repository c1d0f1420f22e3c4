"""REST sources that answer as a test says."""

import json
from collections.abc import Callable
from typing import Any

import httpx

from graph_ledger.connectors.rest import rest_connector
from graph_ledger.values.listing import Listing

URL = "https://registry.example/models?team=risk,fraud&flag"
NAMES = [f"model-{number:02}" for number in range(25)]
Parameters = dict[str, str]
Respond = Callable[[httpx.Request], httpx.Response]


def read(answer: Respond, **options: Any) -> Listing:
    made = rest_connector(**{"name": "registry", "url": URL, "transport": httpx.MockTransport(answer), "tries": 2, **options})
    listing = made.discover()
    assert made.errors == list(listing.errors)
    return listing


def once(data: Any, headers: dict[str, str] | None = None, **options: Any) -> Listing:
    """Read a source of one answer."""
    return read(lambda request: httpx.Response(200, content=json.dumps(data), headers=headers), **options)


def items(names: list[str]) -> list[dict[str, str]]:
    return [{"name": name} for name in names]


def names(listing: Listing) -> list[str]:
    return [node.name for node in listing]


def said(listing: Listing) -> list[tuple[str, str]]:
    return [(error.where, error.reason) for error in listing.errors]


def paged(page: Callable[[Parameters], Any], asked: list[Parameters] | None = None) -> Respond:
    """Answer by what the query says; an answer that is an exception fails."""

    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.query.startswith(b"team=risk,fraud&flag")
        parameters = dict(request.url.params)
        if asked is not None:
            asked.append({name: value for name, value in parameters.items() if name not in {"team", "flag"}})
        made = page(parameters)
        return made if isinstance(made, httpx.Response) else httpx.Response(200, json=made)

    return answer


def by_offset(parameters: Parameters, most: int = 10) -> list[dict[str, str]]:
    start = int(parameters["offset"])
    return items(NAMES[start : start + min(most, int(parameters.get("limit", most)))])


def by_token(parameters: Parameters) -> dict[str, Any]:
    start = int(parameters.get("page_token", "0"))
    following = {"next_page_token": str(start + 10)} if start + 10 < len(NAMES) else {}
    return {"data": {"models": items(NAMES[start : start + 10])}, **following}


TOKEN: dict[str, Any] = {
    "items_path": "data.models",
    "pagination": {"type": "token", "token_field": "next_page_token", "param": "page_token"},
}
OFFSET: dict[str, Any] = {"pagination": {"type": "offset", "param": "offset", "limit_param": "limit", "limit": 10}}

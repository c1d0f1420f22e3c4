"""The REST connector reads pages to their end, by every rule of paging, and says where it could not."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_ledger.connectors.rest import rest_connector
from graph_ledger.connectors.rest_reading.link_header import next_link
from graph_ledger.errors import SourceError
from tests.connectors.local_server import Asked, Reply, serving
from tests.connectors.rest_source import NAMES, OFFSET, TOKEN, Parameters, by_offset, by_token, items, names, once, paged, read, said


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits before another try."""
    monkeypatch.setattr("graph_ledger.connectors.http.clock.sleep", lambda seconds: None)


def test_tokens_are_followed_to_the_last_page() -> None:
    asked: list[Parameters] = []
    listing = read(paged(by_token, asked), **TOKEN)
    assert (names(listing), listing.complete, listing.errors) == (NAMES, True, ())
    assert asked == [{}, {"page_token": "10"}, {"page_token": "20"}]
    assert listing.coverage == {"nodes": 25, "items": 25, "pages": 3, "requests": 3}


@pytest.mark.parametrize("last", [{}, {"next": None}, {"next": ""}])
def test_cursors_are_followed_and_may_say_that_there_are_no_more(last: dict[str, Any]) -> None:
    def page(parameters: Parameters) -> Any:
        assert parameters["limit"] == "10"
        return (
            {"list": items(["a"]), "next": 5, "more": True} if "after" not in parameters else {"list": items(["b"]), "more": False, **last}
        )

    rule = {"type": "cursor", "cursor_field": "next", "param": "after", "more_field": "more", "limit": 10}
    listing = read(paged(page), items_path="list", pagination=rule)
    assert (names(listing), listing.complete) == (["a", "b"], True)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (True, "'next_page_token' is no token: 'True'"),
        ({"a": 1}, "'next_page_token' is no token: \"{'a': 1}\""),
        ("\ud800", "'next_page_token' is no token: '\\ud800' holds half a character (a lone surrogate), which no address can"),
    ],
)
def test_what_is_no_token_ends_the_reading_as_an_error(value: Any, reason: str) -> None:
    listing = once({"data": {"models": items(["a"])}, "next_page_token": value}, **TOKEN)
    assert (names(listing), said(listing)) == (["a"], [("page 1", reason)])


@pytest.mark.parametrize("most", [10, 4])
def test_offsets_count_what_came_and_end_with_an_empty_page(most: int) -> None:
    asked: list[Parameters] = []
    listing = read(paged(lambda parameters: by_offset(parameters, most), asked), **OFFSET)
    assert (names(listing), listing.complete) == (NAMES, True)
    assert [int(each["offset"]) for each in asked] == [*range(0, 25, most), 25]


def test_a_short_page_or_a_full_count_is_the_last_where_one_says_so() -> None:
    asked: list[Parameters] = []
    assert read(paged(by_offset, asked), pagination={**OFFSET["pagination"], "end": "short"}).complete
    assert len(asked) == 3
    asked.clear()

    def counted(parameters: Parameters) -> Any:
        return {"models": by_offset(parameters), "of": 25}

    listing = read(paged(counted, asked), items_path="models", pagination={**OFFSET["pagination"], "total_field": "of"})
    assert (len(asked), listing.complete, listing.coverage["total"]) == (3, True, 25)


@pytest.mark.parametrize("start", [0, 1])
def test_pages_are_counted(start: int) -> None:
    def page(parameters: Parameters) -> Any:
        at = (int(parameters["p"]) - start) * 10
        assert at >= 0
        return items(NAMES[at : at + 10])

    listing = read(paged(page), pagination={"type": "page", "param": "p", "start": start})
    assert (names(listing), listing.complete) == (NAMES, True)


def test_links_are_followed_in_the_header_and_in_a_field() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        at = int(request.url.params.get("at", 0))
        link = f"/models?at={at + 10}" if at + 10 < len(NAMES) else None
        headers = {"Link": f'</models?at=0>; rel=first, <{link}>; title="a, b"; rel="next last"'} if link and not in_field else {}
        body = {"models": items(NAMES[at : at + 10]), **({"next": link} if in_field else {})}
        return httpx.Response(200, json=body, headers=headers)

    for in_field in (False, True):
        listing = read(answer, items_path="models", pagination={"type": "link", **({"field": "next"} if in_field else {})})
        assert (names(listing), listing.complete) == (NAMES, True)


def test_a_link_to_another_host_gets_no_header_and_needs_leave() -> None:
    def answer(asked: Asked) -> Reply:
        return (
            Reply(body=b'[{"name": "b"}]')
            if asked.path == "/2"
            else Reply(body=b'[{"name": "a"}]', headers={"Link": f"<{other}/2>; rel=next"})
        )

    with serving(answer) as (port, asked):
        other = f"http://localhost:{port}"
        options: dict[str, Any] = {"headers": {"Authorization": "Bearer abcdef"}, "pagination": {"type": "link"}}
        refused = rest_connector("registry", f"http://127.0.0.1:{port}/1", **options).discover()
        assert (names(refused), refused.complete, refused.errors[0].where) == (["a"], False, "page 2")
        assert "a host that is not among allowed_hosts: nothing was sent there" in refused.errors[0].reason
        assert names(rest_connector("registry", f"http://127.0.0.1:{port}/1", **options, allowed_hosts=["localhost"]).discover()) == [
            "a",
            "b",
        ]
    assert [(each.path, "authorization" in each.headers) for each in asked] == [("/1", True), ("/1", True), ("/2", False)]


@pytest.mark.parametrize(
    ("page", "options", "expected"),
    [
        (lambda parameters: {"data": {"models": items(["a"])}, "next_page_token": "x"}, TOKEN, "it is a page that was read before"),
        (
            lambda parameters: {"data": {"models": items([f"a{parameters.get('page_token')}"])}, "next_page_token": "x"},
            TOKEN,
            "it names a next page that was read before: the pages go in a circle",
        ),
        (lambda parameters: items(NAMES[:10]), OFFSET, "it is a page that was read before: does the source know the parameters"),
    ],
)
def test_pages_that_go_in_a_circle_are_an_error(page: Any, options: dict[str, Any], expected: str) -> None:
    listing = read(paged(page), **options)
    assert not listing.complete
    assert len(listing) > 0
    assert [expected in reason for _, reason in said(listing)] == [True]
    assert listing.errors[0].where == "page 2"


@pytest.mark.parametrize("link", [7, ["/2"], "https://a:b/"])
def test_a_link_that_is_no_address_is_an_error(link: Any) -> None:
    listing = once({"models": items(["a"]), "more": link}, items_path="models", pagination={"type": "link", "field": "more"})
    assert (names(listing), listing.complete) == (["a"], False)
    assert listing.errors[0].reason.startswith("the link to the next page is no address: ")


def test_links_that_go_in_a_circle_are_an_error() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        at = int(request.url.params.get("at", 0))
        return httpx.Response(200, json=items([f"a{at}"]), headers={"Link": f'</models?at={at % 3 + 1}>; rel="next"'})

    listing = read(answer, pagination={"type": "link"})
    assert (names(listing), said(listing)) == (
        ["a0", "a1", "a2", "a3"],
        [("page 4", "it names a next page that was read before: the pages go in a circle")],
    )


def test_pages_have_a_bound() -> None:
    listing = read(paged(lambda parameters: items([parameters["offset"]])), **OFFSET, max_pages=3)
    assert (names(listing), said(listing)) == (["0", "1", "2"], [("page 3", "there are more than 3 pages (max_pages)")])


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (httpx.Response(500), "https://registry.example/models answered 500"),
        (httpx.Response(503), "https://registry.example/models answered 503, 2 times"),
        (httpx.Response(200, content=b'[{"name": '), "sent no JSON that can be read: Expecting value: line 1 column 11 (char 10)"),
        (httpx.Response(200, json={"error": "x"}), "the answer is no list: it has 'error'"),
    ],
)
def test_what_was_read_before_a_page_failed_is_kept(bad: httpx.Response, reason: str) -> None:
    def page(parameters: Parameters) -> Any:
        return bad if parameters["offset"] == "20" else by_offset(parameters)

    listing = read(paged(page), **OFFSET)
    assert (names(listing), listing.complete) == (NAMES[:20], False)
    assert [(where, told.endswith(reason)) for where, told in said(listing)] == [("page 3", True)]


def test_a_body_that_breaks_off_on_a_later_page_is_an_error() -> None:
    def answer(asked: Asked) -> Reply:
        offset = int(parse_qs(urlsplit(asked.path).query)["offset"][0])
        return Reply(body=json.dumps(items(NAMES[offset : offset + 10])).encode(), cut=offset == 10)

    with serving(answer) as (port, _):
        listing = rest_connector("registry", f"http://127.0.0.1:{port}/models", **OFFSET, tries=2).discover()
    assert (names(listing), listing.complete) == (NAMES[:10], False)
    assert [(where, "broke off" in reason) for where, reason in said(listing)] == [("page 2", True)]


@pytest.mark.parametrize(
    ("totals", "reasons"),
    [
        ([30, 30, 30, 30], [("page 4", "the source counts 30 items, and 25 were read")]),
        ([26, 25, 25], [("page 2", "the source counts 25 items now, and 26 before: it changed while it was read")]),
        (["25"] * 4, [("page 4", "'of', where the source counts its items, holds no number")]),
    ],
)
def test_counts_have_to_agree(totals: list[Any], reasons: list[tuple[str, str]]) -> None:
    left = iter(totals)
    listing = read(
        paged(lambda parameters: {"models": by_offset(parameters), "of": next(left)}), items_path="models", total_field="of", **OFFSET
    )
    assert (names(listing), listing.complete, said(listing)) == (NAMES, False, reasons)


@pytest.mark.parametrize(
    ("header", "link"),
    [
        ("", None),
        ("<>; rel=next", ""),
        ("<a>; rel=prev", None),
        ("<a>;rel=nextish, <b> ; REL = Next", "b"),
        ('<a>; title="; rel=next", <b>; rel="x next"', "b"),
        ("<<<<" * 20_000, None),
    ],
)
def test_links_of_a_header(header: str, link: str | None) -> None:
    assert next_link(header) == link


@given(
    kind=st.sampled_from(["offset", "page", "token", "link"]),
    held=st.integers(0, 40),
    limit=st.integers(1, 12),
    failing=st.none() | st.integers(1, 6),
    counted=st.booleans(),
)
def test_whatever_the_pages_are_all_is_read_or_the_listing_says_that_it_is_not(
    kind: str, held: int, limit: int, failing: int | None, counted: bool
) -> None:
    every = [f"m{number}" for number in range(held)]
    asked = 0

    def answer(request: httpx.Request) -> httpx.Response:
        nonlocal asked
        asked += 1
        at = int(request.url.params.get("at", 0))
        at = at * limit if kind == "page" else at
        if asked == failing:
            return httpx.Response(500)
        more = at + limit < held
        body = {"list": items(every[at : at + limit]), "all": held, **({"token": at + limit} if more and kind == "token" else {})}
        headers = {"Link": f"<?at={at + limit}>; rel=next"} if more and kind == "link" else {}
        return httpx.Response(200, json=body, headers=headers)

    rule: dict[str, Any] = {
        "type": kind,
        **({"token_field": "token"} if kind == "token" else {}),
        **({} if kind == "link" else {"param": "at"}),
    }
    rule |= {"limit": limit} if kind in {"offset", "page"} else {}
    rule |= {"start": 0} if kind == "page" else {}
    options: dict[str, Any] = {"items_path": "list", "pagination": rule, "total_field": "all" if counted else None}
    if failing == 1:
        with pytest.raises(SourceError):
            read(answer, **options)
        return
    listing = read(answer, **options)
    assert names(listing) == every[: len(listing)]
    assert listing.complete == (not listing.errors)
    assert listing.complete == (failing is None or asked < failing)
    assert len(listing) == (held if listing.complete else limit * ((failing or 0) - 1)) or not every[len(listing) :]

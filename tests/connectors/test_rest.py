"""The REST connector: items become nodes, pages are read to their end, and nothing is complete without evidence."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_ledger import Ledger
from graph_ledger.connectors import SourceConnector
from graph_ledger.connectors.json_path import found
from graph_ledger.connectors.link_header import next_link
from graph_ledger.connectors.more_pages import sign_of_more
from graph_ledger.connectors.rest import rest_connector
from graph_ledger.errors import SourceError, ValidationError
from graph_ledger.values.listing import Listing
from tests.connectors.local_server import Asked, Reply, serving
from tests.connectors.twice import check_twice

URL = "https://registry.example/models?team=risk,fraud&flag"
NAMES = [f"model-{number:02}" for number in range(25)]
Parameters = dict[str, str]
Respond = Callable[[httpx.Request], httpx.Response]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits before another try."""
    monkeypatch.setattr("graph_ledger.connectors.http_clock.sleep", lambda seconds: None)


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


def test_an_item_is_a_node_with_its_ports_and_the_rest_is_metadata() -> None:
    item = {
        "spec": {"id": 7, "reads": ["Raw", {"identifier": "q", "kind": "x"}, None, "raw"]},
        "writes": "scores",
        "owner": "ada",
        "note": None,
    }
    (node,) = once([item], name_field="spec.id", input_fields=["spec.reads", "more"], output_fields=["writes"])
    assert (node.name, node.platform) == ("7", "registry")
    assert (list(map(repr, node.inputs)), list(map(repr, node.outputs))) == (
        ["DataPort('raw')", "DataPort('q', kind='x')"],
        ["DataPort('scores')"],
    )
    assert node.metadata == {"node_type": "registry", "owner": "ada", "spec": item["spec"]}


@pytest.mark.parametrize(
    ("fields", "kept"), [([], {}), (["a.b", "gone"], {"a.b": 1}), ({"first": "a.b", "second": "a"}, {"first": 1, "second": {"b": 1}})]
)
def test_metadata_is_what_was_asked_for(fields: Any, kept: dict[str, Any]) -> None:
    (node,) = once([{"name": "n", "a": {"b": 1}}], metadata_fields=fields, platform="ML")
    assert (node.metadata, node.platform) == ({"node_type": "registry", **kept}, "ml")


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ([{"name": "a"}], None),
        ([{"name": "a"}], ""),
        ({"data": {"models": [{"name": "a"}]}}, "data.models"),
        ({"pages": [{"models": [{"name": "a"}]}]}, "pages[0].models"),
        ([[], {"models": [{"name": "a"}]}], "[1].models"),
        ({"a.b": [{"name": "a"}]}, "a.b"),
    ],
)
def test_the_list_is_found_by_its_path(data: Any, path: str | None) -> None:
    assert names(once(data, items_path=path)) == ["a"]


@pytest.mark.parametrize(
    ("data", "path", "message"),
    [
        ({"error": "quota"}, None, "the answer is no list: it has 'error'"),
        ({"error": "quota"}, "models", "items_path 'models' is no list: it has 'error'"),
        ({"models": None}, "models", "is no list: it has 'models'"),
        ({}, "models", "is no list: it has nothing"),
        (["a"], "[1]", "is no list: it is list"),
        (None, None, "the answer is no list: it is NoneType"),
    ],
)
def test_an_answer_without_the_list_is_no_empty_estate(data: Any, path: str | None, message: str) -> None:
    with pytest.raises(SourceError, match=message.replace("[", r"\[")):
        once(data, items_path=path)


def test_a_service_may_leave_out_what_is_empty() -> None:
    listing = once({}, items_path="models", may_lack_list=True, single_page=True)
    assert (len(listing), listing.complete) == (0, True)
    with pytest.raises(SourceError, match="is no list"):
        once([], items_path="models", may_lack_list=True)


def test_one_answer_is_complete_only_when_somebody_says_that_it_is_all() -> None:
    listing = once([{"name": "a"}])
    assert (listing.complete, listing.errors) == (False, ())
    assert listing.coverage["incomplete"] == "one answer, and no pagination, total_field or single_page=True that says that it is all"
    assert once([{"name": "a"}], single_page=True).complete
    assert once({"models": [{"name": "a"}], "all": 1}, items_path="models", total_field="all").complete


@pytest.mark.parametrize(
    ("more", "headers", "sign"),
    [
        ({"nextPageToken": "x"}, {}, "nextPageToken"),
        ({"meta": {"has_more": True}}, {}, "meta.has_more"),
        ({"@odata.nextLink": "https://registry.example/2"}, {}, "@odata.nextLink"),
        ({"total": 2}, {}, "total"),
        ({}, {"Link": '</2>; rel="next"'}, "Link: rel=next"),
    ],
)
def test_a_sign_of_more_pages_outweighs_what_anybody_says(more: dict[str, Any], headers: dict[str, str], sign: str) -> None:
    listing = once({"models": [{"name": "a"}], **more}, headers, items_path="models", single_page=True)
    assert not listing.complete
    assert said(listing) == [("page 1", f"there are signs of more pages ({sign}), which the pagination does not follow")]


@pytest.mark.parametrize(
    "data", [{"next": None, "has_more": False, "total": 1, "count": True}, {"next": ""}, {"Next": 0}, [], {"next": []}]
)
def test_no_sign_of_more_is_none(data: Any) -> None:
    assert sign_of_more(data, httpx.Headers(), 1) is None


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
    [(True, "'next_page_token' is no token: 'True'"), ({"a": 1}, "'next_page_token' is no token: \"{'a': 1}\"")],
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


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500])
def test_a_source_of_which_nothing_can_be_read_is_no_empty_estate(status: int) -> None:
    with pytest.raises(SourceError, match=rf"^registry: page 1: https://registry.example/models answered {status}"):
        read(lambda request: httpx.Response(status), **OFFSET)


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({}, "the item has no name: 'name' is empty"),
        ({"name": None}, "the item has no name: 'name' is empty"),
        ({"name": "  "}, "the item has no name: 'name' is empty"),
        ({"name": ["x"]}, "the name is a text, not \"['x']\""),
        ({"name": "x\0"}, "holds the character NUL"),
        ({"name": "a"}, "the name 'a' is already that of page 1, item 1"),
        ("x", "an item is a mapping with a name, not 'x'"),
        ({"name": "x", "reads": [{"kind": "x"}]}, "has no 'identifier'"),
        ({"name": "x", "reads": True}, "'reads' holds 'True': a port is a text"),
        ({"name": "x", "reads": [1.5]}, "'reads' holds '1.5': a port is a text"),
        ({"name": "x", "text": "x" * 1_000_000}, "'x' holds 1,000,043 bytes, and 1,000,000 are the most (max_item_bytes)"),
        ({"name": "x", "deep": json.loads("[" * 200 + "]" * 200)}, "it is nested more than 100 deep"),
    ],
)
def test_a_bad_item_is_said_with_its_place_and_the_others_stay(item: Any, reason: str) -> None:
    listing = once([{"name": "a"}, item, {"name": "b", "reads": 7}], input_fields=["reads"], single_page=True)
    assert (names(listing), listing.complete) == (["a", "b"], False)
    assert [(where, reason in told) for where, told in said(listing)] == [("page 1, item 2", True)]


def test_ten_megabytes_in_one_field_are_one_error() -> None:
    listing = once([{"name": "a", "text": "x" * 10_000_000}, {"name": "b"}], single_page=True)
    assert (names(listing), listing.errors[0].where) == (["b"], "page 1, item 1")


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
    ("options", "message"),
    [
        ({"name": "a/b"}, "holds a slash"),
        ({"items_path": "a..b"}, 'items_path is a path like "data.models"'),
        ({"name_field": ""}, "name_field is the field that holds the name"),
        ({"input_fields": "reads"}, r"input_fields are a list: \['reads'\]"),
        ({"metadata_fields": ["a["]}, "a field of metadata_fields is a path"),
        ({"pagination": {"type": "pages"}}, "the type of pagination is one of token, cursor, offset, page, link, not 'pages'"),
        ({"pagination": {"type": "offset", "size": 3}}, "pagination by offset has no 'size': it has param, start, end, limit_param, limit"),
        ({"pagination": {"type": "offset", "limit": 0}}, "the limit of pagination is a whole number, not 0"),
        ({"pagination": {"type": "page", "end": "never"}}, 'the end of pagination is "empty" or "short"'),
        ({"pagination": {"type": "token", "param": 1}}, "the param of pagination is the name of a parameter, not 1"),
        ({"max_pages": 0}, "max_pages is a whole number, 1 or more, not 0"),
    ],
)
def test_what_does_not_fit_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        rest_connector(**{"name": "registry", "url": URL, **options})


def test_it_keeps_the_contract_and_shows_no_header() -> None:
    made = rest_connector("registry", URL, headers={"Authorization": "Bearer s3cret"})
    assert isinstance(made, SourceConnector)
    assert "s3cret" not in repr(made)


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


@given(st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)), st.text())
def test_a_path_never_fails(value: Any, path: str) -> None:
    found(value, path)


def test_a_second_run_writes_nothing(ledger: Ledger) -> None:
    check_twice(ledger, rest_connector("registry", URL, transport=httpx.MockTransport(paged(by_offset)), **OFFSET), 25)

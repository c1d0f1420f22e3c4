"""The REST connector: items become nodes, and nothing is complete without evidence."""

import json
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_ledger import Ledger
from graph_ledger.connectors import SourceConnector
from graph_ledger.connectors.rest import rest_connector
from graph_ledger.connectors.rest_reading.json_path import found
from graph_ledger.connectors.rest_reading.more import sign_of_more
from graph_ledger.errors import SourceError, ValidationError
from tests.connectors.rest_source import OFFSET, URL, by_offset, names, once, paged, read, said
from tests.connectors.twice import check_twice


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


@pytest.mark.parametrize("answer", [{"error_code": "PERMISSION_DENIED"}, {"message": "try again later"}, {"errors": ["no shard answers"]}])
def test_an_answer_that_tells_of_an_error_is_no_empty_one(answer: dict[str, Any]) -> None:
    with pytest.raises(SourceError, match="is no list"):
        once(answer, items_path="models", may_lack_list=True, single_page=True)


def test_an_answer_that_calls_itself_partial_is_kept_and_not_complete() -> None:
    listing = once({"models": [{"name": "a"}], "errors": ["shard 2 did not answer"]}, items_path="models", single_page=True)
    assert (names(listing), listing.complete) == (["a"], False)
    assert said(listing) == [("page 1", "the answer says that it is not whole (errors)")]
    assert once({"models": [{"name": "a"}], "errors": [], "error": None}, items_path="models", single_page=True).complete


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
        ({"total": "500"}, {}, "total"),
        ({"isLast": False}, {}, "isLast"),
        ({"last": False, "totalPages": 7}, {}, "last"),
        ({"meta": {"last_page": 5}}, {}, "meta.last_page"),
        ({"LastEvaluatedKey": {"id": 1}}, {}, "LastEvaluatedKey"),
        ({"data": {"pageInfo": {"hasNextPage": True}}}, {}, "data.pageInfo.hasNextPage"),
        ({"links": [{"rel": "self", "href": "/1"}, {"rel": "next", "href": "/2"}]}, {}, "links.next"),
    ],
)
def test_a_sign_of_more_pages_outweighs_what_anybody_says(more: dict[str, Any], headers: dict[str, str], sign: str) -> None:
    listing = once({"models": [{"name": "a"}], **more}, headers, items_path="models", single_page=True)
    assert not listing.complete
    assert said(listing) == [("page 1", f"there are signs of more pages ({sign}), which the pagination does not follow")]


@pytest.mark.parametrize(
    "data", [{"next": None, "has_more": False, "total": 1, "count": True}, {"next": ""}, {"Next": 0}, [], {"next": []},
             {"last": True, "total_pages": 1, "total": "1", "links": [{"rel": "next", "href": None}, "x", {}]}]
)  # fmt: skip
def test_no_sign_of_more_is_none(data: Any) -> None:
    assert sign_of_more(data, httpx.Headers(), 1) is None


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
    ("options", "message"),
    [
        ({"name": "a/b"}, "holds a slash"),
        ({"items_path": "a..b"}, 'items_path is a path like "data.models"'),
        ({"name_field": ""}, "name_field is the field that holds the name"),
        ({"input_fields": "reads"}, r"input_fields are a list: \['reads'\]"),
        ({"output_fields": 5}, r"output_fields are a list: \[5\]"),
        ({"metadata_fields": "owner"}, r"metadata_fields are a list: \['owner'\]"),
        ({"max_item_bytes": "1MB"}, "max_item_bytes is a whole number, 1 or more, not '1MB'"),
        ({"pagination": ["page"]}, "pagination is a mapping"),
        ({"pagination": {"type": ["page"]}}, "the type of pagination is one of token"),
        ({"headers": ["a"]}, "headers are a mapping of names and texts, not a list"),
        ({"allowed_hosts": 5}, "allowed_hosts is a list of hosts"),
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


@given(st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)), st.text())
def test_a_path_never_fails(value: Any, path: str) -> None:
    found(value, path)


def test_a_second_run_writes_nothing(ledger: Ledger) -> None:
    check_twice(ledger, rest_connector("registry", URL, transport=httpx.MockTransport(paged(by_offset)), **OFFSET), 25)

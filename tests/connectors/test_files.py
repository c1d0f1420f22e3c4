"""The files connector: JSON and YAML, one file or a folder of them."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_ledger.connectors import SourceConnector
from graph_ledger.connectors.files import FilesConnector, files_connector
from graph_ledger.errors import SourceError, ValidationError
from graph_ledger.values.listing import Listing

ITEM = {"name": "fraud", "platform": "ml", "inputs": ["Features", {"identifier": "q", "kind": "x"}], "outputs": ["s"], "owner": "ada"}


def discovered(folder: Path, text: str | bytes, name: str = "nodes.json") -> Listing:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return files_connector(path).discover()


@pytest.mark.parametrize("held", [[ITEM], {"models": [ITEM]}, {"nodes": [ITEM], "version": 1}, ITEM])
def test_the_documented_forms_are_one_node(tmp_path: Path, held: Any) -> None:
    listing = discovered(tmp_path, json.dumps(held))
    (node,) = listing
    assert (node.name, node.platform, node.metadata) == ("fraud", "ml", {"owner": "ada"})
    assert list(map(repr, node.inputs)) == ["DataPort('features')", "DataPort('q', kind='x')"]
    assert (listing.complete, listing.source_key) == (True, "files/default")


def test_yaml_is_read_with_its_dates_as_text(tmp_path: Path) -> None:
    text = "- name: a\n  metadata: {since: 2026-01-01}\n  tier: high\n  inputs:\n"
    assert next(iter(discovered(tmp_path, text, "nodes.yml"))).metadata == {"since": "2026-01-01", "tier": "high"}


def test_a_folder_is_all_its_files_in_order(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "b.yaml").write_text("models: [{name: b}]")
    (tmp_path / "a.json").write_text('[{"name": "a"}]')
    (tmp_path / "z.txt").write_text("no node")
    assert [node.name for node in FilesConnector(tmp_path).discover()] == ["a", "b"]


def test_standard_input_is_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('[{"name": "a"}]'))
    assert [node.name for node in FilesConnector("-", platform="etl").discover()] == ["a"]


@pytest.mark.parametrize("text", ["[]", '{"models": []}'])
def test_an_empty_list_is_a_complete_listing_of_nothing(tmp_path: Path, text: str) -> None:
    listing = discovered(tmp_path, text)
    assert (len(listing), listing.complete) == (0, True)


@pytest.mark.parametrize(
    "item",
    [
        None,
        "a",
        {},
        {"name": ""},
        {"name": 1},
        {"name": "x", "inputs": "t"},
        {"name": "x", "inputs": ""},
        {"name": "x", "inputs": [{"kind": "q"}]},
        {"name": "x", "inputs": [" "]},
        {"name": "x", "inputs": [{"identifier": "a", "kind": {"b": 1}}]},
        {"name": "x", "outputs": [1]},
        {"name": "x", "platform": 1},
        {"name": "x", "metadata": []},
    ],
)
def test_a_bad_item_is_said_and_the_others_stay(tmp_path: Path, item: Any) -> None:
    listing = discovered(tmp_path, json.dumps([{"name": "a"}, item, {"name": "b"}]))
    assert [node.name for node in listing] == ["a", "b"]
    assert [error.where for error in listing.errors] == ["nodes.json, item 2"]
    assert not listing.complete


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        ('[{"name": "a",}]', "n.json", "n.json is not JSON: .*, line 1, column 1"),
        ("- a: [\n", "n.yaml", "n.yaml is not YAML: .*, line 2, column 1"),
        ("just text", "n.yaml", "n.yaml holds no list of nodes"),
        ("", "n.json", "n.json holds no list of nodes"),
        ('{"other": 1}', "n.json", "n.json holds no list of nodes"),
        ("[" * 5000, "n.json", "n.json is not JSON"),
    ],
)
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, text: str, name: str, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        discovered(tmp_path, text, name)


def test_a_file_that_cannot_be_read_is_no_empty_estate(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="not UTF-8: byte 2 is 0xff"):
        discovered(tmp_path, b"[\xff]")
    path = tmp_path / "gone.json"
    path.write_text("[]")
    connector = FilesConnector(path)
    path.unlink()
    with pytest.raises(SourceError, match="could not be read"):
        connector.discover()


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="there is no file or folder"):
        FilesConnector(tmp_path / "nowhere.json")


def test_it_keeps_the_contract(tmp_path: Path) -> None:
    assert isinstance(FilesConnector(tmp_path), SourceConnector)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)


@given(st.lists(JSON, max_size=5))
def test_whatever_json_holds_is_a_node_or_an_error(tmp_path: Path, items: list[Any]) -> None:
    listing = discovered(tmp_path, json.dumps(items))
    assert len(listing) + len(listing.errors) == len(items)

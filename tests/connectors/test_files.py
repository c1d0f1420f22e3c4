"""The files connector: JSON and YAML, one file or a folder of them."""

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_ledger import Ledger
from graph_ledger.connectors import SourceConnector
from graph_ledger.connectors.files import FilesConnector, files_connector
from graph_ledger.connectors.testing import check_connector
from graph_ledger.errors import SourceError, ValidationError
from graph_ledger.values.listing import Listing
from tests.connectors.twice import written

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
        ('{"models": [{"name": "a"}], "models": []}', "n.json", "n.json is not JSON .*: the key 'models' stands twice in one mapping"),
        (
            "models: [{name: a}]\nmodels: []",
            "n.yaml",
            "n.yaml is not YAML .*: the key 'models' stands twice in one mapping, line 2, column 1",
        ),
        ("- {name: a, inputs: [x], inputs: [y]}", "n.yaml", "the key 'inputs' stands twice"),
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


def test_a_folder_without_a_file_is_no_empty_estate(tmp_path: Path, ledger: Ledger) -> None:
    (tmp_path / "a.json").write_text('[{"name": "a"}]')
    ledger.discover(FilesConnector(tmp_path))
    (tmp_path / "a.json").unlink()
    report = ledger.discover(FilesConnector(tmp_path))
    assert (report.complete, report.gone, ledger.get("a").status) == (False, 0, "active")
    assert [(error.where, error.reason) for error in report.errors] == [(str(tmp_path), "no file in it ends with .json, .yaml, .yml")]


def test_a_list_that_was_not_written_to_its_end_is_no_empty_one(tmp_path: Path) -> None:
    listing = discovered(tmp_path, "models:\n", "n.yaml")
    assert (len(listing), listing.complete, [error.where for error in listing.errors]) == (0, False, ["n.yaml, item 1"])


def test_a_key_that_is_merged_and_overwritten_stands_there_once(tmp_path: Path) -> None:
    text = "models:\n- &a {name: a, owner: ada}\n- &b {<<: *a, name: b}\n- {<<: *b, name: c}\n"
    assert [(node.name, node.metadata) for node in discovered(tmp_path, text, "n.yaml")] == [(name, {"owner": "ada"}) for name in "abc"]


def test_a_file_without_end_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph_ledger.connectors.files.LARGEST", 1_000)
    with pytest.raises(SourceError, match="/dev/zero has more than 1,000 bytes"):
        FilesConnector("/dev/zero").discover()


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="there is no file or folder"):
        FilesConnector(tmp_path / "nowhere.json")


UNUSABLE = {
    "not YAML": (b"- a: [\n", "is not YAML: "),
    "not UTF-8": (b"[\xff]", "is not UTF-8: byte 2 is 0xff"),
    "no list": (b"just text", "holds no list of nodes"),
    "aliases without end": (b"a: &a [*a]", "stand for more than"),
}


@pytest.mark.parametrize(("text", "reason"), UNUSABLE.values(), ids=UNUSABLE)
def test_a_bad_file_of_a_folder_is_said_and_the_others_stay(tmp_path: Path, text: bytes, reason: str) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "bad.yaml").write_bytes(text)
    for name in ("a", "z"):
        (tmp_path / f"{name}.json").write_text(f'[{{"name": "{name}"}}]')
    listing = FilesConnector(tmp_path).discover()
    assert ([node.name for node in listing], listing.complete) == (["a", "z"], False)
    (error,) = listing.errors
    assert (error.where, reason in error.reason) == ("deep/bad.yaml", True)


def test_a_folder_that_cannot_be_listed_is_said_unless_it_is_the_one_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The superuser may list everything, so the refusal is that of the system call."""
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.json").write_text('[{"name": "a"}]')
    closed, scandir = str(tmp_path / "closed"), os.scandir

    def refuse(folder: Any) -> Any:
        if str(folder) == closed:
            raise PermissionError(13, "Permission denied", folder)
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    listing = FilesConnector(tmp_path).discover()
    assert ([node.name for node in listing], [(each.where, each.reason) for each in listing.errors]) == (
        ["a"],
        [("closed", "Permission denied")],
    )
    with pytest.raises(SourceError, match="closed could not be read: Permission denied: nothing was"):
        FilesConnector(closed).discover()


def test_links_without_end_and_pipes_end_and_are_said(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"name": "a"}]')
    (tmp_path / "linked.json").symlink_to(tmp_path / "a.json")
    (tmp_path / "loop.json").symlink_to(tmp_path / "loop.json")
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "up").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.json")
    listing = check_connector(FilesConnector(tmp_path))
    assert [node.name for node in listing] == ["a"]
    assert [(error.where, error.reason) for error in listing.errors] == [
        ("gone.yaml", "No such file or directory"),
        ("loop.json", "Too many levels of symbolic links"),
        ("pipe.json", "neither a file nor a folder"),
        ("up", "a link to a folder, which is not followed"),
    ]


def test_a_node_that_is_listed_twice_is_said_where_it_says_something_else(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"name": "x", "platform": "ML", "owner": "ada"}, {"name": "y"}]')
    (tmp_path / "b.json").write_text('[{"name": "y"}, {"name": "x", "platform": "ml", "owner": "bob"}]')
    listing = check_connector(FilesConnector(tmp_path))
    assert [(node.name, node.metadata) for node in listing] == [("x", {"owner": "ada"}), ("y", {})]
    assert [(error.where, error.reason) for error in listing.errors] == [
        ("b.json, item 2", "ml/x is listed before with other content, at a.json, item 1: that counts")
    ]


def test_standard_input_that_is_no_text_is_no_empty_estate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xff"), encoding="utf-8"))
    with pytest.raises(SourceError, match="standard input is not UTF-8: byte 1"):
        FilesConnector("-").discover()


def test_a_second_discovery_writes_nothing(tmp_path: Path, ledger: Ledger) -> None:
    (tmp_path / "a.json").write_text(json.dumps([ITEM, {"name": "other"}]))
    connector = FilesConnector(tmp_path)
    assert ledger.discover(connector).added == 2
    before = written(ledger)
    again = ledger.discover(connector)
    assert (again.added, again.changed, again.gone, again.skipped) == (0, 0, 0, 2)
    assert written(ledger) == before


def test_it_keeps_the_contract(tmp_path: Path) -> None:
    assert isinstance(FilesConnector(tmp_path), SourceConnector)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)


@given(st.lists(JSON, max_size=5))
def test_whatever_json_holds_is_a_node_or_an_error(tmp_path: Path, items: list[Any]) -> None:
    listing = discovered(tmp_path, json.dumps(items))
    repeated = len(items) - len(listing) - len(listing.errors)
    assert 0 <= repeated <= sum(isinstance(item, dict) for item in items)

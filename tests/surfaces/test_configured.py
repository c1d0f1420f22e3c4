"""What a file may say of connectors, and what is said of one that cannot be used."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from graph_ledger.connectors import registry
from graph_ledger.connectors.registry import ConnectorType
from graph_ledger.errors import ValidationError
from graph_ledger.settings import read_settings
from graph_ledger.surfaces.configured import chosen, made, read_configuration
from graph_ledger.values.node import DataNode

BOM = b"\xef\xbb\xbf"


def written(folder: Path, text: str | bytes) -> Path:
    """Write a file of connectors."""
    file = folder / "graph-ledger.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def one(folder: Path, text: str) -> Any:
    """Make the one connector of a file."""
    return made(read_configuration(written(folder, f"[[connectors]]\n{text}"))[0], folder)


def test_a_mark_at_the_beginning_of_the_file_is_no_part_of_it(tmp_path: Path) -> None:
    file = written(tmp_path, BOM + b"uri = 'bolt://graph.example'\r\n[[connectors]]\r\ntype = 'noop'\r\n")
    assert [entry.type for entry in read_configuration(file)] == ["noop"]
    assert read_settings(file).uri == "bolt://graph.example"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[connectors]\ntype = 'noop'", "begins with [[connectors]]"),
        ("connectors = 3", "begins with [[connectors]]"),
        ("[[connectors]]\ntype = 'noop'\n[[connectors]]\nname = 'x'", "[[connectors]] number 2.type: Field required"),
        ("[[connectors]]\ntype = 'noop'\nname = ''\nscope = ''", "number 1.scope: String should have at least 1 character"),
        (b"[[connectors]]\ntype = 'n\xff'", "can't decode byte 0xff"),
    ],
)
def test_what_does_not_fit_is_said_on_one_line_with_its_place(tmp_path: Path, text: str | bytes, message: str) -> None:
    with pytest.raises(ValidationError) as raised:
        read_configuration(written(tmp_path, text))
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        "[[connectors]]\nname = 'no type'\nheaders = {Authorization = 's3cret'}",
        "[[connectors]]\ntype = 'composite'\nname = 'all'\n[[connectors.connectors]]\ntoken = 's3cret'",
        "[[connectors]]\ntype = 'composite'\nname = 'all'\nconnectors = ['s3cret']",
        "password = ['s3cret']\n[[connectors]]\ntype = 'noop'",
    ],
)
def test_no_message_holds_a_value_of_the_file(tmp_path: Path, text: str) -> None:
    file = written(tmp_path, text)

    def read() -> None:
        made(read_configuration(file)[0], tmp_path)
        read_settings(file)

    with pytest.raises(ValidationError) as raised:
        read()
    assert "s3cret" not in str(raised.value)
    assert raised.value.__cause__ is None


def test_a_secret_that_ends_with_a_line_break_is_used_without_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEAM_TOKEN", "Bearer s3cret\n")
    connector = one(tmp_path, "type = 'rest'\nname = 'r'\nurl = 'http://127.0.0.1:9'\nheaders = {Authorization_env = 'TEAM_TOKEN'}")
    assert connector.http.headers["Authorization"] == "Bearer s3cret"


def test_an_option_that_is_there_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEAM_TOKEN", "s3cret")
    with pytest.raises(ValidationError, match="there is both token and token_env"):
        one(tmp_path, "type = 'mlflow'\ntoken = 'x'\ntoken_env = 'TEAM_TOKEN'")


def test_relative_paths_count_from_the_folder_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "estate.json").write_text("[]", encoding="utf-8")
    assert one(tmp_path, "type = 'files'\npath = 'estate.json'").path == tmp_path / "estate.json"
    assert one(tmp_path, "type = 'files'\npath = '~/estate.json'").path == tmp_path / "estate.json"
    for kind in ("sqlite", "duckdb"):
        jobs = one(tmp_path, f"type = 'sql'\nname = 'jobs'\nurl = '{kind}:///jobs.db'\nquery = 'SELECT 1'\nname_column = 'job'")
        assert jobs.connection.place == str(tmp_path / "jobs.db")


def test_a_part_of_a_composite_can_be_left_out(tmp_path: Path) -> None:
    parts = "".join(
        f"\n[[connectors.connectors]]\ntype = 'noop'\nname = '{name}'\nenabled = {on}" for name, on in {"a": "true", "b": "false"}.items()
    )
    assert [member.name for member in one(tmp_path, f"type = 'composite'\nname = 'all'{parts}").members] == ["a"]


@dataclass(frozen=True)
class Fixed:
    """A connector that cannot be changed once it is made."""

    name: str = "fixed"
    scope: str = "default"

    def discover(self) -> list[DataNode]:
        """Return nothing."""
        return []


def test_a_connector_that_cannot_be_changed_is_made_with_its_scope(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.OURS, "fixed", f"{__name__}:Fixed")
    assert ConnectorType("fixed", registry.OURS["fixed"]).load() is Fixed
    assert one(tmp_path, "type = 'fixed'\nscope = 'eu'") == Fixed(scope="eu")


def test_what_is_asked_for_by_name_is_read_though_it_is_off(tmp_path: Path) -> None:
    entries = read_configuration(written(tmp_path, "[[connectors]]\ntype = 'noop'\nname = 'off'\nenabled = false"))
    assert chosen(entries, ()) == ()
    assert chosen(entries, ("off",)) == entries


def test_of_one_name_only_those_are_read_that_are_on(tmp_path: Path) -> None:
    parts = "".join(
        f"[[connectors]]\ntype = 'noop'\nscope = '{scope}'\nenabled = {on}\n" for scope, on in {"a": "true", "b": "false"}.items()
    )
    assert [entry.scope for entry in chosen(read_configuration(written(tmp_path, parts)), ("noop",))] == ["a"]

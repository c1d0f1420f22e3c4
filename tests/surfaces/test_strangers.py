"""Names of strangers are data: on a terminal, in JSON, in an address, in a diagram."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.cli.statements import filled_in, literal
from graph_ledger.values.node import DataNode
from graph_ledger.values.printable import printable
from tests.surfaces.conftest import Say

NAMES = {
    "newline": "one\ntwo\rthree",
    "quotes": 'it\'s "so" `here` {key} $key',
    "markup": "[red]red[/red] :smile: [/]",
    "escape": "\x1b[31mred\x1b[0m",
    "direction": "abc\u202edef\u200fghi",
    "emoji": "scorer \U0001f469\u200d\U0001f4bb",
    "cypher": "\\u0027}) RETURN 1 // \\' \\\\",
    "html": "<script>alert(1)</script> #quot; --> x",
}


@pytest.fixture(params=list(NAMES.values()), ids=list(NAMES))
def name(request: pytest.FixtureRequest, ledger: Ledger) -> str:
    """Return the name of a model that is there and feeds another."""
    found: str = request.param
    ledger.add([DataNode(found, platform="ml", outputs=["t"], metadata={"owner": found}), DataNode("reader", platform="bi", inputs=["t"])])
    return found


def test_json_has_the_name_as_it_is(name: str, say: Say) -> None:
    assert json.loads(say("show", name, "--json").stdout)["model"]["name"] == name
    assert json.loads(say("trace", "reader", "--jsonl").stdout.splitlines()[0]) == name


def test_a_table_has_it_on_one_line_and_nothing_moves_the_cursor(name: str, say: Say) -> None:
    said = say("list").stdout
    assert f"ml/{printable(name)}" in said
    assert len(said.splitlines()) == 3
    assert not set(said) & set("\x1b\r\u202e\u200f")
    assert printable(name) in say("impact", name).stdout
    assert printable(name) in say("cypher", "run", "models_by_owner").stdout


def test_an_error_has_it_on_one_line(name: str, say: Say) -> None:
    done = say("show", f"{name}?")
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1
    assert not set(done.stderr) & set("\x1b\r\u202e\u200f")


def test_the_address_of_browser_asks_about_exactly_it(name: str, ledger: Ledger, say: Say) -> None:
    done = say("browse", name, "--print")
    asked = parse_qs(urlsplit(done.stdout.rstrip("\n")).query)
    assert asked["cmd"] == ["edit"]
    assert asked["dbms"][0].startswith("bolt://neo4j@")
    assert "password" not in done.stdout
    _, rows = ledger.database.table(asked["arg"][0])
    assert {row[0]["key"] for row in rows} == {f"ml/{name}"}
    assert len(rows) == 2


def test_a_diagram_stays_a_diagram(name: str, say: Say) -> None:
    drawn = say("impact", name, "--mermaid").stdout.splitlines()
    assert len(drawn) == 4
    assert drawn[1].count('"') == 2
    assert "<" not in drawn[1]


def test_completion_offers_no_name_that_a_shell_line_cannot_hold(name: str, say: Say) -> None:
    from click.shell_completion import ShellComplete

    from graph_ledger.surfaces.cli.main import cli

    offered = ShellComplete(cli, {}, "graph-ledger", "_X").get_completions(["show"], "ml/")
    assert all(item.value.isprintable() for item in offered)


@given(text=st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0")))
def test_a_literal_is_read_as_the_text_it_stands_for(opened: Ledger, text: str) -> None:
    for language in ("CYPHER 5", "CYPHER 25") if opened.database.read("database/components")["version"] >= "2025.06" else ("",):
        assert opened.database.table(f"{language} RETURN {literal(text)} AS text")[1] == [[text]]


def test_only_parameters_are_filled_in() -> None:
    assert filled_in("MATCH (n {key: $key}) WHERE n.a = $a", {"key": "x"}) == "MATCH (n {key: 'x'}) WHERE n.a = $a"

"""Every bad input ends with one line on stderr, the exit code of its kind, and nothing on stdout."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from graph_ledger.ledger import Ledger
from graph_ledger.settings import Settings
from graph_ledger.values.node import DataNode
from tests.surfaces.conftest import Say

WRONG = {
    "impact frau": "did you mean ml/fraud?",
    "show nothing-like-it": "graph-ledger list",
    "history fraud --limit 0": "--limit",
    "history fraud --limit 99999999999999999999": "limit is a whole number from 1",
    "list --limit 99999999999999999999": "limit is a whole number from 0",
    "list --offset 99999999999999999999": "offset is a whole number from 0",
    "impact fraud --as-of 2026-13-01": "2026-06-30",
    "list --known-at yesterday": "'yesterday' is no date",
    "record fraud validated": "--actor",
    "record fraud validated --actor me --payload {": "no JSON",
    "record fraud validated --actor me --payload [1]": "a JSON object",
    "record fraud validated --actor me --at 2999-01-01": "2999",
    "discover warehouse no-such-folder": "no-such-folder",
    "discover files no-such-file": "no-such-file",
    "discover sql no-such-file --query x --name-column y": "no-such-file",
    "discover warehouse . --alias a": "mirror=original",
    "cypher run no_such_statement": "cypher list",
    "cypher run who_owns_downstream": "--param key=...",
    "cypher run whole_estate --param key=a": "takes no key",
    "cypher run whole_estate --param key": "no '='",
    "browse --query impact_neighbourhood --print": "name it",
    "list --json --jsonl": "exclude each other",
    "--uri ftp://127.0.0.1 list": "no address of a Neo4j",
    "no-such-command": "no-such-command",
    "impact fraud --demo": "graph-ledger --demo impact ...",
    "cypher run widest_impact --uri bolt://x": "graph-ledger --uri cypher ...",
    "impact fraud --nothing": "--nothing",
}


@pytest.mark.parametrize("command", WRONG)
def test_wrong_usage_is_2_and_says_what_to_do(command: str, estate: Ledger, say: Say) -> None:
    done = say(*command.split())
    assert (done.exit_code, done.stdout) == (2, "")
    assert WRONG[command] in done.stderr
    assert "Traceback" not in done.stderr


def test_a_payload_nested_without_end_is_2_and_leaves_nothing(estate: Ledger, say: Say) -> None:
    before = estate.history("fraud")
    for payload in ("[" * 20_000, '{"a": ' * 20_000, '{"a": ' + "[" * 20_000 + "]" * 20_000 + "}"):
        done = say("record", "fraud", "validated", "--actor", "me", "--payload", payload)
        assert (done.exit_code, done.stdout) == (2, "")
        assert "nested too deep" in done.stderr
    assert estate.history("fraud") == before


def test_no_server_is_started_for_a_demo_that_was_never_loaded(say: Say, tmp_path: Path) -> None:
    for command in (["--demo", "impact", "x"], ["--demo", "browse", "--print"], ["serve", "--demo", "--port", "0"]):
        done = say(*command)
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr == "Error: there is no demo estate yet: `graph-ledger demo` loads it\n"
    assert not (tmp_path / "demo").exists()


def test_an_empty_variable_is_none(estate: Ledger, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE", "ARTIFACTS", "CACHE"):
        monkeypatch.setenv(f"GRAPH_LEDGER_{name}", "")
    assert (say("list").exit_code, Settings().database, Settings().artifacts) == (0, "neo4j", None)
    assert Settings().cache.is_absolute()


def test_an_ambiguous_name_is_2_and_lists_the_keys(ledger: Ledger, say: Say) -> None:
    ledger.add([DataNode("twin", platform="etl"), DataNode("twin", platform="ml")])
    done = say("impact", "twin", "--json")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "etl/twin, ml/twin" in done.stderr


def test_a_broken_file_of_settings_is_2(say: Say, tmp_path: Path) -> None:
    (tmp_path / "graph-ledger.toml").write_text("uri = ", encoding="utf-8")
    assert say("list").exit_code == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"GRAPH_LEDGER_PASSWORD": "wrong"}, "GRAPH_LEDGER_PASSWORD"),
        ({"GRAPH_LEDGER_URI": "bolt://127.0.0.1:1"}, "no Neo4j answers at bolt://127.0.0.1:1 (Connection refused): start it"),
        ({"GRAPH_LEDGER_DATABASE": "nowhere"}, "nowhere"),
    ],
)
def test_the_database_is_3(changed: dict[str, str], said: str, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in changed.items():
        monkeypatch.setenv(name, value)
    done = say("list", "--json")
    assert (done.exit_code, done.stdout) == (3, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_without_a_server_the_command_that_installs_one_is_named(say: Say, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("GRAPH_LEDGER_URI")
    monkeypatch.setenv("GRAPH_LEDGER_CACHE", str(tmp_path))
    for command in (["list"], ["demo"], ["browse", "--print"]):
        done = say(*command)
        assert (done.exit_code, done.stdout) == (3, "")
        assert "graph-ledger server install" in done.stderr


def test_a_statement_that_writes_is_refused_and_nothing_is_written(estate: Ledger, say: Say) -> None:
    assert say("cypher", "run", "explore/empty", "--param", "most=10").exit_code == 3
    assert len(estate.list()) == 3


def test_a_true_run_has_the_same_codes_and_no_traceback(estate: Ledger, environment: dict[str, str]) -> None:
    import os

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "graph_ledger.surfaces.cli", *arguments]
        paths = {"PYTHONPATH": str(Path(__file__).parents[2])}
        return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **environment, **paths})

    fine, wrong = run("impact", "features", "--json"), run("impact", "frau")
    assert (fine.returncode, json.loads(fine.stdout), fine.stderr) == (0, estate.impact("features").model_dump(mode="json"), "")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("Error: no model 'frau'")

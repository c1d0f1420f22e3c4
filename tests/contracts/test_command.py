"""The commands on files: exit codes, what is written, and that no database is looked at."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from graph_ledger.contracts import read_tables
from graph_ledger.surfaces.cli.main import cli
from tests.contracts.said import F0, METADATA, NAMESPACE, SPEED, VEHICLE, Event, added, after, lines, modified, removed

Sync = Callable[..., Result]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with metadata and rules; a database that is asked for is not there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRAPH_LEDGER_URI", "bolt://127.0.0.1:1")
    (tmp_path / "m.yaml").write_text(json.dumps(METADATA), encoding="utf-8")
    (tmp_path / "b.yaml").write_text("property: {output_type: true}", encoding="utf-8")
    return tmp_path


@pytest.fixture
def sync(desk: Path) -> Sync:
    """Run a sync of some events, or of none."""

    def run(*options: str, events: tuple[Event, ...] | None = None) -> Result:
        if events is not None:
            (desk / "d.json").write_text(json.dumps({"changes": events}), encoding="utf-8")
        report = () if events is None else ("-d", "d.json")
        return say("contract", "sync", "-m", "m.yaml", "-b", "b.yaml", "-o", "new/ledger", *report, *options)

    return run


def say(*words: str) -> Result:
    return CliRunner().invoke(cli, words, prog_name="graph-ledger")


def test_without_a_report_a_ledger_is_set_up_and_later_written_again_unchanged(sync: Sync, desk: Path) -> None:
    (desk / "new" / "ledger").mkdir(parents=True)
    assert sync("-n").stdout == "would write a new ledger without rows\n"
    first, second = sync(), sync()
    assert (first.exit_code, first.stdout, second.stdout) == (0, "wrote a new ledger without rows\n", "wrote nothing new\n")
    assert {file.name: file.read_text() for file in (desk / "new" / "ledger").iterdir()} == {
        "concepts.csv": "serial,concept_uri,current_label,previous_labels,kind,status,parent_uri,instances\n",
        "revisions.csv": "serial,concept_uri,revision_uri,previous_revision_uri,status\n",
        "contracts.csv": "serial,concept_uri,contract_uri,revision_uri,status\n",
        "bindings.csv": "serial,contract_uri,binding_uri,instance_label,status\n",
    }
    assert sync(events=F0).exit_code == 0
    before = {file.name: file.read_bytes() for file in (desk / "new" / "ledger").iterdir()}
    assert sync().exit_code == 0
    assert before == {file.name: file.read_bytes() for file in (desk / "new" / "ledger").iterdir()}
    assert lines(read_tables("new/ledger")) == lines(after(F0))


def test_the_columns_are_those_of_the_profile_unless_others_are_asked_for(sync: Sync, desk: Path) -> None:
    def header() -> str:
        return (desk / "new" / "ledger" / "bindings.csv").read_text().partition("\n")[0]

    assert sync("--profile", "head", events=F0).exit_code == 0
    assert header() == "serial,binding_uri,contract_uri,instance_label,status"
    assert sync("--profile", "head", "--columns", "seed").exit_code == 0
    assert header() == "serial,contract_uri,binding_uri,instance_label,status"


def test_a_dry_run_writes_nothing_and_ends_with_1_when_rows_would_be_written(sync: Sync, desk: Path) -> None:
    before = {"m.yaml", "b.yaml", "d.json"}
    done = sync("-n", events=F0)
    assert (done.exit_code, {file.name for file in desk.iterdir()}) == (1, before)
    assert "would write 6 concepts, 6 revisions, 6 contracts, 3 bindings" in done.stdout
    assert (sync("-n").exit_code, {file.name for file in desk.iterdir()}) == (0, before)
    assert sync(events=F0).exit_code == 0
    assert sync("--dry-run", events=()).exit_code == 0
    assert sync("--dry-run", events=(VEHICLE,)).exit_code == 1
    assert json.loads(sync("-n", "--json", events=(added("X", "ENTITY"),)).stdout)["created"]["concepts"] == 1


WRONG_USAGE = [
    "sync -b b.yaml -o x", "sync -m m.yaml -o x", "sync -m no -b b.yaml -o x", "sync -m m.yaml -b no -o x",
    "sync -m m.yaml -b b.yaml -o x -d no", "sync -m m.yaml -b b.yaml -o m.yaml", "sync -m m.yaml -b b.yaml -o x --profile tail",
    "sync -m . -b b.yaml -o x", "lint", "lint -d no", "validate no", "diff m.yaml", "diff m.yaml no",
]  # fmt: skip


@pytest.mark.parametrize("command", WRONG_USAGE)
def test_wrong_usage_is_2(command: str, desk: Path) -> None:
    done = say("contract", *command.split())
    assert (done.exit_code, done.stdout, "Error: " in done.stderr) == (2, "", True)
    assert not (desk / "x").exists()


REFUSED: dict[str, tuple[str, Any]] = {
    "Invalid diff report": ("d.json", "{"),
    "changes.0.label: Field required": ("d.json", '{"changes": [{"change_type": "ADDED"}]}'),
    "No concept found": ("d.json", json.dumps({"changes": [SPEED]})),
    "d.json:1:1: ": ("d.json", ""),
    "Invalid metadata": ("m.yaml", ""),
    "m.yaml:1:7: ": ("m.yaml", "name: }"),
    "Invalid breaking aspects": ("b.yaml", "entity: 1"),
    "Missing columns": ("new/ledger/concepts.csv", ""),
    "unexpected files: .gitkeep": ("new/ledger/.gitkeep", ""),
    "Namespace mismatch": ("m.yaml", json.dumps(METADATA | {"id": "http://other.example/"})),
}


@pytest.mark.parametrize("said", REFUSED)
def test_what_is_refused_is_1_with_one_line_and_nothing_is_written(said: str, sync: Sync, desk: Path) -> None:
    file, content = REFUSED[said]
    assert sync(events=(UNRELATED,)).exit_code == 0
    (desk / "d.json").write_text(json.dumps({"changes": [VEHICLE]}), encoding="utf-8")
    (desk / file).write_text(content, encoding="utf-8")
    before = {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()}
    done = say("contract", "sync", "-m", "m.yaml", "-b", "b.yaml", "-d", "d.json", "-o", "new/ledger")
    assert (done.exit_code, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert said in done.stderr
    assert before == {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()}


UNRELATED = added("Other", "ENTITY")


def test_warnings_go_to_stderr_and_strict_makes_no_folder(sync: Sync, desk: Path) -> None:
    done = sync("--strict", events=(VEHICLE, modified("Vehicle", "ENTITY"), modified("Vehicle", "ENTITY")))
    assert (done.exit_code, "duplicate" in done.stderr, (desk / "new").exists()) == (1, True, False)
    done = sync(events=(*F0, modified("Vehicle.Speed", "PROPERTY", "Vehicle", unit="mph")))
    assert (done.exit_code, done.stderr.count("Warning: "), "'unit'" in done.stderr) == (0, 2, True)


def test_lint_checks_the_inputs_alone(desk: Path) -> None:
    (desk / "d.json").write_text(json.dumps({"changes": [modified("a", "ENTITY", x=1)]}), encoding="utf-8")
    done = say("contract", "lint", "-d", "d.json", "--json")
    assert (done.exit_code, len(json.loads(done.stdout))) == (0, 1)
    assert say("contract", "lint", "-d", "d.json", "-s").exit_code == 1
    assert say("contract", "lint", "-m", "m.yaml", "-b", "b.yaml").exit_code == 0
    (desk / "m.yaml").write_text("name: x", encoding="utf-8")
    assert say("contract", "lint", "-m", "m.yaml").exit_code == 1
    (desk / "b.yaml").write_text("entity: {unit.si: true}", encoding="utf-8")
    assert [say("contract", "lint", "-b", "b.yaml", "--profile", each).exit_code for each in ("seed", "head")] == [0, 1]


def test_validate_says_everything_that_is_wrong(sync: Sync, desk: Path) -> None:
    assert sync(events=F0).exit_code == 0
    assert json.loads(say("contract", "validate", "new/ledger", "--json").stdout)["bindings"] == 3
    file = desk / "new" / "ledger" / "revisions.csv"
    file.write_text(file.read_text().replace("concepts/5,", "concepts/77,").replace("concepts/4,", "concepts/78,"), encoding="utf-8")
    done = say("contract", "validate", "new/ledger")
    assert (done.exit_code, done.stdout) == (1, "")
    assert all(f"no concept is '{NAMESPACE}concepts/{each}'" in done.stderr for each in (77, 78))


def test_a_folder_without_a_ledger_is_not_valid(sync: Sync, desk: Path) -> None:
    (desk / "new" / "ledger").mkdir(parents=True)
    done = say("contract", "validate", "new/ledger")
    assert (done.exit_code, done.stdout, "holds none of concepts.csv" in done.stderr) == (1, "", True)
    assert sync(events=F0).exit_code == 0
    assert say("contract", "validate", "new/ledger").exit_code == 0


def test_diff_writes_a_report_that_sync_takes(sync: Sync, desk: Path) -> None:
    (desk / "old.yaml").write_text("", encoding="utf-8")
    (desk / "new.json").write_text('{"V": {"properties": {"V.s": {"aspects": {"unit": "m"}}}}}', encoding="utf-8")
    report = say("contract", "diff", "old.yaml", "new.json").stdout
    assert sync(events=tuple(json.loads(report)["changes"])).exit_code == 0
    gone = json.loads(say("contract", "diff", "new.json", "old.yaml").stdout)["changes"]
    assert gone == [removed("V", "ENTITY"), removed("V.s", "PROPERTY", "V")]
    kept = say("contract", "diff", "old.yaml", "new.json", "-o", "d.json")
    assert (kept.stdout, kept.exit_code, (desk / "d.json").read_text()) == ("", 0, report)
    (desk / "x.proto").write_text('syntax = "proto3";', encoding="utf-8")
    done = say("contract", "diff", "x.proto", "x.proto", "-o", "d.json")
    assert (done.exit_code, "x.proto: Invalid snapshot" in done.stderr, "a model in vspec (.vspec) or GraphQL SDL" in done.stderr) == (
        1,
        True,
        True,
    )
    assert (desk / "d.json").read_text() == report  # a report that was not made leaves the one that is there
    (desk / "bad.yaml").write_text("V: {columns: {}}", encoding="utf-8")
    done = say("contract", "diff", "old.yaml", "bad.yaml")
    assert (done.exit_code, "Extra inputs" in done.stderr) == (1, True)


def test_files_need_neither_the_driver_nor_an_extra(desk: Path) -> None:
    (desk / "d.json").write_text(json.dumps({"changes": F0}), encoding="utf-8")
    script = """
import sys
from click.testing import CliRunner
from graph_ledger.surfaces.cli.main import cli
done = CliRunner().invoke(cli, "contract sync -m m.yaml -b b.yaml -d d.json -o ledger".split())
assert done.exit_code == 0, done.output
print(*sys.modules)
"""
    loaded = set(subprocess.check_output([sys.executable, "-c", script], text=True, cwd=desk).split())
    assert not loaded & {"neo4j", "neomodel", "pandas", "fastapi", "mcp", "jgo", "psutil", "graph_ledger.database.database"}

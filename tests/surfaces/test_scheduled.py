"""``discover --config``: all connectors of a file, once or again and again; and plans, runs and coverage on the command line."""

import json
import logging
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from graph_ledger.connectors import registry
from graph_ledger.errors import BatchTooLargeError
from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.cli.logs import _Json
from graph_ledger.surfaces.configured import made, read_configuration
from graph_ledger.values.add_result import RunReport
from graph_ledger.values.node import DataNode
from tests.graph import counts, nodes
from tests.surfaces.conftest import Say

CONFIGURATION = """
[[connectors]]
type = "files"
name = "estate"
path = "estate.json"
scope = "all"

[[connectors]]
type = "files"
name = "gone"
path = "missing.json"

[[connectors]]
type = "sql"
name = "jobs"
url = "sqlite:///jobs.db"
query = "SELECT job, code FROM jobs"
name_column = "job"
sql_column = "code"

[[connectors]]
type = "noop"
name = "off"
enabled = false
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Three connectors, one of which cannot be read; the folder is not the working one."""
    folder = tmp_path / "etc"
    folder.mkdir()
    (folder / "estate.json").write_text('[{"name": "a", "outputs": ["t"]}, {"name": "b", "inputs": ["t"]}]', encoding="utf-8")
    with closing(sqlite3.connect(folder / "jobs.db")) as database:
        database.execute("CREATE TABLE jobs (job, code)")
        database.execute("INSERT INTO jobs VALUES ('daily', 'INSERT INTO u SELECT * FROM t'), ('odd', 'THIS IS NO SQL (')")
        database.commit()
    file = folder / "graph-ledger.toml"
    file.write_text(CONFIGURATION, encoding="utf-8")
    return file


def test_one_that_fails_stops_no_other_and_the_exit_code_tells(ledger: Ledger, say: Say, config: Path) -> None:
    done = say("discover", "--config", str(config), "--json", "--log-format", "json")
    found = {each["name"]: each for each in json.loads(done.stdout)}
    assert done.exit_code == 1
    assert {name: each["ok"] for name, each in found.items()} == {"estate": True, "gone": False, "jobs": True}
    assert "missing.json" in found["gone"]["error"]
    assert found["estate"]["report"]["source"] == "estate/all"
    assert {name for (name,) in nodes(ledger, "ModelRef", "name")} == {"a", "b", "daily", "odd"}
    logs = [json.loads(line) for line in done.stderr.splitlines()]
    assert [(line["level"], line["event"], line["connector"]) for line in logs] == [
        ("info", "reading", "estate"), ("info", "read", "estate"), ("info", "reading", "gone"),
        ("error", "read", "gone"), ("info", "reading", "jobs"), ("info", "read", "jobs"),
    ]  # fmt: skip
    assert logs[5]["coverage"]["statements"] >= 1
    assert logs[1]["time"].endswith("Z")


def test_one_alone_and_again_writes_runs_and_nothing_else(ledger: Ledger, say: Say, config: Path) -> None:
    only = ("discover", "--config", str(config), "--only", "estate", "--only", "jobs")
    assert say(*only).exit_code == 0
    before = counts(ledger)
    again = say(*only)
    assert (again.exit_code, "estate" in again.stdout) == (0, True)
    assert counts(ledger) == {**before, "Run": 4, "OF": 4}
    stranger = say("discover", "--config", str(config), "--only", "jbos")
    assert (stranger.exit_code, "there are estate, gone, jobs, off" in stranger.stderr) == (2, True)


def test_a_plan_of_all_is_a_finding_until_there_is_nothing_to_do(ledger: Ledger, say: Say, config: Path) -> None:
    planned = say("discover", "--config", str(config), "--only", "estate", "--plan", "--json")
    (found,) = json.loads(planned.stdout)
    assert (planned.exit_code, [change["kind"] for change in found["plan"]["changes"]]) == (1, ["create", "create"])
    assert not nodes(ledger, "ModelRef", "key")
    file = config.parent / "plan.json"
    file.write_text(json.dumps(found["plan"]), encoding="utf-8")
    assert say("discover", "--apply", str(file)).exit_code == 0
    assert say("discover", "--config", str(config), "--only", "estate", "--plan").exit_code == 0


def test_a_source_is_planned_and_the_plan_applied(ledger: Ledger, say: Say, config: Path) -> None:
    estate, plan = str(config.parent / "estate.json"), config.parent / "plan.json"
    shown = say("discover", "files", estate, "--plan", "--out", str(plan))
    assert (shown.exit_code, "2 to create" in shown.stdout, "it is new; +writes t" in shown.stdout) == (1, True, True)
    applied = say("discover", "--apply", str(plan), "--json")
    assert (applied.exit_code, json.loads(applied.stdout)["added"]) == (0, 2)
    again = say("discover", "--apply", str(plan))
    assert (again.exit_code, "make the plan anew" in again.stderr) == (1, True)
    assert say("discover", "files", estate, "--plan").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Usage: graph-ledger discover"),
        (["--plan"], "name a source"),
        (["--config", "{config}", "--apply", "{config}"], "name a source"),
        (["--config", "{config}", "--allow-removals"], "not for all connectors"),
        (["--config", "{config}", "--only", "estate", "--allow-removals", "--every", "1h"], "leave --every out"),
        (["--config", "{config}", "--every", "soon"], "is no time"),
        (["--config", "{config}", "--every", "9999999d"], "is no time"),
        (["--config", "{config}", "--every", "1h", "--plan"], "leave --every out"),
        (["--config", "{config}", "--every", "1h", "--json"], "are for once"),
        (["--apply", "{config}"], "this is no plan"),
        (["--apply", "{config}", "--plan"], "takes no other option"),
        (["--plan", "files", "{config}"], "behind the name"),
        (["files", "{config}", "--out", "plan.json"], "--out goes with --plan"),
        (["--config", "nowhere.toml"], "does not exist"),
    ],
)
def test_wrong_usage_is_2_and_says_what_is_right(say: Say, config: Path, arguments: list[str], message: str) -> None:
    done = say("discover", *(argument.format(config=config) for argument in arguments))
    assert (done.exit_code, message in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[connectors", "cannot be used"),
        ("uri = 'bolt://x'", "declares no connector"),
        ("[[connectors]]\ntype = 'noop'\n[[connectors]]\ntype = 'noop'", "twice"),
        ("[[connectors]]\nname = 'x'", "type"),
        ("urii = 'bolt://x'\n[[connectors]]\ntype = 'noop'", "did you mean 'uri'"),
        ("[[connectors]]\ntype = 'noop'\n[[conectors]]\ntype = 'noop'", "did you mean 'connectors'"),
        ("[[connectors]]\ntype = 'noop'\nremoval_share = 2", "removal_share"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(say: Say, tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(text, encoding="utf-8")
    done = say("discover", "--config", str(file))
    assert (done.exit_code, message in done.stderr) == (2, True), done.stderr


def lines(text: str) -> list[dict[str, Any]]:
    """Return what a log in JSON says, line by line."""
    return [json.loads(line) for line in text.splitlines()]


class Odd:
    """A connector of somebody's own that fails, and warns, in words of more than one line."""

    def __init__(self, name: str = "odd") -> None:
        self.name = name

    def discover(self) -> list[DataNode]:
        """Warn and fail."""
        logging.getLogger("their.library").warning("this is\nodd")
        raise RuntimeError("a first line\n2026-01-01T00:00:00Z info read connector=forged\x1b[2J")


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_line_of_the_log_is_a_line_whatever_a_source_says(say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.setitem(registry.OURS, "odd", f"{__name__}:Odd")
    file = tmp_path / "odd.toml"
    file.write_text("[[connectors]]\ntype = 'odd'", encoding="utf-8")
    told = say("discover", "--config", str(file), "--log-format", form).stderr.splitlines()
    assert len(told) == 3
    assert all(line.isprintable() for line in told)
    if form == "json":
        assert lines("\n".join(told))[1]["logger"] == "their.library"
        assert json.loads(told[2])["error"].startswith("RuntimeError: a first line\n2026")
    else:
        assert re.search(r'error read connector=odd error="RuntimeError: a first line\\n2026', told[2])


class Loud(Odd):
    """A connector of somebody's own that prints, and ends the process where it should raise."""

    def discover(self) -> list[DataNode]:
        """Print and end."""
        print("one\n[two]", end="")  # noqa: T201
        sys.exit("no such account")


def test_what_a_connector_prints_stays_out_of_the_answer_and_it_ends_no_process(
    say: Say, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(registry.OURS, "loud", f"{__name__}:Loud")
    text = config.read_text(encoding="utf-8")
    config.write_text(f"[[connectors]]\ntype = 'loud'\n{text}", encoding="utf-8")
    done = say("discover", "--config", str(config), "--only", "loud", "--only", "estate", "--json", "--log-format", "json")
    assert [(each["name"], each["error"]) for each in json.loads(done.stdout)] == [
        ("loud", "SystemExit: no such account"),
        ("estate", None),
    ]
    assert [line["text"] for line in lines(done.stderr) if line["event"] == "printed"] == ["one", "[two]"]


class Listed(logging.LogRecord):
    """A record as the log makes it."""

    def __init__(self, **what: Any) -> None:
        super().__init__("graph_ledger", logging.INFO, "", 0, "read", (), None)
        self.what = what


def test_a_number_that_json_does_not_have_is_told_as_a_text() -> None:
    assert json.loads(_Json().format(Listed(coverage={"share": float("nan")})))["coverage"] == "{'share': nan}"


def test_two_connectors_of_one_source_are_not_both_read(ledger: Ledger, say: Say, config: Path) -> None:
    with config.open("a", encoding="utf-8") as file:
        file.write('\n[[connectors]]\ntype = "noop"\nname = "jobs"\nscope = "default"')
    done = say("discover", "--config", str(config), "--only", "jobs", "--json")
    first, second = json.loads(done.stdout)
    assert (done.exit_code, first["ok"], second["ok"]) == (1, True, False)
    assert "is the source jobs/default too" in second["error"]


def test_what_the_database_refuses_of_one_stops_no_other(ledger: Ledger, say: Say, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    discovered = Ledger.discover

    def refusing(self: Ledger, connector: Any, **how: Any) -> RunReport:
        if connector.name == "estate":
            raise BatchTooLargeError("one model is too large")
        return discovered(self, connector, **how)

    monkeypatch.setattr(Ledger, "discover", refusing)
    done = say("discover", "--config", str(config), "--json", "--only", "estate", "--only", "jobs")
    assert (done.exit_code, [each["ok"] for each in json.loads(done.stdout)]) == (1, [False, True])


@pytest.mark.parametrize("form", ["text", "json"])
def test_without_its_database_it_ends_with_3_in_the_form_of_the_log(
    say: Say, config: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setenv("GRAPH_LEDGER_URI", "bolt://127.0.0.1:9")
    done = say("discover", "--config", str(config), "--log-format", form)
    assert (done.exit_code, done.stdout) == (3, "")
    if form == "json":
        assert lines(done.stderr)[-1]["exit_code"] == 3
    else:
        assert done.stderr.startswith("Error: ")


def test_a_wrong_password_ends_also_what_runs_again_and_again(say: Say, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPH_LEDGER_PASSWORD", "wrong")
    assert say("discover", "--config", str(config), "--every", "1h").exit_code == 3


def test_a_file_whose_connectors_are_all_off_is_told_of(say: Say, tmp_path: Path) -> None:
    file = tmp_path / "off.toml"
    file.write_text("[[connectors]]\ntype = 'noop'\nenabled = false", encoding="utf-8")
    done = say("discover", "--config", str(file), "--log-format", "json")
    assert (done.exit_code, [line["level"] for line in lines(done.stderr)]) == (0, ["warning"])


def test_a_file_behind_a_link_reads_what_lies_beside_the_link(ledger: Ledger, say: Say, config: Path, tmp_path: Path) -> None:
    """A ConfigMap is mounted as links into a folder that is another one after each change."""
    mounted = tmp_path / "mounted"
    (mounted / "..data").mkdir(parents=True)
    shutil.copy(config, mounted / "..data" / config.name)
    (mounted / config.name).symlink_to(Path("..data") / config.name)
    shutil.copy(config.parent / "estate.json", mounted)
    assert say("discover", "--config", str(mounted / config.name), "--only", "estate").exit_code == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("type = 'fils'\npath = 'x'", "did you mean 'files'"),
        ("type = 'files'\npth = 'x'", "did you mean 'path'"),
        ("type = 'rest'\nurl = 'https://x.example'\nheaders = {Authorization_env = 'NOT_SET_AT_ALL'}", "NOT_SET_AT_ALL, which is not set"),
    ],
)
def test_an_entry_that_does_not_fit_fails_alone(say: Say, tmp_path: Path, options: str, message: str) -> None:
    file = tmp_path / "odd.toml"
    file.write_text(f"[[connectors]]\ntype = 'noop'\nname = 'fine'\n[[connectors]]\nname = 'odd'\n{options}", encoding="utf-8")
    done = say("discover", "--config", str(file), "--json")
    fine, odd = json.loads(done.stdout)
    assert (done.exit_code, fine["ok"], odd["ok"]) == (1, True, False)
    assert message in odd["error"]


def test_a_secret_is_named_by_its_variable_and_never_shown(say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEAM_TOKEN", "Bearer s3cret")
    file = tmp_path / "rest.toml"
    file.write_text(
        "[[connectors]]\ntype = 'rest'\nname = 'r'\nurl = 'http://127.0.0.1:9'\nheaders = {Authorization_env = 'TEAM_TOKEN'}",
        encoding="utf-8",
    )
    connector: Any = made(read_configuration(file)[0], tmp_path)
    assert "s3cret" not in repr(connector)
    done = say("discover", "--config", str(file), "--json")
    assert (done.exit_code, "s3cret" in done.stdout + done.stderr) == (1, False)


def test_runs_and_coverage_show_what_was_read_and_what_was_not(say: Say, config: Path) -> None:
    for _ in range(2):
        say("discover", "--config", str(config), "--only", "estate", "--only", "jobs")
    listed = json.loads(say("runs", "--source", "jobs", "--json").stdout)
    assert [run["status"] for run in listed] == ["finished", "finished"]
    shown = say("runs", listed[0]["run_id"][:10], "--json")
    assert RunReport(**json.loads(shown.stdout)).run_id == listed[0]["run_id"]
    assert "finished" in say("runs").stdout
    missing = say("runs", "nothing")
    assert (missing.exit_code, "no run has a name" in missing.stderr) == (2, True)
    table = say("coverage", "jobs").stdout
    assert "change" in table
    assert "odd" in table
    assert "daily" not in table
    assert "daily" in say("coverage", "jobs", "--all").stdout
    (found,) = json.loads(say("coverage", "jobs", "--json").stdout)
    assert {line["status"] for line in found["statements"]} <= {"partly", "refused"}
    assert len(found["runs"]) == 2
    stranger = say("coverage", "nobody")
    assert (stranger.exit_code, "nobody" in stranger.stderr) == (2, True)


@pytest.mark.slow
def test_again_and_again_until_it_is_told_to_end(ledger: Ledger, environment: dict[str, str], config: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "graph_ledger.surfaces.cli",
        "discover",
        "--config",
        str(config),
        "--only",
        "estate",
        "--every",
        "0.5s",
    ]
    with subprocess.Popen(
        [*command, "--log-format", "json"], env={**os.environ, **environment}, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        deadline = time.monotonic() + 60
        while len(ledger.runs()) < 3 and time.monotonic() < deadline:
            time.sleep(0.1)
        ledger.add(DataNode("beside"))
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 0
    assert json.loads(told.splitlines()[-1])["event"] == "ended"
    assert {run.status for run in ledger.runs()} == {"finished"}


def test_the_doctor_shows_who_reads_which_source(ledger: Ledger, say: Say) -> None:
    ledger.discover(type("Own", (), {"name": "own", "discover": lambda _: [DataNode("a")]})())
    assert "lease" not in say("doctor").stdout
    ledger.database.install(
        "MATCH (s:Source) SET s.lease_holder = 'etl@host:7', s.lease_until = datetime() + duration('PT90S'), s.lease_seconds = 120"
    )
    assert "own/default, number 1: etl@host:7, for" in say("doctor").stdout
    ledger.database.install("MATCH (s:Source) SET s.lease_until = datetime() - duration('PT1S')")
    assert "which has died" in say("doctor").stdout


def test_a_run_that_its_guard_stopped_says_so_and_may_be_let_through_alone(ledger: Ledger, say: Say, config: Path) -> None:
    estate = config.parent / "estate.json"
    estate.write_text(json.dumps([{"name": f"m{number}"} for number in range(8)]), encoding="utf-8")
    only = ("discover", "--config", str(config), "--only", "estate")
    assert say(*only).exit_code == 0
    estate.write_text('[{"name": "m0"}]', encoding="utf-8")
    stopped = say(*only, "--json")
    (found,) = json.loads(stopped.stdout)
    assert (stopped.exit_code, found["status"], "would remove 7 of 8" in found["error"]) == (1, "stopped", True)
    planned = say(*only, "--plan")
    assert ("would remove 7 of 8" in planned.stdout, "nothing was removed" in planned.stdout) == (True, False)
    assert json.loads(say(*only, "--allow-removals", "--json").stdout)[0]["report"]["gone"] == 7


def test_a_warehouse_of_one_day_is_not_read_on_a_schedule(say: Say, tmp_path: Path) -> None:
    (tmp_path / "2026-06-30" / "sql").mkdir(parents=True)
    file = tmp_path / "w.toml"
    file.write_text("[[connectors]]\ntype = 'warehouse'\nfolder = '2026-06-30'", encoding="utf-8")
    (found,) = json.loads(say("discover", "--config", str(file), "--json").stdout)
    assert (found["ok"], "--observed-at 2026-06-30" in found["error"]) == (False, True)

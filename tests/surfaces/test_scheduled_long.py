"""``discover --config`` as it runs for years: told to end, without its database, with an edited file, beside another run."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.cli import scheduled as scheduled_module
from graph_ledger.surfaces.cli.ending import Ending, told_to_end
from tests.surfaces.conftest import Say
from tests.surfaces.door import Door

IMPATIENT = """
from graph_ledger.database import database
from graph_ledger.surfaces.cli.main import main
database.RETRY_SECONDS = 1.0
main()
"""
COMMAND = [sys.executable, "-c", IMPATIENT, "discover", "--log-format", "json", "--config"]
SLOW = """
import pathlib, sys, time
from graph_ledger.values.listing import Listing
from graph_ledger.values.node import DataNode

class Slow:
    def __init__(self, name="slow"):
        self.name = name

    def discover(self):
        pathlib.Path(f"{self.name}.begun").touch()
        time.sleep(0.2 if pathlib.Path("quick").exists() else 1.5)
        return Listing([DataNode(self.name)], source=self.name)
"""
POINT = "[graph_ledger.connectors]\nslow = slow_source:Slow\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a connector of somebody's own in it, two of which a file declares."""
    (tmp_path / "slow_source.py").write_text(SLOW, encoding="utf-8")
    package = tmp_path / "slow_source-1.dist-info"
    package.mkdir()
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: slow-source\nVersion: 1\n", encoding="utf-8")
    (package / "entry_points.txt").write_text(POINT, encoding="utf-8")
    (tmp_path / "graph-ledger.toml").write_text(declared("one", "two"), encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path


def declared(*names: str) -> str:
    """Return a file of connectors of these names."""
    return "".join(f'[[connectors]]\ntype = "slow"\nname = "{name}"\n' for name in names)


def until(met: Callable[[], Any], seconds: float = 60) -> None:
    """Wait for something to be so."""
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end, "it was never so"
        time.sleep(0.05)


@contextmanager
def running(folder: Path, environment: dict[str, str], *options: str) -> Iterator[tuple["subprocess.Popen[str]", Path]]:
    """Run the command in a folder, its log in a file; end it hard should the test fail."""
    log = folder / "log"
    with log.open("w", encoding="utf-8") as stderr:
        process = subprocess.Popen(
            [*COMMAND, "graph-ledger.toml", *options],
            env={**os.environ, **environment}, cwd=folder, stdout=subprocess.PIPE, stderr=stderr, text=True,
        )  # fmt: skip
        try:
            yield process, log
        finally:
            process.kill()
            process.communicate()


def told(log: Path) -> list[dict[str, Any]]:
    """Return the lines of a log, each of which is JSON."""
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


@pytest.mark.slow
def test_once_told_to_end_the_connector_at_work_is_done_and_the_next_is_not_begun(
    ledger: Ledger, environment: dict[str, str], folder: Path
) -> None:
    with running(folder, environment, "--json") as (process, log):
        until((folder / "one.begun").exists)
        process.send_signal(signal.SIGTERM)
        answer = json.loads(process.communicate(timeout=60)[0])
    assert process.returncode == 1
    assert [(each["name"], each["ok"], each["error"]) for each in answer] == [
        ("one", True, None),
        ("two", False, scheduled_module.NOT_READ),
    ]
    assert [(run.source, run.status) for run in ledger.runs()] == [("one/default", "finished")]
    assert [line["event"] for line in told(log)] == ["reading", "read"]


@pytest.mark.slow
def test_told_twice_it_stops_at_once_and_gives_the_lease_back(ledger: Ledger, environment: dict[str, str], folder: Path) -> None:
    with running(folder, environment, "--every", "1h") as (process, _):
        until((folder / "one.begun").exists)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    assert process.returncode == 1
    assert [(run.source, run.status) for run in ledger.runs()] == [("one/default", "failed")]
    assert not [check for check in ledger.doctor() if check.name == "lease"]


@pytest.mark.slow
def test_a_database_that_is_away_for_a_while_ends_nothing(
    ledger: Ledger, environment: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "quick").touch()
    door = Door(environment["GRAPH_LEDGER_URI"])
    door.shut()
    with running(folder, {**environment, "GRAPH_LEDGER_URI": door.uri}, "--every", "0.5s") as (process, log):
        until(lambda: len([line for line in told(log) if "does not answer" in line["event"]]) > 1)
        door.open()
        until(lambda: len(ledger.runs()) > 2)
        door.shut()
        before = len(told(log))
        until(lambda: any("does not answer" in line["event"] for line in told(log)[before:]), 120)
        runs = len(ledger.runs())
        door.open()
        until(lambda: len(ledger.runs()) > runs + 2)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0
    assert told(log)[-1]["event"] == "ended"
    door.shut()


@pytest.mark.slow
def test_an_edited_file_counts_from_the_next_round_and_a_broken_one_changes_nothing(
    ledger: Ledger, environment: dict[str, str], folder: Path
) -> None:
    (folder / "quick").touch()
    file = folder / "graph-ledger.toml"
    with running(folder, environment, "--every", "0.5s") as (process, log):
        until((folder / "two.begun").exists)
        file.write_text("[[connectors", encoding="utf-8")
        until(lambda: any("cannot be used" in line["event"] for line in told(log)))
        runs = len(ledger.runs())
        until(lambda: len(ledger.runs()) > runs + 2)
        file.write_text(declared("three"), encoding="utf-8")
        until((folder / "three.begun").exists)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0


@pytest.mark.slow
def test_what_another_run_has_is_tried_again_before_the_next_round(
    ledger: Ledger, environment: dict[str, str], folder: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "quick").touch()
    (folder / "graph-ledger.toml").write_text('[[connectors]]\ntype = "noop"\nname = "one"\n', encoding="utf-8")
    ledger.discover(type("Own", (), {"name": "one", "discover": lambda _: []})())
    lease = "MATCH (s:Source {key: 'one/default'}) SET s.lease_holder = 'etl@host:7', s.lease_until = datetime() + duration('PT1S')"
    ledger.database.install(f"{lease}, s.lease_seconds = 120")
    monkeypatch.setattr(scheduled_module, "SOON", 0.5)
    waits: list[float] = []

    def wait(ending: Ending, seconds: float) -> None:
        waits.append(seconds)
        ending.told = seconds > 1
        time.sleep(min(seconds, 0.5))

    monkeypatch.setattr(Ending, "wait", wait)
    done = say("discover", "--config", str(folder / "graph-ledger.toml"), "--every", "1h", "--log-format", "json")
    assert done.exit_code == 0
    levels = [line["level"] for line in map(json.loads, done.stderr.splitlines()) if line["event"] == "read"]
    assert levels[0] == "warning"
    assert levels[-1] == "info"
    assert waits[-1] > 3_000


def test_a_signal_that_comes_before_the_wait_is_not_lost() -> None:
    with told_to_end(signal.SIGTERM) as over:
        signal.raise_signal(signal.SIGTERM)
        begun = time.monotonic()
        over.wait(30)
        assert over.told
        assert time.monotonic() - begun < 1
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)

"""The page of the scheduled command: its files can be used, its log is the one that is told, its units are there."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from graph_ledger.surfaces.cli.main import cli
from graph_ledger.surfaces.configured import Entry, made, read_configuration
from tests.docs.pages import ROOT, blocks

PAGE = ROOT / "docs" / "scheduled.md"
TEXT = PAGE.read_text(encoding="utf-8")


def fields_told(lines: list[str]) -> list[dict[str, Any]]:
    """Return what lines of a log say, without what differs from run to run."""
    own = {"time", "run_id", "seconds"}
    return [{name: "" if name in own else value for name, value in json.loads(line).items()} for line in lines]


def rows(heading: str) -> set[str]:
    """Return the words of the first column of the table below a heading."""
    table = TEXT.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return {word for line in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for word in re.findall(r"`(\w+)`", line)}


def test_the_file_that_it_shows_can_be_used(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBS_URL", "sqlite:///jobs.db")
    (block,) = blocks(PAGE, "toml")
    file = desk / "shown.toml"
    file.write_text(block.text, encoding="utf-8")
    assert [made(entry, desk).name for entry in read_configuration(file)] == ["estate", "jobs"]
    assert rows("The file") == set(Entry.model_fields)


def test_the_log_that_it_shows_is_the_one_that_is_told(desk: Path) -> None:
    file = desk / "two.toml"
    entries = ('type = "files"\nname = "estate"\npath = "estate.yaml"', 'type = "files"\nname = "gone"\npath = "gone.yaml"')
    file.write_text("".join(f"[[connectors]]\n{entry}\n" for entry in entries), encoding="utf-8")
    told = CliRunner().invoke(cli, ["discover", "--config", str(file), "--log-format", "json"]).stderr
    (block,) = blocks(PAGE, "json")
    shown = fields_told(block.text.replace("/etc/graph-ledger", str(desk)).splitlines())
    real = [line for line in fields_told(told.splitlines()) if (line["event"], line["connector"]) != ("reading", "gone")]
    assert shown == real
    assert {name for line in shown for name in line} <= rows("The log")


def test_every_unit_that_it_names_is_there_and_every_one_that_is_there_is_named() -> None:
    named = set(re.findall(r"deploy/[\w./-]+\w", TEXT))
    assert all((ROOT / name).exists() for name in named if not name.endswith("/secrets.env"))
    for folder in ("airflow", "cron", "kubernetes", "prefect", "systemd"):
        for unit in (ROOT / "deploy" / folder).glob("*.*"):
            assert unit.relative_to(ROOT).as_posix() in named


def test_a_plan_of_the_file_is_applied_as_the_page_says(desk: Path) -> None:
    (block,) = [block for block in blocks(PAGE, "sh") if block.text.startswith("graph-ledger ")]
    planning, applying = block.text.splitlines()
    command, piped = planning.split(" | ")
    assert piped == "jq '.[0].plan' > plan.json"
    done = CliRunner().invoke(cli, shlex.split(command)[1:])
    assert done.exit_code == 1, "there is something to do"
    (desk / "plan.json").write_text(json.dumps(json.loads(done.stdout)[0]["plan"]), encoding="utf-8")
    assert CliRunner().invoke(cli, shlex.split(applying)[1:]).exit_code == 0

"""The crontab: it is one, and the command in it is run as cron runs it."""

import json
import re
import subprocess
from collections.abc import Callable

import pytest

from tests.deploy.conftest import BIN, MISSING, ROOT, Machine

TEXT = (ROOT / "deploy" / "cron" / "graph-ledger.cron").read_text(encoding="utf-8")
LINES = [line for line in TEXT.splitlines() if line.strip() and not line.startswith("#")]
SETTINGS = dict(line.split("=", 1) for line in LINES if re.match(r"[A-Z]+=", line))
(ENTRY,) = [line for line in LINES if not re.match(r"[A-Z]+=", line)]
*WHEN, USER, COMMAND = ENTRY.split(None, 6)
BOUNDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))


def run(machine: Machine) -> "subprocess.CompletedProcess[str]":
    """Run the command with cron's own poor environment."""
    path = machine.here(SETTINGS["PATH"])
    return subprocess.run(
        [SETTINGS["SHELL"], "-c", machine.here(COMMAND)],
        env={"PATH": path, "HOME": str(machine.root), "LOGNAME": USER}, cwd=machine.root, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_it_is_a_crontab_of_the_system() -> None:
    assert len(WHEN) == 5
    for field, (least, most) in zip(WHEN, BOUNDS, strict=True):
        assert field == "*" or least <= int(field) <= most
    assert USER == "graph-ledger"
    assert TEXT.endswith("\n"), "cron passes over a last line without an end"
    assert "%" not in COMMAND, "cron takes that for the end of the line"
    assert {"SHELL", "PATH", "MAILTO"} <= SETTINGS.keys()


@pytest.mark.slow
def test_a_run_without_a_finding_prints_nothing_so_that_nobody_gets_a_mail(
    machine: Machine, read: Callable[[], list[tuple[str, str]]]
) -> None:
    done = run(machine)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert read() == [("estate/default", "finished")]
    told = [json.loads(line) for line in (machine.log / "discover.log").read_text(encoding="utf-8").splitlines()]
    assert [line["event"] for line in told] == ["reading", "read"]


@pytest.mark.slow
def test_a_finding_is_one_line_in_the_mail_and_its_code_is_kept(machine: Machine) -> None:
    machine.declare(MISSING)
    done = run(machine)
    assert done.returncode == 1
    assert done.stdout == f"graph-ledger discover ended with 1, see {machine.log}/discover.log\n"
    assert "missing.json" in (machine.log / "discover.log").read_text(encoding="utf-8")


def test_the_program_is_where_the_path_says() -> None:
    assert SETTINGS["PATH"].split(":")[0] == "/opt/graph-ledger/bin"
    assert (BIN / "graph-ledger").exists()

"""The units of systemd: it takes them where it is there, and what they start is run with what they set."""

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.deploy.conftest import MISSING, ROOT, Machine

FOLDER = ROOT / "deploy" / "systemd"
UNITS = ("graph-ledger-discover.service", "graph-ledger-discover.timer")
Settings = dict[str, dict[str, list[str]]]


def settings(unit: str) -> Settings:
    """Return each section of a unit: what each name is set to, in order."""
    found: Settings = {}
    section: dict[str, list[str]] = {}
    for line in (FOLDER / unit).read_text(encoding="utf-8").splitlines():
        if head := re.fullmatch(r"\[(\w+)\]", line):
            section = found.setdefault(head[1], {})
        elif line and not line.startswith("#"):
            name, _, value = line.partition("=")
            section.setdefault(name, []).append(value)
    return found


SERVICE, TIMER = (settings(unit) for unit in UNITS)


def run(machine: Machine) -> "subprocess.CompletedProcess[str]":
    """Run what the service starts, with the variables it sets and nothing else."""
    given = [pair for line in SERVICE["Service"]["Environment"] for pair in shlex.split(line)]
    (file,) = SERVICE["Service"]["EnvironmentFile"]
    given += shlex.split(Path(machine.here(file)).read_text(encoding="utf-8"))
    (command,) = SERVICE["Service"]["ExecStart"]
    return subprocess.run(
        shlex.split(machine.here(command)),
        env=dict(pair.split("=", 1) for pair in given), cwd=machine.root, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_systemd_takes_the_units_and_finds_them_hardened(machine: Machine) -> None:
    if not shutil.which("systemd-analyze"):
        return  # what is in them is looked at below
    for unit in UNITS:
        (machine.root / unit).write_text(machine.here((FOLDER / unit).read_text(encoding="utf-8")), encoding="utf-8")
    verified = subprocess.run(
        ["systemd-analyze", "verify", *(f"./{unit}" for unit in UNITS)], cwd=machine.root, capture_output=True, text=True, check=False
    )
    assert (verified.returncode, "graph-ledger-discover" in verified.stderr) == (0, False), verified.stderr
    judged = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", f"./{UNITS[0]}"], cwd=machine.root, capture_output=True, text=True, check=False
    )
    level = re.search(r"exposure level for \S+: ([\d.]+)", judged.stdout)
    assert level is None or float(level[1]) < 2, judged.stdout[-200:]  # an older one cannot judge a file


def test_the_timer_starts_the_service_every_hour_and_makes_up_for_what_was_missed() -> None:
    assert TIMER["Timer"]["OnCalendar"] == ["hourly"]
    assert TIMER["Timer"]["Persistent"] == ["yes"]
    assert TIMER["Install"] == {"WantedBy": ["timers.target"]}
    assert "Unit" not in TIMER["Timer"], "its name says which"


def test_a_finding_is_not_tried_again_and_what_hangs_is_ended() -> None:
    service = SERVICE["Service"]
    assert service["Type"] == ["oneshot"]
    assert (service["Restart"], service["RestartPreventExitStatus"]) == (["on-failure"], ["1 2"])
    assert service["TimeoutStartSec"] == ["50min"]
    assert {"DynamicUser", "ProtectSystem", "NoNewPrivileges", "CapabilityBoundingSet"} <= service.keys()


@pytest.mark.slow
def test_what_the_service_starts_reads_the_estate_and_a_finding_fails_it(
    machine: Machine, read: Callable[[], list[tuple[str, str]]]
) -> None:
    done = run(machine)
    assert (done.returncode, read()) == (0, [("estate/default", "finished")]), done.stderr
    assert all(json.loads(line)["level"] == "info" for line in done.stderr.splitlines())
    machine.declare(MISSING)
    assert run(machine).returncode == 1

"""The flow: a real Prefect runs it against the test database, and its states say what became of each connector."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.deploy.conftest import BIN, ESTATE, MISSING, ROOT, Machine
from tests.environments import environment as programs_of

FLOW = """
import sys
from graph_ledger_flow import discover
state = discover(config=sys.argv[1], return_state=True)
print("state", state.type.value, state.message)
"""


def run(machine: Machine, environment: dict[str, str], tmp_path: Path) -> tuple[str, str]:
    """Run the flow with a server of its own that ends with it; return what it ended as, and all that it told."""
    programs = programs_of("prefect", "prefect==3.8.8", "fastapi==0.139.*")
    variables = {
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "deploy" / "prefect"),
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "DO_NOT_TRACK": "1",
    }
    done = subprocess.run(
        [programs / "python", "-c", FLOW, str(machine.config)],
        env={**os.environ, **environment, **variables}, cwd=machine.root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    told = done.stdout + done.stderr
    (state,) = [line.removeprefix("state ") for line in done.stdout.splitlines() if line.startswith("state ")] or [told]
    return state, told


@pytest.mark.slow
def test_each_connector_is_a_task_and_the_flow_fails_with_one_of_them(
    machine: Machine, environment: dict[str, str], tmp_path: Path, read: Callable[[], list[tuple[str, str]]]
) -> None:
    off = '[[connectors]]\ntype = "noop"\nenabled = false\n'
    machine.declare(f"{MISSING}{ESTATE}{off}")
    state, told = run(machine, environment, tmp_path)
    assert state == "FAILED 1 of 2 connectors were not read: missing", told
    assert read() == [("estate/default", "finished")]
    assert "missing: exit code 1: there is no file or folder" in told
    machine.declare(ESTATE)
    state, told = run(machine, environment, tmp_path)
    assert state == "COMPLETED 1 connectors were read", told

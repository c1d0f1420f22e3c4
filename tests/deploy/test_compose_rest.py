"""The service of the compose file, beside the database and the discovery job: the same three processes, without containers."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from graph_ledger.ledger import Ledger
from tests.deploy.conftest import BIN, ESTATE, Machine
from tests.environments import environment as installed

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
REST, DISCOVER = COMPOSE["services"]["rest"], COMPOSE["services"]["discover"]
PARSE = """
import sys, compose_spec
found = compose_spec.PyCompose.from_yaml(open(sys.argv[1], encoding="utf-8").read())
print(found.service_names())
"""


@pytest.mark.slow
def test_the_file_is_one_of_the_compose_specification(tmp_path: Path) -> None:
    python = installed("compose", "compose-spec") / "python"

    def parsed(text: str) -> subprocess.CompletedProcess[str]:
        file = tmp_path / "compose.yml"
        file.write_text(text, encoding="utf-8")
        return subprocess.run([python, "-c", PARSE, file], capture_output=True, text=True, check=False, timeout=60)

    # Variables are put in before a file is read: required ones get a value, the others their default.
    text = re.sub(
        r"(?<!\$)\$\{\w+(?::-([^}]*)|:\?[^}]*)\}", lambda found: found[1] or "./value", (ROOT / "docker-compose.yml").read_text("utf-8")
    )
    done = parsed(text)
    assert done.returncode == 0, done.stderr
    assert parsed(text.replace("stop_grace_period: 30s", "stop_grace_period: soon")).returncode != 0


def test_it_is_asked_with_keys_alone_and_from_this_machine_alone() -> None:
    assert REST["command"][:3] == ["serve", "--host", "0.0.0.0"]
    assert REST["ports"] == ["127.0.0.1:8000:8000"]
    assert "keys create" in (ROOT / "docker-compose.yml").read_text(encoding="utf-8")


def test_it_is_the_image_of_the_job_with_as_few_rights() -> None:
    for name in ("image", "build", "environment", "depends_on", "read_only", "cap_drop", "security_opt", "tmpfs", "init"):
        assert REST[name] == DISCOVER[name], name


def test_what_it_is_sent_outlives_its_container_in_a_folder_that_its_user_may_write() -> None:
    volume, target = REST["volumes"][0].split(":")
    assert (volume in COMPOSE["volumes"], target) == (True, REST["command"][REST["command"].index("--inbox") + 1])
    dockerfile = (ROOT / REST["build"]["dockerfile"]).read_text(encoding="utf-8")
    assert re.search(rf"install --directory --owner=ledger .*{target}$", dockerfile, re.MULTILINE)


@contextmanager
def running(command: list[str], environment: Mapping[str, str], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    with log.open("wb") as out, subprocess.Popen(command, env=os.environ | environment, stderr=out) as process:
        try:
            yield process
            process.terminate()
            assert process.wait(30) == 0, log.read_text(encoding="utf-8")
        finally:
            process.kill()


def done(command: list[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False, timeout=60)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def test_database_job_and_service_work_together(machine: Machine, ledger: Ledger, environment: dict[str, str], tmp_path: Path) -> None:
    machine.declare(ESTATE)
    program, port = str(BIN / "graph-ledger"), str(free_port())
    job = [machine.here(word.replace("${DISCOVER_EVERY:-3600}", "0.2")) for word in DISCOVER["command"]]
    service = [{"8000": port, "/inbox": str(tmp_path / "inbox")}.get(word, word) for word in REST["command"]]
    before = done([program, *service], environment)
    assert (before.returncode, "keys create" in before.stderr) == (2, True)
    key = done([program, "keys", "create", "notebook", "--role", "reader"], environment).stdout.strip()
    (_, _, flag, check) = REST["healthcheck"]["test"]
    healthy = [sys.executable, flag, check.replace("8000", port)]
    with (
        running([program, *job], environment, tmp_path / "job.log"),
        running([program, *service], environment, tmp_path / "rest.log"),
        httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"X-API-Key": key}, trust_env=False, timeout=30) as client,
    ):
        until = time.monotonic() + 60
        while done(healthy, environment).returncode:
            assert time.monotonic() < until, (tmp_path / "rest.log").read_text(encoding="utf-8")
        while client.get("/downstream/a").json().get("names") != ["b"]:
            assert time.monotonic() < until, (tmp_path / "job.log").read_text(encoding="utf-8")
            time.sleep(0.1)
        assert client.get("/runs").json()["runs"][0]["source"] == "estate/default"
    assert done(healthy, environment).returncode != 0

"""The compose file and its images, as far as they can be proved without a container engine."""

import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from graph_ledger.ledger import Ledger
from graph_ledger.settings import Settings
from graph_ledger.surfaces.cli.main import cli
from graph_ledger.surfaces.configured import read_configuration
from tests.deploy.conftest import BIN, ESTATE, MISSING, Machine
from tests.test_distribution import built, in_the_tree

ROOT = Path(__file__).parents[2]
DOCKER = ROOT / "deploy" / "docker"
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
NEO4J, DISCOVER = COMPOSE["services"]["neo4j"], COMPOSE["services"]["discover"]
SERVICE_KEYS = {
    *("build", "cap_drop", "command", "depends_on", "env_file", "environment", "healthcheck", "image", "init", "mem_limit"),
    *("ports", "read_only", "restart", "security_opt", "stop_grace_period", "tmpfs", "volumes"),
}
HEALTHCHECK_KEYS = {"disable", "interval", "retries", "start_interval", "start_period", "test", "timeout"}
DEPLOYED = [
    ROOT / "docker-compose.yml", DOCKER / "discover" / "graph-ledger.toml",
    *sorted(file for file in DOCKER.iterdir() if file.is_file() and file.name not in {".env", "secrets.env"}),
]  # fmt: skip


def test_the_file_uses_keys_of_the_compose_specification_only() -> None:
    assert COMPOSE.keys() <= {"name", "services", "volumes"}
    for service in COMPOSE["services"].values():
        assert service.keys() <= SERVICE_KEYS
        assert service.get("healthcheck", {}).keys() <= HEALTHCHECK_KEYS
        assert all(isinstance(value, str) for value in service["environment"].values())


def test_the_services_are_the_database_the_discovery_job_and_the_service_over_http() -> None:
    assert COMPOSE["services"].keys() == {"neo4j", "discover", "rest"}


def test_the_database_is_the_pinned_community_release() -> None:
    assert NEO4J["image"] == "neo4j:2026.08.1-community"


def test_ports_are_open_on_this_machine_only() -> None:
    assert NEO4J["ports"] == ["127.0.0.1:7474:7474", "127.0.0.1:7687:7687"]
    assert "ports" not in DISCOVER


def test_what_the_database_holds_outlives_its_container() -> None:
    volume, target = NEO4J["volumes"][0].split(":")
    assert volume in COMPOSE["volumes"]
    assert target == "/data"


def test_the_job_waits_for_a_healthy_database() -> None:
    assert NEO4J["healthcheck"]["test"][0] == "CMD-SHELL"
    assert DISCOVER["depends_on"] == {"neo4j": {"condition": "service_healthy"}}


def test_what_is_read_is_mounted_read_only_and_never_made_up() -> None:
    assert [mount["target"] for mount in DISCOVER["volumes"]] == ["/etc/graph-ledger", "/estate"]
    for mount in DISCOVER["volumes"]:
        assert (mount["type"], mount["read_only"], mount["bind"]) == ("bind", True, {"create_host_path": False})


def test_a_folder_with_connectors_comes_with_the_file_and_reads_the_estate(tmp_path: Path) -> None:
    folder = ROOT / re.fullmatch(r"\$\{DISCOVER_CONFIG:-(.+)\}", DISCOVER["volumes"][0]["source"])[1]  # type: ignore[index]
    (entry,) = read_configuration(folder / Path(*DISCOVER["command"][2:3]).name)
    assert (entry.type, entry.model_extra) == ("warehouse", {"folder": "/estate"})


@pytest.mark.parametrize("variable", ["GRAPH_LEDGER_PASSWORD", "DISCOVER_ESTATE"])
def test_a_variable_without_a_default_stops_compose_with_advice(variable: str) -> None:
    uses = re.findall(rf"(?<!\$)\$\{{{variable}([^}}]*)\}}", TEXT)
    assert uses
    assert all(re.fullmatch(rf":\?set {variable}.*example\.env", use) for use in uses)


def test_no_password_is_written_down() -> None:
    assert NEO4J["environment"]["NEO4J_AUTH"].startswith("neo4j/${GRAPH_LEDGER_PASSWORD:?")
    assert DISCOVER["environment"]["GRAPH_LEDGER_PASSWORD"].startswith("${GRAPH_LEDGER_PASSWORD:?")
    assert re.search(r"^GRAPH_LEDGER_PASSWORD=$", (DOCKER / "example.env").read_text(encoding="utf-8"), re.MULTILINE)
    assert [each["path"] for each in DISCOVER["env_file"]] == ["deploy/docker/secrets.env"]
    assert {".env", "secrets.env"} <= set((DOCKER / ".gitignore").read_text(encoding="utf-8").split())


def test_every_variable_of_the_file_stands_in_the_example() -> None:
    used = set(re.findall(r"(?<!\$)\$\{(\w+)", TEXT))
    assert used == set(re.findall(r"^(\w+)=", (DOCKER / "example.env").read_text(encoding="utf-8"), re.MULTILINE))


def test_every_variable_of_graph_ledger_is_a_setting() -> None:
    settings = {f"GRAPH_LEDGER_{name.upper()}" for name in Settings.model_fields}
    named = set().union(*(re.findall(r"\bGRAPH_LEDGER_\w+", file.read_text(encoding="utf-8")) for file in DEPLOYED))
    assert {"GRAPH_LEDGER_URI", "GRAPH_LEDGER_USER", "GRAPH_LEDGER_PASSWORD"} <= named <= settings


def test_the_job_finds_the_database_by_these_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in DISCOVER["environment"].items():
        monkeypatch.setenv(name, value)
    assert (Settings().uri, Settings().user) == ("bolt://neo4j:7687", NEO4J["environment"]["NEO4J_AUTH"].partition("/")[0])


def test_a_setting_of_the_database_spells_underscore_and_dot_apart() -> None:
    names = [name.removeprefix("NEO4J_") for name in NEO4J["environment"] if name != "NEO4J_AUTH"]
    spelt = {name.replace("__", "\0").replace("_", ".").replace("\0", "_") for name in names}
    assert spelt >= {"server.memory.heap.max_size", "server.memory.pagecache.size", "dbms.memory.transaction.total.max"}
    assert spelt >= {"dbms.usage_report.enabled", "db.tx_log.rotation.retention_policy", "server.http.x_forward.enabled"}


def test_the_image_is_built_from_this_tree_and_runs_as_nobody_in_particular() -> None:
    build = DISCOVER["build"]
    lines = (ROOT / build["context"] / build["dockerfile"]).read_text(encoding="utf-8").splitlines()
    assert any(line.startswith("RUN pip install") and line.endswith(' ".[rest]"') for line in lines)
    assert [line for line in lines if line.startswith("USER ")] == ["USER ledger"]
    for copied in (line.split()[-2] for line in lines if line.startswith("COPY ") and "--from" not in line):
        assert (ROOT / copied).exists()


def test_the_build_sees_everything_the_package_is_made_of(tmp_path: Path) -> None:
    seen = re.findall(r"^!(.+)$", (DOCKER / "Dockerfile.dockerignore").read_text(encoding="utf-8"), re.MULTILINE)
    context = tmp_path / "context"
    for path in seen:
        (context / path).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / path).is_dir():
            shutil.copytree(ROOT / path, context / path, symlinks=True)
        else:
            shutil.copy(ROOT / path, context / path)
    assert built(context, tmp_path, "--wheel") == in_the_tree()


def test_the_job_reads_round_after_round_goes_on_after_a_failure_and_stops_when_told(
    machine: Machine, environment: dict[str, str], read: Callable[[], list[tuple[str, str]]]
) -> None:
    machine.declare(f"{MISSING}{ESTATE}")
    said = [machine.here(word.replace("${DISCOVER_EVERY:-3600}", "0.2")) for word in DISCOVER["command"]]
    assert "${DISCOVER_EVERY:-3600}s" in DISCOVER["command"]
    command = [str(BIN / "graph-ledger"), *said]
    with (
        (machine.log / "log").open("w", encoding="utf-8") as log,
        subprocess.Popen(command, env=os.environ | environment, stderr=log) as job,
    ):
        try:
            until = time.monotonic() + 60
            while len(read()) < 2 and time.monotonic() < until:
                time.sleep(0.1)
            job.send_signal(signal.SIGTERM)
            assert job.wait(timeout=60) == 0
        finally:
            job.kill()
    lines = [json.loads(line) for line in (machine.log / "log").read_text(encoding="utf-8").splitlines()]
    assert [line["connector"] for line in lines if line["level"] == "error"].count("missing") >= 2
    assert lines[-1]["event"] == "ended"
    assert set(read()) == {("estate/default", "finished")}


def test_its_health_is_that_of_the_database(ledger: Ledger, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    (_, program, *said) = DISCOVER["healthcheck"]["test"]
    assert program == "graph-ledger"
    assert CliRunner().invoke(cli, said).exit_code == 0
    monkeypatch.setenv("GRAPH_LEDGER_URI", "bolt://127.0.0.1:9")
    assert CliRunner().invoke(cli, said).exit_code == 3

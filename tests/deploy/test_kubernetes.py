"""The CronJob: Kubernetes' own schemas take it, it is hardened, and what it starts reads what its ConfigMap declares."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from graph_ledger.settings import Settings
from graph_ledger.surfaces.cli.main import cli
from graph_ledger.surfaces.configured import made, read_configuration
from tests import environments
from tests.deploy.conftest import ROOT, Machine

FILE = ROOT / "deploy" / "kubernetes" / "discover.cronjob.yaml"
CONFIGURATION, CRONJOB = yaml.safe_load_all(FILE.read_text(encoding="utf-8"))
SPEC: dict[str, Any] = CRONJOB["spec"]
JOB: dict[str, Any] = SPEC["jobTemplate"]["spec"]
POD: dict[str, Any] = JOB["template"]["spec"]
(CONTAINER,) = POD["containers"]
OLDEST, NEWEST = "1.31.0", "1.37.0"


def test_two_runs_never_overlap_and_what_hangs_is_ended() -> None:
    assert (SPEC["concurrencyPolicy"], POD["restartPolicy"]) == ("Forbid", "Never")
    assert JOB["activeDeadlineSeconds"] < 3600
    assert JOB["backoffLimit"] > 0
    findings = [rule["onExitCodes"]["values"] for rule in JOB["podFailurePolicy"]["rules"] if rule["action"] == "FailJob"]
    assert findings == [[1, 2]], "3, the database, is what may go well a little later"


def test_it_may_do_nothing_that_it_need_not() -> None:
    assert POD["securityContext"]["runAsNonRoot"]
    uid = POD["securityContext"]["runAsUser"]
    assert f"--uid {uid} " in (ROOT / "deploy" / "docker" / "Dockerfile").read_text(encoding="utf-8")
    hardened = CONTAINER["securityContext"]
    assert (hardened["readOnlyRootFilesystem"], hardened["allowPrivilegeEscalation"]) == (True, False)
    assert hardened["capabilities"] == {"drop": ["ALL"]}
    assert POD["automountServiceAccountToken"] is False
    assert {"requests", "limits"} <= CONTAINER["resources"].keys()


def test_every_secret_is_a_reference_and_every_volume_is_there() -> None:
    for variable in CONTAINER["env"]:
        if "PASSWORD" in variable["name"] or "TOKEN" in variable["name"]:
            assert variable["valueFrom"]["secretKeyRef"]["name"] == "graph-ledger"
    assert {mount["name"] for mount in CONTAINER["volumeMounts"]} == {volume["name"] for volume in POD["volumes"]}
    assert POD["volumes"][0]["configMap"]["name"] == CONFIGURATION["metadata"]["name"]


def test_the_first_lines_name_every_secret() -> None:
    keys = ", ".join(variable["valueFrom"]["secretKeyRef"]["key"] for variable in CONTAINER["env"] if "valueFrom" in variable)
    assert f"kubectl create secret generic graph-ledger --from-env-file=secrets.env   # {keys};" in FILE.read_text(encoding="utf-8")


def test_what_the_map_declares_can_be_made_with_what_the_container_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in CONTAINER["env"]:
        monkeypatch.setenv(variable["name"], variable.get("value", "s3cret"))
    (name,) = CONFIGURATION["data"]
    file = tmp_path / name
    file.write_text(CONFIGURATION["data"][name], encoding="utf-8")
    assert [made(entry, tmp_path).name for entry in read_configuration(file)] == ["registry"]
    settings = {f"GRAPH_LEDGER_{field.upper()}" for field in Settings.model_fields}
    assert {each["name"] for each in CONTAINER["env"] if each["name"].startswith("GRAPH_LEDGER_")} <= settings


def test_its_arguments_read_the_estate(machine: Machine, environment: dict[str, str], read: Callable[[], list[tuple[str, str]]]) -> None:
    assert "command" not in CONTAINER, "the image's own is graph-ledger"
    assert 'ENTRYPOINT ["graph-ledger"]' in (ROOT / "deploy" / "docker" / "Dockerfile").read_text(encoding="utf-8")
    done = CliRunner().invoke(cli, [machine.here(argument) for argument in CONTAINER["args"]])
    assert (done.exit_code, read()) == (0, [("estate/default", "finished")]), done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("version", [OLDEST, NEWEST])
def test_the_schemas_of_kubernetes_know_every_field(version: str) -> None:
    program = environment_of_schemas() / "kubernetes-validate"
    done = subprocess.run([program, "--strict", "-k", version, FILE], capture_output=True, text=True, check=False)
    assert (done.returncode, (done.stdout + done.stderr).count(" passed for ")) == (0, 2), done.stdout + done.stderr


def environment_of_schemas() -> Path:
    """Return where the program stands that holds a file against the schemas."""
    return environments.environment("kubernetes", "kubernetes-validate==1.37.*")

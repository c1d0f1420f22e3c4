"""The DAG: a real Airflow takes it, and runs its task against the test database."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.deploy.conftest import BIN, MISSING, ROOT, Machine
from tests.environments import environment as programs_of

FOLDER = ROOT / "deploy" / "airflow"
LOOK = """
import json, sys
from airflow.models.dagbag import DagBag
bag = DagBag(sys.argv[1], include_examples=False)
(dag,) = bag.dags.values()
(task,) = dag.tasks
facts = {"errors": bag.import_errors, "id": dag.dag_id, "runs": dag.max_active_runs, "catchup": dag.catchup, "retries": task.retries}
print("facts", json.dumps(facts), flush=True)
"""


@pytest.fixture(scope="module")
def airflow(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Where Airflow's programs are, and the variables of an Airflow with a database of its own."""
    programs, home = programs_of("airflow", "apache-airflow==3.1.8"), tmp_path_factory.mktemp("airflow")
    variables = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("GRAPH_LEDGER_", "AIRFLOW"))},
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_FOLDER": str(FOLDER),
    }
    subprocess.run([programs / "airflow", "db", "migrate"], env=variables, capture_output=True, text=True, check=True)
    return programs, variables


def run(airflow: tuple[Path, dict[str, str]], machine: Machine) -> str:
    """Run the task with a connection and a file of connectors of its own; return what Airflow tells."""
    programs, variables = airflow
    parts = urlsplit(machine.uri)
    connection = {
        "conn_type": "generic", "schema": parts.scheme, "host": parts.hostname, "port": parts.port,
        "login": machine.user, "password": machine.password,
    }  # fmt: skip
    machine.config.write_text(machine.config.read_text(encoding="utf-8").replace(f'uri = "{machine.uri}"', ""), encoding="utf-8")
    command = [str(programs / "airflow"), "tasks", "test", "graph_ledger_discover", "discover", "--task-params"]
    variables = {**variables, "AIRFLOW_CONN_GRAPH_LEDGER": json.dumps(connection)}
    given = json.dumps({"config": str(machine.config)})
    done = subprocess.run([*command, given], env=variables, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@pytest.mark.slow
def test_airflow_finds_one_dag_without_errors(airflow: tuple[Path, dict[str, str]]) -> None:
    programs, variables = airflow
    done = subprocess.run([programs / "python", "-c", LOOK, str(FOLDER)], env=variables, capture_output=True, text=True, check=False)
    (facts,) = (line.removeprefix("facts ") for line in done.stdout.splitlines() if line.startswith("facts "))
    assert json.loads(facts) == {"errors": {}, "id": "graph_ledger_discover", "runs": 1, "catchup": False, "retries": 2}


@pytest.mark.slow
def test_its_task_reads_the_estate_and_a_finding_fails_it(
    airflow: tuple[Path, dict[str, str]], machine: Machine, read: Callable[[], list[tuple[str, str]]]
) -> None:
    told = run(airflow, machine)
    assert read() == [("estate/default", "finished")], told
    assert "new_state=success" in told
    machine.declare(MISSING)
    told = run(airflow, machine)
    assert "Command exited with return code 1" in told
    assert "new_state=up_for_retry" in told
    assert machine.password not in told

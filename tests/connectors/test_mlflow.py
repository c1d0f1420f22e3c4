"""The MLflow connector against a real MLflow server, and against answers that no real one gives on demand."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph_ledger import DataNode, Ledger
from graph_ledger.connectors import SourceConnector
from graph_ledger.connectors.mlflow import mlflow_connector
from graph_ledger.errors import SourceError, ValidationError
from graph_ledger.values.listing import Listing
from tests.connectors.real_server import free_port, running
from tests.connectors.twice import check_twice
from tests.environments import environment

MODELS = 7
SEED = """
import logging, sys, warnings
warnings.simplefilter("ignore")
import mlflow
from mlflow import MlflowClient
mlflow.set_tracking_uri(sys.argv[1])
client = MlflowClient()
run = client.create_run("0")
client.create_registered_model("fraud", {"owner": "risk-team", "tier": "high", "inputs": "features, accounts"}, "Card fraud")
for number in range(3):
    tags = {"inputs": '["late_features"]', "outputs": "fraud_scores"} if number == 2 else {}
    client.create_model_version("fraud", f"s3://models/fraud/{number}", run.info.run_id if number == 1 else None, tags)
client.set_registered_model_alias("fraud", "champion", 2)
client.transition_model_version_stage("fraud", "3", "Staging")
for number in range(5):
    client.create_registered_model(f"model {number} \\u00e9")
client.create_registered_model("churn", {"inputs": "features"})
mlflow.genai.register_prompt(name="greeting", template="Hello {{name}}")
print(run.info.run_id)
"""


class Server:
    """A running MLflow."""

    def __init__(self, url: str, programs: Path) -> None:
        self.url, self.programs = url, programs
        self.run_id = self.run(SEED).splitlines()[-1]

    def run(self, script: str) -> str:
        """Run a script with MLflow's own client."""
        command = [str(self.programs / "python"), "-c", script, self.url]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout.strip()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    programs, folder, port = environment("mlflow", "mlflow==3.17.2"), tmp_path_factory.mktemp("mlflow"), free_port()
    store = ["--backend-store-uri", f"sqlite:///{folder}/mlflow.db", "--artifacts-destination", folder / "artifacts"]
    command = [programs / "mlflow", "server", "--host", "127.0.0.1", "--port", str(port), "--workers", "1", *store]
    quiet = {"MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true"}
    with running(command, f"http://127.0.0.1:{port}/health", folder / "log", quiet):
        yield Server(f"http://127.0.0.1:{port}", programs)


def by_name(listing: Listing) -> dict[str, DataNode]:
    return {node.name: node for node in listing}


def texts(ports: Any) -> list[str]:
    return [port.identifier for port in ports]


@pytest.mark.slow
def test_a_real_registry_is_read_model_by_model(server: Server) -> None:
    connector = mlflow_connector(url=server.url)
    listing = connector.discover()
    assert isinstance(connector, SourceConnector)
    assert (listing.complete, listing.errors, listing.source_key) == (True, (), "mlflow/default")
    assert (len(listing), listing.coverage) == (MODELS, {"nodes": MODELS, "versions": 3, "requests": 2})
    found = by_name(listing)
    assert set(found) == {"fraud", "churn", *(f"model {number} \u00e9" for number in range(5))}
    fraud = found["fraud"]
    assert (fraud.platform, texts(fraud.inputs)) == ("mlflow", ["features", "accounts", "late_features"])
    assert texts(fraud.outputs) == ["models:/fraud", "fraud_scores"]
    told = {name: fraud.metadata[name] for name in ("owner", "tier", "purpose", "aliases", "latest_version", "version_count", "versions")}
    assert told == {
        "owner": "risk-team",
        "tier": "high",
        "purpose": "Card fraud",
        "aliases": {"champion": "2"},
        "latest_version": "3",
        "version_count": 3,
        "versions": [
            {"version": "3", "source": "s3://models/fraud/2", "stage": "Staging"},
            {"version": "2", "source": "s3://models/fraud/1", "run_id": server.run_id, "aliases": ["champion"]},
            {"version": "1", "source": "s3://models/fraud/0"},
        ],
    }


@pytest.mark.slow
@pytest.mark.parametrize("size", [1, 3, MODELS])
def test_a_real_registry_is_the_same_in_pages_of_any_size(server: Server, size: int) -> None:
    listing = mlflow_connector(url=server.url, page_size=size).discover()
    assert listing.complete
    assert by_name(listing) == by_name(mlflow_connector(url=server.url).discover())
    assert listing.coverage["requests"] == -(-MODELS // size) + -(-3 // size)


@pytest.mark.slow
def test_a_real_registry_joins_the_graph_and_a_second_run_writes_nothing(server: Server, ledger: Ledger) -> None:
    ledger.add([DataNode("features", platform="etl", outputs=["features"]), DataNode("queue", inputs=["models:/fraud"])])
    check_twice(ledger, mlflow_connector(url=server.url), MODELS)
    assert ledger.trace("queue") == ["features", "fraud", "queue"]
    assert (ledger.get("fraud").owner, ledger.get("fraud").tier, ledger.get("fraud").purpose) == ("risk-team", "high", "Card fraud")


@pytest.mark.slow
def test_a_new_version_of_a_real_model_is_a_change_of_that_model_alone(server: Server, ledger: Ledger) -> None:
    ledger.discover(mlflow_connector(url=server.url))
    script = "import sys; from mlflow import MlflowClient; c = MlflowClient(sys.argv[1], sys.argv[1])"
    server.run(f"{script}; c.create_model_version('churn', 's3://models/churn/0')")
    report = ledger.discover(mlflow_connector(url=server.url))
    assert (report.added, report.changed, report.gone) == (0, 1, 0)
    assert ledger.get("churn").metadata["latest_version"] == "1"
    server.run(f"{script}; c.delete_model_version('churn', '1')")


@pytest.mark.slow
def test_a_real_server_that_refuses_is_no_empty_registry(server: Server) -> None:
    with pytest.raises(SourceError, match=r"model-versions page 1: .* answered 404"):
        mlflow_connector(url=f"{server.url}/elsewhere").discover()


Respond = Callable[[httpx.Request], httpx.Response]


def read(models: Any, versions: Any = None, **options: Any) -> Listing:
    """Read a registry that answers with these."""

    def answer(request: httpx.Request) -> httpx.Response:
        found = models if "registered-models" in request.url.path else versions or {}
        given = found(request.url.params) if callable(found) else found
        return given if isinstance(given, httpx.Response) else httpx.Response(200, json=given)

    return mlflow_connector(transport=httpx.MockTransport(answer), tries=1, **options).discover()


def registered(*names: Any, **more: Any) -> dict[str, Any]:
    return {"registered_models": [{"name": name} for name in names], **more}


def version(name: Any, number: Any, **more: Any) -> dict[str, Any]:
    return {"name": name, "version": number, **more}


def test_an_empty_registry_is_complete() -> None:
    listing = read({})
    assert (len(listing), listing.complete) == (0, True)


def test_the_token_and_the_login_are_sent() -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(f"{request.url.host}{request.url.path} {request.headers.get('authorization')}")
        return httpx.Response(200, json={})

    mlflow_connector(url="https://ml.example/base/", token="t0ken", transport=httpx.MockTransport(answer)).discover()
    mlflow_connector(url="https://ada:pw@ml.example", transport=httpx.MockTransport(answer)).discover()
    assert seen[0] == "ml.example/base/api/2.0/mlflow/model-versions/search Bearer t0ken"
    assert seen[3] == "ml.example/api/2.0/mlflow/registered-models/search Basic YWRhOnB3"


@pytest.mark.parametrize("status", [401, 403, 404, 500])
def test_a_refusal_is_no_empty_registry(status: int) -> None:
    for models, versions in ((httpx.Response(status), {}), ({}, httpx.Response(status))):
        with pytest.raises(SourceError, match=f"page 1: .* answered {status}"):
            read(models, versions)


@pytest.mark.parametrize("answer", [{"error_code": "TEMPORARILY_UNAVAILABLE"}, {"message": "log in first"}])
def test_a_refusal_that_comes_with_200_is_no_empty_registry(answer: dict[str, str]) -> None:
    for models, versions in ((answer, {}), ({}, answer)):
        with pytest.raises(SourceError, match=r"page 1: items_path .* is no list"):
            read(models, versions)


def test_models_that_were_read_before_a_page_failed_are_kept() -> None:
    listing = read(lambda asked: httpx.Response(500) if "page_token" in asked else registered("a", next_page_token="x"))
    assert ([node.name for node in listing], listing.complete) == (["a"], False)
    assert listing.errors[0].where == "registered-models page 2"


@pytest.mark.parametrize(
    ("versions", "message"),
    [
        (
            lambda asked: httpx.Response(500) if "page_token" in asked else {"model_versions": [version("a", 1)], "next_page_token": "x"},
            "page 2: ",
        ),
        ({"model_versions": [version("a", "one")]}, "page 1: a version of 'a' has no number: 'one'"),
        ({"model_versions": [version("a", "9" * 5000)]}, "page 1: a version of 'a' has no number: '9"),
        (
            httpx.Response(200, content=b'{"model_versions": [{"name": "a", "version": 1e999}]}'),
            "page 1: a version of 'a' has no number: inf",
        ),
        ({"model_versions": ["a"]}, "page 1: an item is a mapping, not 'a'"),
        ({"model_versions": [version("a", 1), version("a", "1")]}, "page 1: 'a' has version 1 twice"),
    ],
)
def test_without_every_version_no_model_is_told_to_have_lost_its_own(versions: Any, message: str) -> None:
    with pytest.raises(SourceError, match=f"mlflow: model-versions {message}"):
        read(registered("a"), versions)


def test_a_registry_that_changes_while_it_is_read_is_not_complete() -> None:
    listing = read(registered("a"), {"model_versions": [version("a", 1), version("passed over", 1)]})
    assert (len(listing), listing.complete) == (1, False)
    assert [(error.where, error.reason) for error in listing.errors] == [
        ("model 'passed over'", "it has versions and is not listed: the registry changed while it was read")
    ]
    twice = read(lambda asked: registered("a", "b") if "page_token" in asked else registered("a", next_page_token="x"))
    assert ([node.name for node in twice], twice.complete, twice.errors[0].where) == (["a", "b"], False, "registered-models page 2, item 1")


def test_a_bad_model_is_said_and_the_others_stay() -> None:
    broken = [
        {"name": "tags", "tags": [{"key": "inputs", "value": "[broken"}]},
        {"name": "ports", "tags": [{"key": "outputs", "value": '[{"kind": "x"}]'}]},
        {"name": " "},
        {"name": None},
        {"name": "time", "creation_timestamp": "soon"},
        {"name": "number", "tags": 5},
        {"name": "text", "aliases": "champion"},
        "text",
    ]
    listing = read({"registered_models": [{"name": "a"}, *broken, {"name": "b"}]}, {"model_versions": [version("tags", 1)]})
    assert ([node.name for node in listing], listing.complete) == (["a", "b"], False)
    assert [error.where for error in listing.errors] == [f"registered-models page 1, item {place}" for place in range(2, 10)]
    assert listing.errors[0].reason == "'inputs' begins like JSON and cannot be read as such: '[broken'"


def test_prompts_are_no_models_wherever_they_are_listed() -> None:
    prompt = [{"key": "mlflow.prompt.is_prompt", "value": "true"}]
    models = {"registered_models": [{"name": "greeting", "tags": prompt}, {"name": "a"}]}
    listing = read(models, {"model_versions": [version("hidden", 1, tags=prompt), version("a", 1, status="PENDING_REGISTRATION")]})
    assert ([node.name for node in listing], listing.complete) == (["a"], True)
    assert listing[0].metadata["versions"] == [{"version": "1", "status": "PENDING_REGISTRATION"}]


@pytest.mark.parametrize("size", [0, 1001, True, "9"])
def test_a_page_that_mlflow_does_not_give_is_refused(size: Any) -> None:
    with pytest.raises(ValidationError, match="page_size is from 1 to 1,000"):
        mlflow_connector(page_size=size)

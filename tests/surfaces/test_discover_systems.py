"""``graph-ledger discover`` of dbt, OpenLineage, and of servers that are asked: what they say lands, and no secret shows."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import click
import pytest

from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.cli.discover_systems import place
from tests.archive import SAMPLE
from tests.graph import nodes
from tests.surfaces.conftest import Say

DBT = SAMPLE.parent / "sample_dbt"


class Guarded(BaseHTTPRequestHandler):
    """Answers whoever has the token, and nobody else."""

    def do_GET(self) -> None:
        known = self.headers.get("Authorization") == "Bearer s3cret"
        body = json.dumps(
            {"data": {"items": [{"id": "a", "reads": ["t"]}, {"id": "b", "writes": ["t"]}]}} if known else {"error": "who are you?"}
        )
        self.send_response(200 if known else 401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    do_POST = do_GET  # noqa: N815  # the server's own name

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the server's own name
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server that wants a token."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Guarded) as listening:
        thread = Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()


def test_a_project_of_dbt_lands_and_its_scope_is_its_path(ledger: Ledger, say: Say) -> None:
    done = say("discover", "dbt", str(DBT), "--catalog", str(DBT / "catalog.json"), "--json")
    found = json.loads(done.stdout)
    assert (done.exit_code, found["added"], found["complete"]) == (0, 2, True)
    assert found["source"] == f"dbt/{DBT.resolve()}"
    assert ledger.downstream("model.shop.daily") == ["exposure.shop.weekly"]


def test_events_of_openlineage_land(ledger: Ledger, say: Say, tmp_path: Path) -> None:
    event = {
        "eventTime": "2026-03-01T00:00:00Z",
        "eventType": "COMPLETE",
        "producer": "https://x.example",
        "run": {"runId": "0195a0f0-0000-7000-8000-000000000001"},
        "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/definitions/RunEvent",
        "job": {"namespace": "etl", "name": "daily"},
        "inputs": [{"namespace": "db", "name": "raw"}],
        "outputs": [{"namespace": "db", "name": "clean"}],
    }
    file = tmp_path / "events.jsonl"
    file.write_text(json.dumps(event) + "\n", encoding="utf-8")
    done = say("discover", "openlineage", str(file), "--json")
    assert (done.exit_code, json.loads(done.stdout)["added"]) == (0, 1)
    assert {key for (key,) in nodes(ledger, "Port", "key")} == {"raw", "clean"}


def test_a_list_behind_an_address_lands_with_its_token(ledger: Ledger, say: Say, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEAM_TOKEN", "s3cret")
    fields = ("--items-path", "data.items", "--name-field", "id", "--input-field", "reads", "--output-field", "writes")
    done = say("discover", "rest", f"{server}/models?x=1", *fields, "--token-env", "TEAM_TOKEN", "--single-page", "--name", "r", "--json")
    found = json.loads(done.stdout)
    assert (done.exit_code, found["added"], found["complete"]) == (0, 2, True)
    assert found["source"].startswith(f"r/{server.removeprefix('http://')}/models#")
    assert ledger.downstream("b") == ["a"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("rest", "{server}/models", "--token-env", "TEAM_TOKEN"),
        ("mlflow", "{server}", "--token-env", "TEAM_TOKEN"),
        ("prefect", "{server}/api", "--api-key-env", "TEAM_TOKEN"),
        ("github", "acme/pipelines", "--config-file", "deploy.yaml", "--base-url", "{server}", "--token-env", "TEAM_TOKEN"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_who_is_refused_is_told_so_and_the_token_does_not_show(
    ledger: Ledger, say: Say, server: str, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ("discover", *(each.format(server=server) for each in arguments))
    unset = say(*command)
    assert (unset.exit_code, "TEAM_TOKEN is not set" in unset.stderr) == (2, True)
    monkeypatch.setenv("TEAM_TOKEN", "wr0ng")
    refused = say(*command)
    assert (refused.exit_code, "401" in refused.stderr, "wr0ng" in refused.stdout + refused.stderr) == (1, True, False)
    (run,) = ledger.runs()
    assert (run.status, "401" in run.errors[0].reason, "wr0ng" in run.errors[0].reason) == ("failed", True, False)


def test_paging_that_is_no_json_is_wrong_usage(say: Say, server: str) -> None:
    done = say("discover", "rest", server, "--pagination", "{type: page}")
    assert (done.exit_code, "--pagination is JSON" in done.stderr) == (2, True)


def test_the_scope_of_an_address_holds_no_password_and_tells_questions_apart() -> None:
    assert place("https://ann:s3cret@mlflow.example:8443/team/") == "mlflow.example:8443/team"
    assert "s3cret" not in place("https://mlflow.example/team?key=s3cret")
    asked = [place("https://a.example/m?team=risk"), place("https://a.example/m?team=growth"), place("https://a.example/m", "data.items")]
    assert len({*asked, place("https://a.example/m")}) == 4
    assert place("https://a.example/m", [], None) == place("https://a.example/m")
    with pytest.raises(click.UsageError, match="is no address"):
        place("http://[::1")


def test_what_is_asked_apart_takes_nothing_from_each_other(ledger: Ledger, say: Say, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEAM_TOKEN", "s3cret")
    for team in ("risk", "growth"):
        fields = ("--items-path", "data.items", "--name-field", "id", "--single-page", "--token-env", "TEAM_TOKEN", "--json")
        done = say("discover", "rest", f"{server}/models?team={team}", *fields)
        assert (json.loads(done.stdout)["added"], json.loads(done.stdout)["gone"]) == (2, 0)

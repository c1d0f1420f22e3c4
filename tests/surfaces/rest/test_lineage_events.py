"""Events of OpenLineage, as its own client sends them, are in the graph when they are answered."""

import json
from pathlib import Path
from typing import Any

import pytest

from graph_ledger.access.keys import create_key
from graph_ledger.connectors.openlineage import openlineage_connector
from graph_ledger.ledger import Ledger
from graph_ledger.values.port import DataPort
from tests.connectors.test_openlineage_client import send
from tests.surfaces.rest.serving import served


def event(job: str, kind: str, run: str, minute: int, **named: list[str]) -> dict[str, Any]:
    datasets = {side: [{"namespace": "postgres://db:5432", "name": name} for name in names] for side, names in named.items()}
    return {
        "eventType": kind, "eventTime": f"2026-06-30T12:{minute:02}:00Z", "producer": "tests", **datasets,
        "run": {"runId": run}, "job": {"namespace": "etl", "name": job},
    }  # fmt: skip


@pytest.mark.slow
def test_what_the_client_sends_is_in_the_graph_at_once_and_a_scheduled_reading_adds_nothing(tmp_path: Path, ledger: Ledger) -> None:
    with served(ledger, inbox=tmp_path / "inbox") as client:
        send({"type": "http", "url": str(client.base_url), "compression": "gzip"})
        assert ledger.downstream("etl/load") == ["etl/daily"]
        assert ledger.get("etl/daily").owner == "team:orders"
    again = ledger.discover(openlineage_connector(tmp_path / "inbox"))
    assert (again.added, again.changed, again.skipped) == (0, 0, 2)


@pytest.mark.slow
def test_the_client_sends_its_key(tmp_path: Path, ledger: Ledger) -> None:
    key = create_key(ledger.database, "airflow", "writer")
    with served(ledger, inbox=tmp_path) as client:
        send({"type": "http", "url": str(client.base_url), "auth": {"type": "api_key", "apiKey": key}})
    assert {each.actor for each in ledger.history("etl/daily", event_type="discovered")} == {"airflow"}


def test_a_run_is_what_all_its_events_name_and_a_later_one_takes_its_place(tmp_path: Path, ledger: Ledger) -> None:
    with served(ledger, inbox=tmp_path) as client:
        sent = [
            event("daily", "START", "r1", 0, inputs=["raw"]),
            event("daily", "COMPLETE", "r1", 1, outputs=["mart"]),
            event("report", "COMPLETE", "r2", 2, inputs=["mart"]),
        ]
        answers = [client.post("/api/v1/lineage", json=each) for each in sent]
        assert [(each.status_code, each.json()["models"]) for each in answers] == [
            (201, ["openlineage/etl/daily"]), (201, ["openlineage/etl/daily"]), (201, ["openlineage/etl/report"]),
        ]  # fmt: skip
        assert ledger.downstream("etl/daily") == ["etl/report"]
        for failed in (event("daily", "START", "r3", 3, inputs=["raw", "more"]), event("daily", "FAIL", "r3", 4)):
            client.post("/api/v1/lineage", json=failed)
        assert ledger.downstream("etl/daily") == ["etl/report"]
    with served(ledger, inbox=tmp_path) as client:  # a service that starts anew knows what came before
        client.post("/api/v1/lineage", json=event("daily", "START", "r5", 5, inputs=["raw"]))
        client.post("/api/v1/lineage", json=event("daily", "COMPLETE", "r5", 6, outputs=["elsewhere"]))
    assert ledger.downstream("etl/daily") == []
    assert len(ledger.history("etl/daily", event_type="discovered")) == 3


def test_two_services_that_share_an_inbox_know_of_one_run(tmp_path: Path, ledger: Ledger) -> None:
    with served(ledger, inbox=tmp_path) as one, served(ledger, inbox=tmp_path) as other:
        one.post("/api/v1/lineage", json=event("daily", "START", "r1", 0, inputs=["raw"]))
        other.post("/api/v1/lineage", json=event("daily", "COMPLETE", "r1", 1, outputs=["mart"]))
    ports = {port.identifier for each in [ledger.history("etl/daily", event_type="discovered")[0]] for port in _ports(each.payload)}
    assert ports == {"raw", "mart"}


def test_what_is_no_event_is_refused_and_not_kept(tmp_path: Path, ledger: Ledger) -> None:
    with served(ledger, inbox=tmp_path) as client:
        for body in (b"[]", b"{}", b"{", b"\xff", json.dumps({"eventTime": "noon", "job": {"namespace": "a", "name": "b"}}).encode()):
            answer = client.post("/api/v1/lineage", content=body, headers={"Content-Type": "application/json"})
            assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json"), body
        assert client.post("/api/v1/lineage?x=1", json={}).status_code == 422
        reader = {"X-API-Key": create_key(ledger.database, "r", "reader")}
    with served(ledger, inbox=tmp_path) as client:
        assert client.post("/api/v1/lineage", json=event("daily", "START", "r1", 0), headers=reader).status_code == 403
    assert list(tmp_path.iterdir()) == []


def test_a_job_that_the_graph_refuses_stands_in_nobodys_way(tmp_path: Path, ledger: Ledger) -> None:
    bad = event("bad", "COMPLETE", "r1", 0, outputs=["mart"])
    bad["job"]["facets"] = {"documentation": {"_producer": "p", "_schemaURL": "s", "description": "\ud800"}}
    with served(ledger, inbox=tmp_path) as client:

        def send(sent: dict[str, Any]) -> int:
            return client.post("/api/v1/lineage", content=json.dumps(sent), headers={"Content-Type": "application/json"}).status_code

        assert send(bad) == 400
        assert send(event("daily", "COMPLETE", "r2", 1, inputs=["mart"])) == 201
        schema = {"fields": [{"name": "a", "type": "int"}]}
        told = event("report", "COMPLETE", "r3", 2, inputs=["mart"])
        told["inputs"][0]["facets"] = {"schema": {"_producer": "p", "_schemaURL": "s", **schema}}
        assert send(told) == 201  # it also tells of what the bad job writes
        bad["job"]["facets"]["documentation"]["description"] = "mended"
        assert send(bad | {"eventTime": "2026-06-30T12:03:00Z"}) == 201
    assert set(ledger.downstream("etl/bad")) == {"etl/daily", "etl/report"}


def _ports(payload: dict[str, Any]) -> list[Any]:
    return [DataPort(each["identifier"]) for side in ("inputs", "outputs") for each in payload[side]]

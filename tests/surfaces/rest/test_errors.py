"""Every error is a problem that says what to do, and tells nothing of the machine that answers."""

import json
import logging
import re
from typing import Any

import httpx
import pytest

from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.rest.tool_routes import tool_routes
from graph_ledger.surfaces.tools.catalogue import TOOLS
from graph_ledger.values.node import DataNode
from graph_ledger.values.problem import AWAY, error_of
from tests.conftest import Address
from tests.surfaces.door import Door
from tests.surfaces.rest.serving import served

MODEL: dict[str, Any] = {"owner": "o", "model_type": "t", "tier": "high", "purpose": "p"}
LEAKS = re.compile(r"bolt://|neo4j|MATCH|UNWIND|Traceback|/work/|/tmp/|site-packages|\.py\b|\.cypher|127\.0\.0\.1", re.IGNORECASE)
FAULTS: list[tuple[str, str, Any, int, str]] = [
    ("GET", "/nowhere", None, 404, "Not Found"),
    ("GET", "/record", None, 405, "Method Not Allowed"),
    ("DELETE", "/models/fraud", None, 405, "Method Not Allowed"),
    ("GET", "/models/frau", None, 404, "did you mean ml/fraud"),
    ("GET", "/models/twice", None, 409, "2 models"),
    ("GET", "/query?limit=0", None, 422, "limit"),
    ("GET", "/query?limit=many", None, 422, "limit"),
    ("GET", "/query?limit=5&limit=6", None, 422, "twice"),
    ("GET", "/query?detail=full", None, 422, "no such parameter"),
    ("GET", "/trace/fraud?name=fraud", None, 422, "twice"),
    ("GET", "/trace/fraud?direction=sideways", None, 422, "direction"),
    ("GET", "/models/fraud?as_of=yesterday", None, 422, "as_of"),
    ("GET", "/inventory_at?date=2026-13-01", None, 422, "date"),
    ("GET", "/models/fraud%00", None, 404, "no model"),
    ("GET", "/models/%FF%FE", None, 404, "no model"),
    ("POST", "/record", {"event": "x"}, 422, "model_name"),
    ("POST", "/record", {"model_name": "fraud", "event": "x", "strange": 1}, 422, "strange"),
    ("POST", "/record?actor=ada", {"model_name": "fraud", "event": "x"}, 422, "actor"),
    ("POST", "/record", [], 422, "object"),
    ("POST", "/record", None, 422, "model_name"),
    ("POST", "/record", b"{", 422, "JSON"),
    ("POST", "/record", b"\xff\xfe", 422, "JSON"),
    ("POST", "/record", b"[" * 100_000, 422, "JSON"),
    ("POST", "/record", b'{"model_name": "fraud", "event": "x", "payload": {"a": NaN}}', 422, ""),
    ("POST", "/record", b'{"model_name": "fraud", "event": "x", "payload": {"a": "\\ud800"}}', 422, ""),
    ("POST", "/record", {"model_name": "fraud", "event": "x", "timestamp": "2999-01-01"}, 422, "future"),
    ("POST", "/record", {"model_name": "nobody", "event": "x"}, 404, "nobody"),
    ("POST", "/discover", {"source_type": "file", "file_path": "/etc/passwd"}, 403, "its folder allowed"),
    ("POST", "/discover", {"source_type": "connector", "connector_name": "rest"}, 403, "may not be run here"),
    ("POST", "/plan", {"source_type": "file", "file_path": "/etc/passwd"}, 403, "its folder allowed"),
    ("POST", "/apply", {"plan": {}}, 422, ""),
    ("POST", "/add", {"nodes": [{}]}, 422, "nodes.0: Value error, a node is a mapping with a name"),
    ("POST", "/add", {"nodes": [{"name": "a", "strange": 1}]}, 422, "nodes.0"),
    ("POST", "/add", {"nodes": [{"name": 1}]}, 422, "nodes.0"),
    ("POST", "/add", {"nodes": ["a"]}, 422, "nodes.0"),
    ("POST", "/add", {"nodes": [{"name": "a", "inputs": [1]}]}, 422, "nodes.0"),
]


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    """A model, and two of one name."""
    ledger.register(name="fraud", platform="ml", **MODEL)
    ledger.add([DataNode("twice", platform="a"), DataNode("twice", platform="b")])
    return ledger


def test_every_fault_has_its_status_and_says_what_to_do(told: Ledger) -> None:
    with served(told) as client:
        for method, path, body, status, said in FAULTS:
            content = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
            answer = client.request(method, path, content=content, headers={"Content-Type": "application/json"})
            problem = answer.json()
            assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), f"{path}: {answer.text}"
            assert {"type", "title", "status", "detail"} <= problem.keys()
            assert (problem["status"], said in problem["detail"]) == (status, True), f"{path}: {answer.text}"
            assert not LEAKS.search(answer.text), answer.text


def test_a_client_makes_the_error_again_of_its_problem(told: Ledger) -> None:
    with served(told) as client:
        assert error_of(client.get("/models/frau").json()).near == ("ml/fraud",)  # type: ignore[attr-defined]
        assert error_of(client.get("/models/twice").json()).keys == ("a/twice", "b/twice")  # type: ignore[attr-defined]
        assert client.get("/record").headers["allow"] == "POST"


def test_every_field_that_does_not_fit_is_named(client: httpx.Client) -> None:
    problem = client.get("/query", params={"limit": "x", "offset": "-1", "validated": "maybe"}).json()
    assert {each["field"] for each in problem["errors"]} == {"limit", "offset", "validated"}


def test_no_tool_fails_in_a_way_that_nobody_foresaw_on_an_empty_question(client: httpx.Client) -> None:
    for tool in TOOLS.values():
        answer = client.request(tool.method, f"/{tool.address}", json={} if tool.method == "POST" else None)
        assert answer.status_code in {200, 422}, f"{tool.name}: {answer.text}"
    assert len(tool_routes().routes) > len(TOOLS)


def test_what_nobody_foresaw_is_told_by_an_id_and_logged_under_it(
    told: Ledger, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("bolt://secret:password@host /etc/passwd")

    monkeypatch.setattr(told, "overview", broken)
    with served(told) as client, caplog.at_level(logging.ERROR):
        answer = client.get("/overview")
        assert client.get("/models/fraud").status_code == 200
    problem = answer.json()
    assert (answer.status_code, problem["title"]) == (500, "Internal Server Error")
    assert "secret" not in answer.text
    (record,) = [each for each in caplog.records if getattr(each, "what", {}).get("id") == problem["id"]]
    assert "password@host" in str(record.exc_info)


def test_a_database_that_is_away_is_said_without_where_it_is_and_is_asked_again(address: Address, ledger: Ledger) -> None:
    door = Door(address[0])
    with Ledger(door.uri, auth=address[1]) as behind, served(behind, max_seconds=3.0) as client:
        assert client.get("/ready").status_code == 200
        door.shut()
        for path in ("/overview", "/ready", "/models/fraud"):
            answer = client.get(path)
            assert (answer.status_code, answer.json()["detail"]) == (503, AWAY)
            assert answer.headers["retry-after"] == "1"
            assert not LEAKS.search(answer.text)
        assert client.get("/health").json() == {"status": "up"}
        assert "graph_ledger_database_errors_total 3.0" in _numbers(door, client)
        assert client.get("/overview").status_code == 200
    door.shut()


def _numbers(door: Door, client: httpx.Client) -> str:
    """Open the door first: without a ledger nobody can say whether a key is needed."""
    door.open()
    return client.get("/metrics").text


def test_a_service_starts_without_its_database_and_says_so(ledger: Ledger) -> None:
    with served(lambda: Ledger("bolt://127.0.0.1:9"), max_seconds=3.0) as client:
        assert client.get("/health").status_code == 200
        assert client.get("/ready").status_code == 503
        assert client.get("/overview").status_code == 503

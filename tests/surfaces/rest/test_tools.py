"""Every tool over HTTP answers what it answers when it is called."""

from typing import Any

import httpx
import pytest

from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.rest.tool_routes import tool_routes
from graph_ledger.surfaces.tools.caller import HERE
from graph_ledger.surfaces.tools.catalogue import SERVED, TOOLS
from graph_ledger.surfaces.tools.tool import Tool
from graph_ledger.values.node import DataNode
from tests.surfaces.rest.serving import served

DOCUMENTED = {
    *(("POST", "/record"), ("POST", "/discover"), ("GET", "/investigate/{model_name}"), ("GET", "/query"), ("GET", "/trace/{name}")),
    *(("GET", "/changelog"), ("POST", "/tag"), ("GET", "/tags/{model_name}"), ("GET", "/overview")),
}
OF_NOW = {"silent": {"since"}}
"""Fields that tell of the moment of the call itself."""


def asked(client: httpx.Client, tool: Tool[Any, Any], given: Any, *, by_path: bool = False) -> httpx.Response:
    """Ask a tool over HTTP."""
    if tool.method == "POST":
        return client.post(f"/{tool.address}", json=given)
    rest = dict(given)
    path = f"/{tool.address}/{rest.pop(tool.subject)}" if by_path else f"/{tool.address}"
    return client.get(path, params=rest)


def direct(ledger: Ledger, tool: Tool[Any, Any], given: Any) -> Any:
    """Call a tool as a person at this machine does."""
    return tool.call(ledger, tool.read(given), HERE).model_dump(mode="json")


def test_the_documented_routes_are_there() -> None:
    found = {(method, path) for tool in SERVED.values() for method, path in ((tool.method, f"/{tool.address}"), *_by_path(tool))}
    assert found >= DOCUMENTED
    assert len({route.path for route in tool_routes().routes if hasattr(route, "path")}) == len({path for _, path in found})


def _by_path(tool: Tool[Any, Any]) -> list[tuple[str, str]]:
    return [(tool.method, f"/{tool.address}/{{{tool.subject}}}")] if tool.subject and tool.method == "GET" else []


def test_what_only_reads_answers_over_http_as_when_it_is_called(bank: Ledger) -> None:
    reading = [tool for name, tool in TOOLS.items() if not tool.writes and name not in {"prove", "check_proof", "check_consistency"}]
    bank.seal()
    checkpoint = {"checkpoint": bank.seal().checkpoint}
    with served(bank) as client:
        for tool in reading:
            given = checkpoint if tool.name == "prove_consistency" else dict(tool.example)
            expected = direct(bank, tool, given)
            ways = [False, True] if tool.subject else [False]
            for by_path in ways:
                answer = asked(client, tool, given, by_path=by_path)
                assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json"), f"{tool.name}: {answer.text}"
                assert _steady(tool, answer.json()) == _steady(tool, expected), tool.name


def test_what_writes_does_over_http_what_it_does_when_it_is_called(bank: Ledger) -> None:
    writing = [tool for name, tool in TOOLS.items() if tool.writes and name != "apply"]
    with served(bank) as client:
        for tool in writing:
            answer = asked(client, tool, dict(tool.example))
            assert answer.status_code == 200, f"{tool.name}: {answer.text}"
            told = {name for name, field in tool.answers.model_fields.items() if not field.exclude}
            assert told <= answer.json().keys(), tool.name
    assert bank.latest("fraud_scoring").actor == "mrm-team"  # type: ignore[union-attr]  # it has events
    assert bank.get("loan_pricing_v2").owner == "pricing-team"
    assert bank.get("shadow_model_0").platform == "office"


def test_what_is_made_of_another_answer_is_answered_with_it(bank: Ledger) -> None:
    def post(name: str, **given: Any) -> Any:
        return client.post(f"/{TOOLS[name].address}", json=given).raise_for_status().json()

    with served(bank) as client:
        post("seal")
        event = client.get("/latest/fraud_scoring").json()["event"]["snapshot_hash"]
        proof = client.get("/prove", params={"snapshot": event}).json()
        assert post("check_proof", proof=proof, checkpoint=proof["checkpoint"])["status"] == "ok"
        post("record", model_name="fraud_scoring", event="reviewed")
        later = post("seal")["checkpoint"]
        consistency = client.get("/prove_consistency", params={"checkpoint": proof["checkpoint"]}).json()
        checked = post("check_consistency", consistency=consistency, checkpoint=proof["checkpoint"], new_checkpoint=later)
        assert checked["status"] == "ok"
        plan = post("plan", source="office", models=[{"name": "sheet", "platform": "office"}])
        assert post("apply", plan=plan)["added"] == 1
    assert bank.get("sheet").platform == "office"


ODD = ["etl/daily/orders", "a b", "größe 模型 🦊", "50% off", "a?b#c", "..", "a/../b", "./x", "a//b", "%2F", "x+y"]


@pytest.mark.parametrize("name", ODD)
def test_whatever_a_model_is_called_it_is_reached_by_path_and_by_query(ledger: Ledger, client: httpx.Client, name: str) -> None:
    ledger.add([DataNode(name, platform="p"), DataNode("b", platform="p"), DataNode("x", platform="p")])
    ledger.register(name=name, platform="", owner="o", model_type="t", tier="high", purpose="")
    whole = "".join(f"%{byte:02X}" for byte in f"p/{name}".encode())
    for url in (f"/models/{whole}", f"/models?model={whole}"):
        answer = client.send(client.build_request("GET", httpx.URL(str(client.base_url)).copy_with(raw_path=url.encode())))
        assert (answer.status_code, answer.json()["key"]) == (200, f"p/{name}"), url


def test_a_model_of_no_platform_is_reached_by_its_key(ledger: Ledger, client: httpx.Client) -> None:
    ledger.register(name="scorecard", owner="o", model_type="t", tier="high", purpose="")
    assert client.get("/models//scorecard").json()["key"] == "/scorecard"
    assert client.get("/models/", params={}).status_code == 422
    assert client.get("/models").status_code == 422


def test_a_question_of_a_date_is_answered_as_of_that_date(bank: Ledger) -> None:
    with served(bank) as client:
        then = client.get("/models/fraud_scoring", params={"as_of": "2025-06-30"}).json()
        card = client.get("/investigate/fraud_scoring", params={"detail": "full", "as_of": "2025-06-30"}).json()
    assert then == bank.get("fraud_scoring", as_of="2025-06-30").model_dump(mode="json")
    assert card == direct(bank, TOOLS["investigate"], {"model_name": "fraud_scoring", "detail": "full", "as_of": "2025-06-30"})
    assert then != bank.get("fraud_scoring").model_dump(mode="json")


def _steady(tool: Tool[Any, Any], answer: Any) -> Any:
    return {name: value for name, value in answer.items() if name not in OF_NOW.get(tool.name, ())}

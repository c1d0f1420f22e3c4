"""What model-ledger's documentation asks of its service, asked of ours on the demo estate."""

from collections.abc import Iterator

import httpx
import pytest

from graph_ledger.ledger import Ledger
from tests.surfaces.rest.serving import served

RECORDED = {
    "model_name": "fraud_scoring",
    "event": "registered",
    "owner": "risk-team",
    "model_type": "ml_model",
    "purpose": "Real-time fraud detection",
}


@pytest.fixture
def service(bank: Ledger) -> Iterator[httpx.Client]:
    with served(bank) as client:
        yield client


def test_the_quickstart_is_answered(service: httpx.Client) -> None:
    page = service.get("/query?limit=5").json()
    assert (len(page["models"]), page["has_more"], page["total"] > 60) == (5, True, True)
    trace = service.get("/trace/fraud_scoring?direction=upstream").json()
    assert {"customer_features", "transaction_pipeline"} <= {node["name"] for node in trace["upstream"]}
    assert (trace["downstream"], trace["root"]) == ([], "fraud_scoring")
    overview = service.get("/overview").json()
    assert overview["total_models"] == page["total"]
    assert overview["model_types"]["ml_model"] > 10


def test_a_model_is_registered_as_on_every_surface(service: httpx.Client) -> None:
    known = service.post("/record", json=RECORDED).json()
    assert (known["is_new_model"], known["model_name"]) == (False, "fraud_scoring")
    new = service.post("/record", json={**RECORDED, "model_name": "fraud_scoring_v9"}).json()
    again = service.post("/record", json={**RECORDED, "model_name": "fraud_scoring_v9"}).json()
    assert (new["is_new_model"], again["is_new_model"], again["event_id"]) == (True, False, new["event_id"])


def test_what_breaks_is_three_and_two(service: httpx.Client) -> None:
    nodes = service.get("/trace/customer_features", params={"direction": "downstream"}).json()["nodes"]
    assert [node["depth"] for node in nodes] == [1, 1, 1, 2, 2]


def test_a_question_of_the_past_is_answered_as_of_then_and_never_as_of_now(service: httpx.Client) -> None:
    then = service.get("/investigate/fraud_scoring", params={"as_of": "2025-06-30", "detail": "full"}).json()
    now = service.get("/investigate/fraud_scoring").json()
    assert then["total_events"] < now["total_events"]
    assert service.get("/changelog", params={"as_of": "2025-06-30"}).status_code == 422


def test_an_unknown_model_is_named_and_a_known_one_without_tags_has_none(service: httpx.Client) -> None:
    missing = service.get("/trace/fraud_scorin")
    assert (missing.status_code, "fraud_scorin" in missing.json()["detail"], missing.json()["near"][0]) == (404, True, "ml/fraud_scoring")
    assert service.get("/tags/customer_features").json() == {"model_name": "customer_features", "tags": []}

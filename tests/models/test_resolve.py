"""What is near a name that no model has, and what is said where the name is a port's."""

import pytest

from graph_ledger import DataNode, Ledger, ModelNotFoundError

CLIENTS = "shop-prod.telemetry_derived.clients"
NAMES = [
    f"{CLIENTS}_daily_v6",
    f"{CLIENTS}_daily_joined_v1",
    f"{CLIENTS}_yearly_v1",
    "shop-prod.telemetry.main",
    "shop-prod.search.clients_daily_v8",
]
NEAR = {
    f"{CLIENTS}_daily": [NAMES[0], NAMES[1]],
    f"{CLIENTS}_DAILY_v6": [NAMES[0]],
    "Shop-Prod:telemetry.main": ["shop-prod.telemetry.main"],
    "other/shop-prod.telemetry.main": ["shop-prod.telemetry.main"],
    "search.clients_daily": ["shop-prod.search.clients_daily_v8"],
    "clients_yearly": [NAMES[2]],
    f"{CLIENTS}_yaerly_v1": [NAMES[2]],
    "shop-prod.telemetri.main": ["shop-prod.telemetry.main"],
    "shop-prod.telemetry_derived.events_v1": [],
    "fraud": ["fraud_scoring"],
    "frud_scoring": ["fraud_scoring"],
    "nothing": [],
    "r": [],
}


def refused(ledger: Ledger, asked: str) -> ModelNotFoundError:
    with pytest.raises(ModelNotFoundError) as found:
        ledger.get(asked)
    return found.value


def test_what_is_near_is_offered_and_nothing_else(ledger: Ledger) -> None:
    ledger.add([DataNode(name, platform="bigquery") for name in (*NAMES, "fraud_scoring")])
    assert {asked: [key.partition("/")[2] for key in refused(ledger, asked).near] for asked in NEAR} == NEAR


def test_the_name_of_a_port_is_told_from_that_of_a_model(ledger: Ledger) -> None:
    writers = [DataNode(f"w{number}", platform="etl", outputs=["app.scores"]) for number in range(5)]
    ledger.add([*writers, DataNode("reader", platform="ml", inputs=["app.scores", "app.raw"])])
    assert str(refused(ledger, "APP:Scores")).endswith("it is a port, written by etl/w0, etl/w1, etl/w2 and 2 more, read by 1 model")
    error = refused(ledger, "app.raw")
    assert error.near == ()
    assert str(error).endswith("; it is a port, written by no model, read by 1 model")
    assert "port" not in str(refused(ledger, "app.nothing"))


def test_a_port_is_sought_by_its_name(ledger: Ledger) -> None:
    plan = ledger.database.plan("models/port", identifiers=["x"], most=3)
    assert "NodeIndexSeek" in plan
    assert not {"NodeByLabelScan", "AllNodesScan"} & set(plan)

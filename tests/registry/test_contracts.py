"""Contracts: a version keeps the one that held when it was made, of every element that it was trained on."""

from typing import Any

import pytest

from graph_ledger import Ledger
from graph_ledger.database.statements import source
from graph_ledger.registry import ModelRegistry
from tests.graph import edges, nodes

MODEL = {"name": "Vehicle", "id": "http://ns.example/", "preferred_prefix": "mp"}
RULES = {"property": {"unit": True}}


def leaf(change: str, **more: Any) -> dict[str, Any]:
    return {"label": "Vehicle.Speed", "kind": "PROPERTY", "parent_label": "Vehicle", "change_type": change, **more}


@pytest.fixture
def modelled(ledger: Ledger) -> Ledger:
    """An element whose contract was superseded in March."""
    first = [{"label": "Vehicle", "kind": "ENTITY", "change_type": "ADDED"}, leaf("ADDED", aspects={"unit": "km/h"})]
    for day, changes in (("2026-01-01", first), ("2026-03-01", [leaf("MODIFIED", aspects={"unit": "mph"})])):
        ledger.contracts.sync({"changes": changes}, metadata=MODEL, rules=RULES, timestamp=f"{day}T00:00:00Z", actor="ada")
    return ledger


def trained(ledger: Ledger) -> set[tuple[str, str]]:
    return {
        (key.rpartition(":")[2], uri.rpartition("/")[2])
        for key, uri in edges(ledger, "ModelVersion", "TRAINED_ON", "Contract", end_property="uri")
    }


def test_a_version_is_trained_on_the_contract_of_its_time(modelled: Ledger, registry: ModelRegistry) -> None:
    for version, made in (("0", "2025-12-01"), ("1", "2026-02-01"), ("2", "2026-04-01")):
        registry.register("clf", version, trained_on=["mp:Vehicle.Speed"], created_at=made)
    assert trained(modelled) == {("1", "1"), ("2", "2")}
    found = registry.compare("clf", "1", "2")
    assert [(each.name, each.a, each.b) for each in found.contracts] == [
        ("mp:vehicle.speed", "http://ns.example/contracts/1", "http://ns.example/contracts/2")
    ]
    assert found.inputs == ()
    chain = registry.lineage("clf", "1")
    assert chain is not None
    assert [(each.relationship, each.status, each.port) for each in chain.contracts] == [("TRAINED_ON", "SUPERSEDED", "mp:vehicle.speed")]
    assert modelled.verify(deep=True).ok


def test_a_contract_that_is_named_itself_is_that_one(modelled: Ledger, registry: ModelRegistry) -> None:
    registry.register("clf", "1", trained_on=["http://ns.example/contracts/1"])
    assert trained(modelled) == {("1", "1")}
    assert edges(modelled, "Port", "FEEDS", "ModelVersion") == {("mp:vehicle.speed", "registry/clf:1")}


def test_a_broken_contract_names_the_version_the_deployment_and_their_owners(modelled: Ledger, registry: ModelRegistry) -> None:
    modelled.register(name="service", owner="ops", model_type="api", tier="high", purpose="")
    registry.register("clf", "1", trained_on=["mp:Vehicle.Speed"], owner="risk")
    registry.transition_stage("clf", "1", "production")
    registry.deploy("clf", "1", "service", actor="ops")
    gate = modelled.contracts.check({"changes": [leaf("MODIFIED", aspects={"unit": "m/s"})]}, metadata=MODEL, rules=RULES)
    assert not gate.compatible
    text = gate.model_dump_json()
    assert all(name in text for name in ("clf:1", "service", "risk", "ops"))
    columns, rows = modelled.database.table(source("explore/production_versions"))
    assert dict(zip(columns, rows[0], strict=True))["contracts"] == ["mp:vehicle.speed: http://ns.example/contracts/2 is ACTIVE"]


def test_an_element_of_a_data_contract_is_no_model_of_versions(modelled: Ledger, registry: ModelRegistry) -> None:
    registry.register("Vehicle", "1", artifact=b"w")
    registry.register("Lorry", "1")
    registry.transition_stage("Vehicle", "1", "production")
    assert nodes(modelled, "RegisteredModel", "key") == {("registry/Vehicle",), ("registry/Lorry",)}
    renamed = [
        {"label": "Car", "kind": "ENTITY", "change_type": "MODIFIED", "renamed_from": "Vehicle"},
        leaf("MODIFIED", renamed_from="Vehicle.Speed") | {"label": "Car.Speed"},
    ]
    modelled.contracts.sync({"changes": renamed}, metadata=MODEL, rules=RULES, actor="ada")
    assert registry.get_production_model("Vehicle") == registry.get_version("Vehicle", "1")
    assert modelled.verify(deep=True).ok

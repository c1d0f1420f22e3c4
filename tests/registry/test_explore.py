"""The questions about versions for Neo4j Browser, against what the registry itself says."""

from typing import Any

from graph_ledger import DataNode, Ledger
from graph_ledger.database.statements import source
from graph_ledger.registry import ModelRegistry


def ask(ledger: Ledger, name: str) -> list[dict[str, Any]]:
    columns, rows = ledger.database.table(source(f"explore/{name}"))
    return [dict(zip(columns, row, strict=True)) for row in rows]


def test_what_is_in_production_is_told_with_its_data_and_who_runs_it(registry: ModelRegistry, ledger: Ledger) -> None:
    assert ask(ledger, "production_versions") == ask(ledger, "shared_artifacts") == []
    ledger.add([DataNode("customers", platform="etl", outputs=["features"]), DataNode("service", platform="app")])
    for name, version in (("clf", "1"), ("clf", "2"), ("other", "1")):
        registry.register(name, version, artifact=b"same" if version == "1" else b"x", trained_on=["customers"], owner="risk")
    registry.transition_stage("clf", "1", "production")
    registry.transition_stage("clf", "2", "production")
    registry.deploy("clf", "2", "service", actor="ops")
    (row,) = ask(ledger, "production_versions")
    known = registry.get_production_model("clf")
    assert known is not None
    assert (row["model"], row["version"], row["owner"], row["sha256"]) == ("clf", "2", "risk", known.artifact_sha256)
    assert (row["trained_on"], row["written_by"], row["run_by"], row["contracts"]) == (["features"], ["etl/customers"], ["app/service"], [])
    (shared,) = ask(ledger, "shared_artifacts")
    assert (shared["versions"], shared["stages"], shared["size"]) == (["clf:1", "other:1"], ["archived", "development"], 4)

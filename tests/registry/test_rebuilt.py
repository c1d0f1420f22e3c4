"""Rebuilt: whoever edits a version in Browser is found out, whatever was edited."""

import pytest

from graph_ledger import Ledger
from graph_ledger.errors import ConflictError
from graph_ledger.registry import ModelRegistry

EDITS = {
    "stage": "MATCH (v:ModelVersion {version: '1'}) SET v.stage = 'archived'",
    "production_of": "MATCH (v:ModelVersion {version: '1'}) REMOVE v.production_of",
    "metrics": "MATCH (v:ModelVersion {version: '1'}) SET v.metrics = '{\"mae\":0.1}'",
    "parameters": "MATCH (v:ModelVersion {version: '1'}) SET v.parameters = '{}'",
    "framework": "MATCH (v:ModelVersion {version: '1'}) SET v.framework = 'onnx'",
    "version_tags": "MATCH (v:ModelVersion {version: '1'}) SET v.version_tags = []",
    "artifact": "MATCH (:ModelVersion {version: '1'})-[stored:STORED_AS]->() DELETE stored",
    "deleted": "MATCH (v:ModelVersion {version: '2'}) REMOVE v.deleted_at",
}


@pytest.mark.parametrize("field", EDITS)
def test_what_is_edited_beside_the_events_is_found(registry: ModelRegistry, ledger: Ledger, field: str) -> None:
    registry.register("clf", "1", metrics={"mae": 1.0}, parameters={"depth": 3}, tags={"a": "b"}, artifact=b"x")
    registry.register("clf", "2", artifact=b"y")
    registry.transition_stage("clf", "1", "production")
    registry.delete_version("clf", "2")
    assert ledger.verify(deep=True).ok
    with ledger.database.driver.session() as session:
        session.run(EDITS[field]).consume()
    found = ledger.verify(deep=True)
    assert {(finding.kind, finding.field) for finding in found.findings} == {("drifted", field)}


def test_a_rollback_to_what_somebody_edited_ends(registry: ModelRegistry, ledger: Ledger) -> None:
    for version in "12":
        registry.register("clf", version)
        registry.transition_stage("clf", version, "production")
    with ledger.database.driver.session() as session:
        session.run("MATCH (v:ModelVersion {version: '1'}) REMOVE v.stage").consume()
    with pytest.raises(ConflictError, match="clf:1 is in no stage: somebody edited it"):
        registry.rollback("clf", actor="ann")
    assert not ledger.verify(deep=True).ok

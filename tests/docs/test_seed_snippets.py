"""What model-ledger's documentation shows, as its users would write it: only the import and the construction are ours."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from graph_ledger import DataNode, DataPort, Ledger
from graph_ledger.connectors.sql import sql_connector


@pytest.fixture
def platform() -> Iterator[sqlite3.Connection]:
    """A platform's own tables: a registry of models, and a scheduler of jobs."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript("""
            CREATE TABLE ml_models (name, owner, framework, status, active);
            INSERT INTO ml_models VALUES
                ('fraud_v3', 'risk', 'xgboost', 'active', 1), ('churn_v1', 'growth', 'sklearn', 'review', 1),
                ('old', 'risk', 'r', 'retired', 0);
            CREATE TABLE scheduled_jobs (job_name, raw_sql, cron);
            INSERT INTO scheduled_jobs VALUES
                ('build', 'CREATE TABLE lake.features AS SELECT * FROM lake.raw JOIN lake.customers USING (id)', '0 6 * * *'),
                ('score', 'INSERT INTO lake.scores SELECT id, f(x) FROM lake.features', '30 6 * * *');
        """)
        yield connection


def test_quickstart_the_graph_builds_itself(ledger: Ledger) -> None:
    ledger.add([
        DataNode("raw_txns", platform="warehouse", outputs=["transactions"]),
        DataNode("feature_build", platform="etl", inputs=["transactions"], outputs=["features"]),
        DataNode("fraud_model", platform="ml", inputs=["features"], outputs=["risk_scores"]),
        DataNode("review_queue", platform="alerting", inputs=["risk_scores"]),
    ])  # fmt: skip
    ledger.connect()
    assert ledger.trace("review_queue") == ["raw_txns", "feature_build", "fraud_model", "review_queue"]
    assert ledger.upstream("fraud_model") == ["raw_txns", "feature_build"]


def test_quickstart_a_model_is_registered_and_its_history_read(ledger: Ledger) -> None:
    ledger.register(name="fraud_scoring", owner="risk-team", model_type="ml_model", tier="high", purpose="Real-time card fraud detection")
    ledger.record("fraud_scoring", event="retrained", actor="ml-pipeline", payload={"accuracy": 0.94, "features_added": ["velocity_24h"]})
    printed = [f"{snap.timestamp} {snap.event_type}" for snap in ledger.history("fraud_scoring")]
    assert sorted(line.split()[-1] for line in printed) == ["registered", "retrained"]


def test_recipe_impact_analysis(ledger: Ledger) -> None:
    ledger.add([
        DataNode("customer_features", platform="feature-store", outputs=["customer_features"]),
        DataNode("fraud_scorer", platform="ml", inputs=["customer_features"], outputs=["risk_scores"]),
        DataNode("churn_scorer", platform="ml", inputs=["customer_features"], outputs=["churn_scores"]),
        DataNode("review_queue", platform="alerting", inputs=["risk_scores"]),
    ])  # fmt: skip
    ledger.connect()
    assert ledger.downstream("customer_features") == ["fraud_scorer", "churn_scorer", "review_queue"]
    assert ledger.upstream("review_queue") == ["customer_features", "fraud_scorer"]
    assert ledger.trace("review_queue") == ["customer_features", "fraud_scorer", "review_queue"]


def test_recipe_discover_from_a_registry_in_sql(ledger: Ledger, platform: sqlite3.Connection) -> None:
    models = sql_connector(
        name="model_registry",
        connection=platform,
        query="SELECT name, owner, framework FROM ml_models WHERE active = 1",
        name_column="name",
    )
    added = ledger.add(models.discover())
    ledger.connect()
    assert f"discovered {len(added)} models" == "discovered 2 models"
    assert len(ledger.add(models.discover())) == 0
    assert (ledger.get("fraud_v3").owner, ledger.get("fraud_v3").metadata["framework"]) == ("risk", "xgboost")


def test_recipe_dependencies_are_read_out_of_the_sql(ledger: Ledger, platform: sqlite3.Connection) -> None:
    etl_jobs = sql_connector(
        name="etl_scheduler",
        connection=platform,
        query="SELECT job_name, raw_sql, cron FROM scheduled_jobs",
        name_column="job_name",
        sql_column="raw_sql",
    )
    ledger.add(etl_jobs.discover())
    ledger.add(DataNode("alerts", platform="alerting", inputs=["lake.scores"]))
    ledger.connect()
    assert ledger.trace("alerts") == ["build", "score", "alerts"]
    assert {port.identifier for port in etl_jobs.discover()[0].inputs} == {"lake.raw", "lake.customers"}


def test_guide_connectors_a_registry_with_a_status(ledger: Ledger, platform: sqlite3.Connection) -> None:
    models = sql_connector(
        name="model_registry",
        connection=platform,
        query="SELECT name, owner, status FROM ml_models WHERE active = true",
        name_column="name",
    )
    ledger.add(models.discover())
    assert {ref.name: ref.status for ref in ledger.list()} == {"churn_v1": "review", "fraud_v3": "active"}


def test_guide_connectors_a_connector_of_ones_own(ledger: Ledger) -> None:
    class Endpoints:
        name = "sagemaker"

        def discover(self) -> list[DataNode]:
            answer = {"Endpoints": [{"EndpointName": "fraud-prod", "EndpointStatus": "InService"}]}
            return [
                DataNode(
                    found["EndpointName"],
                    platform="sagemaker",
                    outputs=[found["EndpointName"]],
                    metadata={"status": found["EndpointStatus"]},
                )
                for found in answer["Endpoints"]
            ]

    ledger.add(Endpoints().discover())
    ledger.connect()
    assert (ledger.get("fraud-prod").platform, ledger.get("fraud-prod").status) == ("sagemaker", "active")
    assert ledger.get("fraud-prod").metadata == {"status": "InService"}


def test_concept_a_node_is_what_it_reads_and_writes(ledger: Ledger) -> None:
    node = DataNode(
        name="fraud_scorer",
        platform="ml",
        inputs=["customer_features"],
        outputs=["risk_scores"],
        metadata={"framework": "xgboost", "owner": "risk-team"},
    )
    ledger.add([
        DataNode("segmentation", platform="etl", outputs=["customer_features"]), node,
        DataNode("fraud_alerts", platform="alerting", inputs=["risk_scores"]),
    ])  # fmt: skip
    ledger.connect()
    assert ledger.trace("fraud_alerts") == ["segmentation", "fraud_scorer", "fraud_alerts"]
    assert ledger.upstream("fraud_alerts") == ["segmentation", "fraud_scorer"]
    assert ledger.downstream("segmentation") == ["fraud_scorer", "fraud_alerts"]
    assert (ledger.get("fraud_scorer").owner, ledger.get("fraud_scorer").metadata) == ("risk-team", {"framework": "xgboost"})


def test_concept_ports_are_told_apart_by_their_schema(ledger: Ledger) -> None:
    ledger.add([
        DataNode("check_rules", outputs=[DataPort("alerts", model_name="checks")]),
        DataNode("card_rules", outputs=[DataPort("alerts", model_name="cards")]),
        DataNode("check_queue", inputs=[DataPort("alerts", model_name="checks")]),
    ])  # fmt: skip
    ledger.connect()
    assert ledger.upstream("check_queue") == ["check_rules"]


def test_concept_every_change_is_an_event(ledger: Ledger) -> None:
    ref = ledger.register(name="fraud_scoring", owner="risk-team", model_type="ml_model", tier="high", purpose="Real-time fraud detection")
    assert ledger.get(ref.model_hash) == ref
    ledger.record(
        "fraud_scoring", event="retrained", actor="ml-pipeline", payload={"accuracy": 0.94, "auc": 0.98, "features_added": ["velocity_24h"]}
    )
    ledger.record(
        "fraud_scoring", event="validated", actor="mrm-team", payload={"profile": "sr_11_7", "validator": "mrm-team", "result": "pass"}
    )
    told = [(snap.event_type, snap.actor, snap.payload.get("result")) for snap in ledger.history("fraud_scoring")]
    assert told == [("validated", "mrm-team", "pass"), ("retrained", "ml-pipeline", None), ("registered", "system", None)]


def test_governance_the_audit_trail(ledger: Ledger) -> None:
    ledger.register(name="credit_scorecard", owner="risk-team", model_type="ml_model", tier="high", purpose="Consumer credit decisioning")
    ledger.record("credit_scorecard", event="validated", actor="mrm-team", payload={"result": "pass", "validator": "second-line"})
    assert [snap.event_type for snap in ledger.history("credit_scorecard")] == ["validated", "registered"]

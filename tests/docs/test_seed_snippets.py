"""What model-ledger's documentation shows, as its users would write it: only the import and the construction are ours."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta, timezone
from typing import Any

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
    printed = [f"{snap.event_type} {snap.actor}" for snap in ledger.history("credit_scorecard")]
    assert printed == ["validated mrm-team", "registered system"]
    replayed = ledger.history("credit_scorecard", order="asc")
    assert [snap.event_type for snap in replayed] == ["registered", "validated"]
    assert [snap.timestamp for snap in replayed] == sorted(snap.timestamp for snap in replayed)
    assert ledger.get("credit_scorecard").tier == "high"
    assert ledger.verify().ok


def test_concept_an_identical_event_is_not_duplicated_and_the_inventory_of_now_has_it(ledger: Ledger) -> None:
    ledger.register(name="fraud_scoring", owner="risk-team", model_type="ml_model", tier="high", purpose="Real-time fraud detection")
    said: dict[str, Any] = {"event": "retrained", "actor": "ml-pipeline", "payload": {"accuracy": 0.94}, "timestamp": "2026-06-03T14:11Z"}
    assert ledger.record("fraud_scoring", **said) == ledger.record("fraud_scoring", **said)
    assert [snap.event_type for snap in ledger.history("fraud_scoring")] == ["registered", "retrained"]
    inventory = ledger.inventory_at(datetime.now(timezone.utc))
    assert inventory == [ledger.get("fraud_scoring")]


def test_recipe_point_in_time(ledger: Ledger) -> None:
    ledger.register(name="fraud_scoring", owner="risk-team", model_type="ml_model", tier="high", purpose="Card fraud detection")
    ledger.record("fraud_scoring", event="retrained", payload={"accuracy": 0.94}, actor="ml-pipeline")
    now = datetime.now(timezone.utc)
    assert [f"{ref.name} {ref.status}" for ref in ledger.inventory_at(now)] == ["fraud_scoring active"]
    assert ledger.inventory_at(now - timedelta(days=365)) == []
    ledger.update("fraud_scoring", status="retired", metadata={"desk": "cards"}, actor="risk-team")
    assert [(ref.status, ref.metadata) for ref in ledger.inventory_at(now)] == [("active", {})]
    today = ledger.inventory_at(datetime.now(timezone.utc))
    assert [(ref.status, ref.metadata) for ref in today] == [("retired", {"desk": "cards"})]
    printed = [f"{snap.event_type} {snap.actor}" for snap in ledger.history("fraud_scoring", order="asc")]
    assert printed == ["registered system", "retrained ml-pipeline", "updated risk-team"]


def test_concept_a_tag_moves_over_a_log_that_does_not(ledger: Ledger) -> None:
    ledger.register(name="fraud_scoring", owner="risk-team", model_type="ml_model", tier="high", purpose="Real-time fraud detection")
    first = ledger.record("fraud_scoring", event="retrained", actor="ml-pipeline", payload={"accuracy": 0.94})
    ledger.tag("fraud_scoring", "production")
    assert ledger.latest("fraud_scoring", tag="production") == first
    second = ledger.record("fraud_scoring", event="validated", actor="mrm-team", payload={"profile": "sr_11_7", "result": "pass"})
    ledger.tag("fraud_scoring", "production")
    assert ledger.latest("fraud_scoring", tag="production") == second
    assert [(tag.name, tag.snapshot_hash) for tag in ledger.list_tags("fraud_scoring")] == [("production", second.snapshot_hash)]
    told = [snap.event_type for snap in ledger.history("fraud_scoring", order="asc")]
    assert told == ["registered", "retrained", "tagged", "validated", "tagged"]


def test_concept_composites(ledger: Ledger) -> None:
    for name in ("feature_pipeline", "scoring_model", "alert_queue", "challenger_model"):  # here a member has to be there
        ledger.register(name=name, owner="risk-team", model_type="ml_model", tier="medium", purpose="Part of the scorecard")
    group = ledger.register_group(
        name="Credit Scorecard",
        owner="risk-team",
        model_type="ml_model",
        tier="high",
        purpose="Credit risk scoring pipeline",
        members=["feature_pipeline", "scoring_model", "alert_queue"],
        actor="system",
    )
    assert (group.name, group.tier, group.model_type, group) == ("Credit Scorecard", "high", "ml_model", ledger.get("Credit Scorecard"))
    rows = [(row.model, row.relationship) for row in ledger.dependencies("Credit Scorecard", "upstream")]
    assert sorted(rows) == [("/alert_queue", "member_of"), ("/feature_pipeline", "member_of"), ("/scoring_model", "member_of")]
    before = datetime.now(timezone.utc)

    ledger.add_member("Credit Scorecard", "challenger_model", role="challenger", actor="risk-team")
    ledger.remove_member("Credit Scorecard", "scoring_model", actor="risk-team")
    members = {member.name: member.role for member in ledger.members("Credit Scorecard")}
    assert members == {"feature_pipeline": None, "alert_queue": None, "challenger_model": "challenger"}
    assert ledger.groups("scoring_model") == []
    assert [each.name for each in ledger.groups("challenger_model")] == ["Credit Scorecard"]
    assert ledger.membership_at("Credit Scorecard", datetime(2025, 12, 31)) == []  # noqa: DTZ001
    former = {member.name for member in ledger.membership_at("Credit Scorecard", before)}
    assert former == {"feature_pipeline", "scoring_model", "alert_queue"}
    changes = [snap.event_type for snap in ledger.history("Credit Scorecard", order="asc")]
    assert changes == ["registered", "member_added", "member_added", "member_added", "member_added", "member_removed"]

    summary = ledger.composite_summary("Credit Scorecard")
    assert (summary.name, summary.owner, summary.tier, summary.status) == ("Credit Scorecard", "risk-team", "high", "active")
    assert (summary.member_count, summary.open_observation_count, summary.last_validated, summary.metadata) == (3, 0, None, {})
    assert [(member.name, member.tier, member.status) for member in summary.members] == [
        ("alert_queue", "medium", "active"), ("challenger_model", "medium", "active"), ("feature_pipeline", "medium", "active"),
    ]  # fmt: skip


def test_concept_findings_and_validations_live_in_the_same_log(ledger: Ledger) -> None:
    ledger.register(name="scorecard", owner="risk-team", model_type="ml_model", tier="high", purpose="Scores")
    ledger.register_group(
        name="Credit Scorecard", owner="risk-team", model_type="composite", tier="high", purpose="Credit", members=["scorecard"],
        actor="system",
    )  # fmt: skip
    for number in (1, 2):
        ledger.record_observation(
            "Credit Scorecard", observation_id=f"OBS-{number}", observation="Drift", status="open", severity="high", actor="mrm-team"
        )
    assert ledger.composite_summary("Credit Scorecard").open_observation_count == 2
    ledger.resolve_observation("Credit Scorecard", observation_id="OBS-1", resolution="Retrained", actor="mrm-team")
    validated = ledger.record_validation("Credit Scorecard", result="pass", actor="mrm-team")
    told = [snap.event_type for snap in ledger.history("Credit Scorecard", order="asc")]
    assert told[-4:] == ["observation_issued", "observation_issued", "observation_resolved", "validated"]
    summary = ledger.composite_summary("Credit Scorecard")
    assert (summary.open_observation_count, summary.last_validated, summary.last_result) == (1, validated.timestamp, "pass")
    assert [row.observation_id for row in ledger.open_observations("Credit Scorecard")] == ["OBS-2"]

"""The demo estate says what the documents say of it; plain files and networkx, no database."""

import functools
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Any

import networkx as nx
import pytest
import yaml

from graph_ledger.demo import SOURCE, events, findings, groups, listings
from graph_ledger.ledger import Ledger
from graph_ledger.values.node import DataNode, check_name, check_platform, key_of
from graph_ledger.values.port import DataPort

LOADED_ON = date(2026, 6, 30)
MIDNIGHT = datetime(2026, 6, 30, tzinfo=timezone.utc)
WORDS = {
    "status": {"development", "review", "active", "deprecated", "retired"},
    "tier": {"high", "medium", "low"},
    "model_type": {
        *("ml_model", "heuristic", "vendor", "llm", "spreadsheet", "data_source"),
        *("etl_pipeline", "alerting", "dashboard", "report"),
    },
}
STRUCTURE = {"name", "platform", "inputs", "outputs"}
DOCUMENTED = {
    "customer_features": ("database", "data-team", "data_source", [], ["customer_data"]),
    "transaction_pipeline": ("etl", "data-team", "etl_pipeline", ["raw_transactions"], ["processed_transactions", "customer_data"]),
    "fraud_scoring": ("ml", "risk-team", "ml_model", ["customer_data", "processed_transactions"], ["fraud_scores"]),
    "churn_predictor": ("ml", "growth-team", "ml_model", ["customer_data"], ["churn_probabilities"]),
    "alert_engine": ("alerting", "ops-team", "alerting", ["fraud_scores"], []),
    "credit_risk": ("ml", "risk-team", "ml_model", ["customer_data", "processed_transactions"], ["credit_scores"]),
    "pricing_rules": ("rules", "pricing-team", "heuristic", ["credit_scores", "churn_probabilities"], []),
}
Estate = dict[str, dict[str, Any]]


@functools.cache
def history() -> tuple[tuple[datetime, Estate], ...]:
    """Every listing as mappings by name, oldest first."""
    read = ((observed_at, yaml.safe_load(file.read_text(encoding="utf-8"))) for observed_at, file in listings(LOADED_ON))
    return tuple((observed_at, {entry["name"]: entry for entry in entries}) for observed_at, entries in read)


def estate(days_before: int = 0) -> Estate:
    return as_it_was(MIDNIGHT - timedelta(days=days_before))


def as_it_was(moment: datetime) -> Estate:
    return [entries for observed_at, entries in history() if observed_at <= moment][-1]


def graph(entries: Estate) -> "nx.DiGraph[str]":
    """Producer to consumer wherever an output matches an input."""
    edges: nx.DiGraph[str] = nx.DiGraph()
    edges.add_nodes_from(entries)
    for writer, reader in ((w, r) for w in entries.values() for r in entries.values() if w is not r):
        outputs, inputs = (list(map(DataPort.of, ports)) for ports in (writer.get("outputs", []), reader.get("inputs", [])))
        if any(output.matches(read) for output in outputs for read in inputs):
            edges.add_edge(writer["name"], reader["name"])
    return edges


def reached(start: str, days_before: int = 0) -> dict[str, int]:
    """What is downstream of one node, with its depth."""
    depths: dict[str, int] = nx.single_source_shortest_path_length(graph(estate(days_before)), start)
    return {name: depth for name, depth in depths.items() if depth}


def every_entry() -> Iterator[dict[str, Any]]:
    return (entry for _, entries in history() for entry in entries.values())


@pytest.mark.parametrize("name", DOCUMENTED)
def test_a_documented_node_stands_as_documented(name: str) -> None:
    entry = estate()[name]
    assert (entry["platform"], entry["owner"], entry["model_type"], entry.get("inputs", []), entry.get("outputs", [])) == DOCUMENTED[name]


def test_three_models_read_customer_features_and_two_more_follow() -> None:
    direct = {"fraud_scoring": 1, "churn_predictor": 1, "credit_risk": 1}
    assert reached("customer_features") == direct | {"alert_engine": 2, "pricing_rules": 2}


@pytest.mark.parametrize(
    ("days_before", "direct", "further"),
    [
        (729, {"fraud_scoring", "loyalty_scoring"}, {"alert_engine", "loyalty_mailer"}),
        (600, {"fraud_scoring", "loyalty_scoring", "credit_risk"}, {"alert_engine", "loyalty_mailer"}),
        (500, {"fraud_scoring", "loyalty_scoring", "credit_risk"}, {"alert_engine", "loyalty_mailer", "pricing_rules"}),
        (
            365,
            {"fraud_scoring", "loyalty_scoring", "credit_risk", "churn_predictor"},
            {"alert_engine", "loyalty_mailer", "pricing_rules"},
        ),
        (200, {"fraud_scoring", "credit_risk", "churn_predictor"}, {"alert_engine", "pricing_rules"}),
        (90, {"fraud_scoring", "credit_risk", "churn_predictor", "cross_sell_pilot"}, {"alert_engine", "pricing_rules"}),
        (30, {"fraud_scoring", "credit_risk", "churn_predictor"}, {"alert_engine", "pricing_rules"}),
    ],
)
def test_what_hung_on_customer_features_was_another_set_then(days_before: int, direct: set[str], further: set[str]) -> None:
    assert reached("customer_features", days_before) == dict.fromkeys(direct, 1) | dict.fromkeys(further, 2)


def test_the_impact_of_several_nodes_differs_from_a_year_ago() -> None:
    starts = estate().keys() & estate(365).keys()
    assert len([name for name in starts if set(reached(name)) != set(reached(name, 365))]) >= 5


def test_the_threshold_rule_reaches_the_queue_and_the_dashboard() -> None:
    assert reached("aml_threshold_rule") == {"sar_queue": 1, "compliance_dashboard": 2}


def test_a_payment_reaches_the_compliance_dashboard_in_seven_steps() -> None:
    assert reached("payments_stream")["compliance_dashboard"] == 7


def test_alerts_in_one_table_are_told_apart_by_the_model_that_wrote_them() -> None:
    edges = graph(estate())
    assert set(edges.predecessors("check_queue")) == {"check_rules"}
    assert set(edges.predecessors("card_queue")) == {"card_rules"}
    assert set(edges.predecessors("aml_alert_hub")) == {"aml_structuring", "aml_network", "aml_velocity"}


def test_there_is_one_cycle_and_it_lies_far_from_customer_features() -> None:
    edges = graph(estate())
    cycles = [group for group in nx.strongly_connected_components(edges) if len(group) > 1]
    assert cycles == [{"collections_propensity", "collections_strategy", "dialer_queue", "contact_history"}]
    assert not cycles[0] & {"customer_features", *nx.descendants(edges, "customer_features")}


def test_every_listing_has_between_25_and_60_nodes() -> None:
    assert all(25 <= len(entries) <= 60 for _, entries in history())


def test_a_name_stands_once_in_a_listing() -> None:
    for _, file in listings(LOADED_ON):
        names = Counter(entry["name"] for entry in yaml.safe_load(file.read_text(encoding="utf-8")))
        assert max(names.values()) == 1, file.name


def test_a_name_keeps_its_platform() -> None:
    platforms = {(entry["name"], entry["platform"]) for entry in every_entry()}
    assert len(platforms) == len({name for name, _ in platforms})


def test_every_entry_is_a_node() -> None:
    for entry in every_entry():
        node = DataNode(**{key: entry[key] for key in STRUCTURE & entry.keys()})
        assert (check_name(node.name), check_platform(node.platform)) == (entry["name"], entry["platform"])


@pytest.mark.parametrize("field", WORDS)
def test_every_entry_speaks_the_known_words(field: str) -> None:
    assert {entry[field] for entry in every_entry()} <= WORDS[field]


def test_every_entry_says_who_owns_it_and_what_for() -> None:
    assert all(entry["owner"] and len(entry["purpose"]) >= 15 for entry in every_entry())


def test_platforms_of_every_kind_are_there() -> None:
    assert {entry["platform"] for entry in estate().values()} >= {"database", "etl", "ml", "rules", "alerting", "bi", "streaming"}


def test_no_listing_drops_so_many_nodes_that_a_guard_would_stop_it() -> None:
    for (_, before), (_, after) in zip(history(), history()[1:], strict=False):
        assert len(before.keys() - after.keys()) < 5


def test_every_listing_says_something_new() -> None:
    for (_, before), (_, after) in zip(history(), history()[1:], strict=False):
        assert before != after


@pytest.mark.parametrize("field", ["owner", "tier", "status"])
def test_in_two_years_each_field_changes_for_some_model(field: str) -> None:
    values = {(entry["name"], entry[field]) for entry in every_entry()}
    assert max(Counter(name for name, _ in values).values()) > 1


def test_the_files_say_two_years() -> None:
    assert next(file.name for _, file in listings(LOADED_ON)) == "0730.yaml"
    assert SOURCE == "demo"


def test_times_go_forward() -> None:
    observed, happened = [when for when, _ in listings(LOADED_ON)], [event["timestamp"] for event in events(LOADED_ON)]
    assert observed == sorted(set(observed))
    assert happened == sorted(happened)


def test_nothing_happens_twice_to_one_model_at_one_time() -> None:
    assert max(Counter((event["model"], event["timestamp"]) for event in events(LOADED_ON)).values()) == 1


@pytest.mark.parametrize("hours_ahead", [0, 14])
def test_nothing_lies_in_the_future_wherever_the_day_of_the_load_begins(hours_ahead: int) -> None:
    now = MIDNIGHT - timedelta(hours=hours_ahead)
    times = [when for when, _ in listings(LOADED_ON)] + [event["timestamp"] for event in events(LOADED_ON)]
    assert max(times) < now


def test_the_hour_of_the_load_and_its_zone_do_not_matter() -> None:
    late = datetime(2026, 6, 30, 23, 59, 59, 999999, tzinfo=timezone.utc)
    tokyo = datetime(2026, 7, 1, 8, 0, tzinfo=timezone(timedelta(hours=9)))
    assert events(late) == events(tokyo) == events(LOADED_ON)
    assert list(listings(late)) == list(listings(tokyo)) == list(listings(LOADED_ON))


def test_every_time_is_a_whole_minute_of_utc() -> None:
    for when in [when for when, _ in listings(LOADED_ON)] + [event["timestamp"] for event in events(LOADED_ON)]:
        assert (when.second, when.microsecond, when.utcoffset()) == (0, 0, timedelta(0))


def test_every_event_finds_its_model_in_the_estate_of_its_day() -> None:
    for event in events(LOADED_ON):
        keys = {key_of(entry["platform"], entry["name"]) for entry in as_it_was(event["timestamp"]).values()}
        assert event["model"] in keys, event


def test_an_event_carries_what_record_asks_for() -> None:
    assert all(event.keys() == {"model", "event", "actor", "payload", "timestamp"} for event in events(LOADED_ON))


def test_this_week_fraud_scoring_was_retrained_and_deployed_and_the_threshold_moved() -> None:
    week = [(event["model"], event["event"]) for event in events(LOADED_ON) if event["timestamp"] >= MIDNIGHT - timedelta(days=7)]
    assert [event for model, event in week if model == "ml/fraud_scoring"] == ["retrained", "deployed"]
    assert week[-1] == ("rules/aml_threshold_rule", "threshold_changed")


def test_this_week_something_changed_in_the_estate_too() -> None:
    assert history()[-1][0] >= MIDNIGHT - timedelta(days=7)


def test_validations_pass_and_fail() -> None:
    assert {event["payload"]["result"] for event in events(LOADED_ON) if event["event"] == "validated"} == {"pass", "fail"}


def test_every_call_is_one_of_a_verb_on_what_is_in_the_estate_of_its_day() -> None:
    formed = {f"/{said['name']}" for verb, said in groups(LOADED_ON) if verb == "register_group"}
    for verb, said in [*groups(LOADED_ON), *findings(LOADED_ON)]:
        there = {key_of(entry["platform"], entry["name"]) for entry in as_it_was(said["timestamp"]).values()} | formed
        named = [said[name] for name in ("composite", "member", "model") if name in said] + said.get("members", [])
        assert hasattr(Ledger, verb)
        assert all(name in there or f"/{name}" in there for name in named), said


def test_members_joined_and_left_and_something_is_still_open() -> None:
    told = Counter(verb for verb, _ in [*groups(LOADED_ON), *findings(LOADED_ON)])
    assert (told["add_member"] > told["remove_member"] > 0, told["record_observation"] > told["resolve_observation"] > 0) == (True, True)
    times = [said["timestamp"] for calls in (groups(LOADED_ON), findings(LOADED_ON)) for _, said in calls]
    assert max(times) < MIDNIGHT - timedelta(days=7)
    happened = {(event["model"], event["event"], event["timestamp"].date()) for event in events(LOADED_ON)}
    for verb, said in findings(LOADED_ON):
        assert verb != "tag" or (said["model"], said["name"], said["timestamp"].date()) in happened

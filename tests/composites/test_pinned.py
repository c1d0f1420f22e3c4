"""What users of model-ledger count on where models belong together: groups, roles, dates, findings, and who hears of a change."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from graph_ledger import DataNode, Ledger, ModelNotFoundError
from tests.graph import edges

START = datetime(2026, 1, 1, tzinfo=timezone.utc)
FAR = datetime(2099, 1, 1, tzinfo=timezone.utc)
IDENTITY: dict[str, Any] = {"owner": "o", "model_type": "ml_model", "tier": "low", "purpose": "p"}
GROUP: dict[str, Any] = {"owner": "risk", "model_type": "composite", "tier": "high", "purpose": "p", "actor": "me"}


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def names(found: list[Any]) -> list[str]:
    return sorted(each.name for each in found)


@pytest.fixture
def system(ledger: Ledger) -> Ledger:
    """A group of the models a and b; c stays outside; the group of groups holds the group."""
    for name in "abc":
        ledger.register(name=name, timestamp=day(0), **IDENTITY)
    ledger.register_group(name="system", members=["a", "b"], metadata={"desk": "cards"}, timestamp=day(1), **GROUP)
    ledger.register_group(name="above", members=["system"], timestamp=day(1), **GROUP)
    return ledger


def test_a_group_has_its_members_and_comes_last_in_its_own_trace(ledger: Ledger) -> None:
    for name in "ab":
        ledger.register(name=name, **IDENTITY)
    group = ledger.register_group(name="system", members=["a", "b"], metadata={"desk": "cards"}, **GROUP)
    assert (group, group.metadata) == (ledger.get("system"), {"desk": "cards"})
    assert names(ledger.members("system")) == ["a", "b"]
    assert [member.metadata for member in ledger.members("system")] == [{}, {}]
    assert sorted(ledger.trace("system")[:-1]) == ["a", "b"]
    assert ledger.trace("system")[-1] == "system"
    rows = [(row.model, row.relationship, row.direction) for row in ledger.dependencies("system")]
    assert sorted(rows) == [("/a", "member_of", "upstream"), ("/b", "member_of", "upstream")]
    assert [(row.model, row.relationship, row.direction) for row in ledger.dependencies("a")] == [("/system", "member_of", "downstream")]
    assert edges(ledger, "ModelRef", "MEMBER_OF", "Composite") == {("/a", "/system"), ("/b", "/system")}
    assert "desk" not in {name for event in ledger.history("system", event_type="member_added") for name in event.payload}


def test_a_group_of_nodes_reaches_up_through_its_members_and_nobody_down_through_the_group(ledger: Ledger) -> None:
    ledger.add([DataNode("raw", outputs=["t"]), DataNode("a", inputs=["t"], outputs=["u"]), DataNode("b", inputs=["u"])])
    ledger.register_group(name="system", members=["a", "b"], **GROUP)
    assert ledger.trace("system") == ["raw", "a", "b", "system"]
    assert ledger.upstream("system") == ["raw", "a", "b"]
    assert (ledger.downstream("raw"), ledger.downstream("a")) == (["a", "b"], ["b"])


def test_a_group_of_somebody_who_is_not_there_is_not_made(ledger: Ledger) -> None:
    ledger.register(name="a", **IDENTITY)
    with pytest.raises(ModelNotFoundError):
        ledger.register_group(name="system", members=["a", "nobody"], **GROUP)
    assert names(ledger.list()) == ["a"]
    assert ledger.groups("a") == []


def test_a_role_and_a_reason_are_kept_where_they_are_given(system: Ledger) -> None:
    assert system.add_member("system", "c", role="scorer", actor="me").payload["role"] == "scorer"
    assert {member.name: member.role for member in system.members("system")} == {"a": None, "b": None, "c": "scorer"}
    added = system.history("system", event_type="member_added")
    assert [event.payload.get("role") for event in added if event.payload["member_name"] in "ab"] == [None, None]
    assert not [event for event in added if event.payload["member_name"] in "ab" and "role" in event.payload]
    assert {event.payload["member_hash"] for event in added} == {system.get(name).model_hash for name in "abc"}
    assert system.remove_member("system", "c", reason="retired", actor="me").payload["reason"] == "retired"
    assert "reason" not in system.remove_member("system", "b", actor="me").payload


def test_whoever_leaves_is_out_until_it_joins_again(system: Ledger) -> None:
    system.remove_member("system", "a", actor="me", timestamp=day(2))
    assert names(system.members("system")) == ["b"]
    assert system.groups("a") == []
    assert names(system.groups("b")) == ["system"]
    system.add_member("system", "a", actor="me", timestamp=day(3))
    assert names(system.members("system")) == ["a", "b"]
    assert names(system.groups("a")) == ["system"]
    assert [names(system.membership_at("system", day(number))) for number in range(5)] == [[], ["a", "b"], ["b"], ["a", "b"], ["a", "b"]]


def test_a_membership_begins_and_ends_at_its_very_instant(system: Ledger) -> None:
    added = system.add_member("system", "c", actor="me")
    instant = timedelta(microseconds=1)
    assert "c" in names(system.membership_at("system", added.timestamp))
    assert "c" not in names(system.membership_at("system", added.timestamp - instant))
    removed = system.remove_member("system", "c", actor="me")
    assert "c" in names(system.membership_at("system", removed.timestamp - instant))
    assert "c" not in names(system.membership_at("system", removed.timestamp))
    assert names(system.membership_at("system", FAR)) == ["a", "b"]


def test_a_date_may_be_naive_or_a_day_and_an_empty_group_has_nobody(system: Ledger) -> None:
    naive = day(1).replace(tzinfo=None)
    assert names(system.membership_at("system", naive)) == ["a", "b"]
    assert names(system.membership_at("system", naive - timedelta(microseconds=1))) == []
    assert names(system.membership_at("system", date(2026, 1, 1))) == []
    assert names(system.membership_at("system", date(2026, 1, 2))) == ["a", "b"]
    system.register_group(name="empty", members=[], **GROUP)
    assert system.members("empty") == system.membership_at("empty", FAR) == []


def test_a_group_hears_of_a_change_of_its_member_once(system: Ledger) -> None:
    retrained = system.record("a", event="retrained", actor="ml", payload={"accuracy": 0.94})
    (heard,) = system.history("system", event_type="member_changed")
    assert heard.payload == {
        "member_name": "a",
        "member_hash": retrained.model_hash,
        "original_event_type": "retrained",
        "original_snapshot_hash": retrained.snapshot_hash,
    }
    assert heard.timestamp == retrained.timestamp
    assert system.history("above", event_type="member_changed") == []


def test_a_group_hears_nothing_of_strangers_and_nothing_of_what_is_no_change(system: Ledger) -> None:
    system.record("c", event="retrained", actor="ml")
    system.record_observation("a", observation_id="O-1", observation="drift", status="open", actor="mrm")
    system.resolve_observation("a", observation_id="O-1", resolution="fixed", actor="mrm")
    system.record_validation("a", result="pass", actor="mrm")
    system.tag("a", "production")
    system.remove_member("system", "b", actor="me", timestamp=day(5))
    system.record("b", event="retrained", actor="ml", timestamp=day(5))
    system.record("b", event="retrained", actor="ml")
    assert system.history("system", event_type="member_changed") == []
    late = system.record("b", event="retrained", actor="ml", timestamp=day(4))
    (heard,) = system.history("system", event_type="member_changed")
    assert (heard.payload["original_snapshot_hash"], heard.timestamp) == (late.snapshot_hash, day(4))
    assert system.verify(deep=True).ok


def test_a_finding_is_open_until_it_is_resolved(system: Ledger) -> None:
    said: dict[str, Any] = {"observation": "drift", "status": "open", "actor": "mrm"}
    first = system.record_observation("system", observation_id="O-1", metadata={"model": "a"}, **said)
    assert (first.event_type, first.payload) == (
        "observation_issued",
        {"observation_id": "O-1", "observation": "drift", "status": "open", "model": "a"},
    )
    assert system.record_observation("system", observation_id="O-2", severity="high", **said).payload["severity"] == "high"
    assert system.open_observation_count(system.history("system")) == 2
    resolved = system.resolve_observation("system", observation_id="O-1", resolution="retrained", actor="mrm", metadata={"by": "ann"})
    assert (resolved.event_type, resolved.payload) == (
        "observation_resolved",
        {"observation_id": "O-1", "resolution": "retrained", "by": "ann"},
    )
    assert system.open_observation_count(system.history("system")) == 1
    assert [(row.observation_id, row.severity, row.composite) for row in system.open_observations()] == [("O-2", "high", "/system")]
    validated = system.record_validation("system", result="pass", actor="mrm", metadata={"report": "V-7"})
    assert (validated.event_type, validated.payload) == ("validated", {"result": "pass", "report": "V-7"})


def test_a_summary_lists_every_group_or_the_models_of_the_types_asked_for(ledger: Ledger) -> None:
    assert ledger.composite_summary() == []
    for name, kind in (("a", "ml_model"), ("b", "heuristic"), ("c", "etl_job")):
        ledger.register(name=name, **{**IDENTITY, "model_type": kind})
    assert ledger.composite_summary() == []
    ledger.register_group(name="system", members=["a", "b"], metadata={"desk": "cards"}, **GROUP)
    ledger.register_group(name="scorecard", members=["a"], **{**GROUP, "model_type": "ml_model"})
    ledger.record_observation("system", observation_id="O-1", observation="drift", status="open", actor="mrm")
    validated = ledger.record("system", event="validated", actor="mrm", payload={"result": "pass"})
    rows = {row.name: (row.owner, row.tier, row.status, row.model_type, row.member_count) for row in ledger.composite_summary()}
    assert rows == {"scorecard": ("risk", "high", "active", "ml_model", 1), "system": ("risk", "high", "active", "composite", 2)}
    scorecard, system = sorted(ledger.composite_summary(), key=lambda row: row.name)
    assert (system.last_validated, system.last_result, system.open_observation_count) == (validated.timestamp, "pass", 1)
    assert (scorecard.last_validated, scorecard.open_observation_count, system.metadata) == (None, 0, {"desk": "cards"})
    assert names(ledger.composite_summary(["ml_model", "heuristic"])) == ["a", "b", "scorecard"]


def test_a_model_that_was_not_found_is_out_of_the_inventory_until_it_is_seen_again(ledger: Ledger) -> None:
    ledger.register(name="a", timestamp=day(1), **IDENTITY)
    assert names(ledger.inventory_at(FAR)) == ["a"]
    assert ledger.inventory_at(day(0)) == []
    ledger.record("a", event="not_found", actor="scan", timestamp=day(2))
    assert ledger.inventory_at(FAR) == []
    ledger.record("a", event="scan_confirmed", actor="scan", timestamp=day(3))
    assert names(ledger.inventory_at(FAR)) == ["a"]
    assert [names(ledger.inventory_at(day(number))) for number in range(5)] == [[], ["a"], [], ["a"], ["a"]]

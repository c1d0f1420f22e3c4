"""What a person may record of a model's identity, and what only other verbs write."""

from typing import Any

import pytest

from graph_ledger import DataNode, Ledger, ValidationError

IDENTITY: dict[str, Any] = {"owner": "o", "model_type": "t", "tier": "a", "purpose": ""}


def test_no_event_but_its_own_verbs_changes_who_owns_a_model(ledger: Ledger) -> None:
    ledger.register(name="m", **IDENTITY)
    with pytest.raises(ValidationError, match=r"register\(\)"):
        ledger.record("m", event="registered", actor="me", payload={"owner": "mallory"})
    observed: list[dict[str, Any]] = [{"_content_hash": "z"}, {"inputs": [{"x": 1}]}, {"opinion": {"owner": "mallory"}}, {"changes": {}}]
    for payload in observed:
        with pytest.raises(ValidationError, match="what a source observed"):
            ledger.record("m", event="discovered", actor="me", source="ann", payload=payload)
    assert len(ledger.history("m")) == 1


@pytest.mark.parametrize("payload", [{"metadata": "abc"}, {"present": 5}, {"by": "discovery"}])
def test_a_payload_cannot_stand_in_for_a_field(payload: dict[str, Any], ledger: Ledger) -> None:
    with pytest.raises(ValidationError, match="register"):
        ledger.register(name="m", payload=payload, **IDENTITY)
    assert ledger.list() == []


def test_a_discovery_by_hand_gives_the_platform_and_the_identity_stays(ledger: Ledger) -> None:
    before = ledger.register(name="ad", **IDENTITY)
    for _ in range(2):
        event = ledger.record(before, event="discovered", actor="me", payload={"platform": "ML"})
        assert event.model == "ml/ad"
    after = ledger.get("ml/ad")
    assert (after.model_hash, after.platform, after.owner) == (before.model_hash, "ml", "o")
    assert ledger.add(DataNode("ad", platform="ml", inputs=["t"])).added == 1
    assert [model.key for model in ledger.list()] == ["ml/ad"]
    assert ledger.verify(deep=True).ok


def test_a_discovery_by_hand_moves_no_model_to_another_platform_and_onto_no_other_model(ledger: Ledger) -> None:
    ledger.register(name="m", platform="x", **IDENTITY)
    with pytest.raises(ValidationError, match="keeps its platform"):
        ledger.record("m", event="discovered", actor="me", payload={"platform": "y"})
    ledger.register(name="n", **IDENTITY)
    ledger.add(DataNode("n2", platform="y"))
    ledger.database.driver.execute_query("MATCH (n {key: 'y/n2'}) SET n.key = 'y/n'", database_="neo4j")
    with pytest.raises(ValidationError, match="another model"):
        ledger.record("/n", event="discovered", actor="me", payload={"platform": "y"})
    with pytest.raises(ValidationError, match="slash"):
        ledger.record("/n", event="discovered", actor="me", payload={"platform": "a/b"})


def test_a_loss_brings_nothing_back_that_a_person_did_not_find(ledger: Ledger) -> None:
    node = DataNode("x", platform="p")
    for source in ("a", "b"):
        ledger.add(node, source=source, observed_at="2026-01-02")
    ledger.record("x", event="not_found", actor="me", timestamp="2026-01-03")

    class Nothing:
        name = "a"

        def discover(self) -> Any:
            from graph_ledger.values.listing import Listing

            return Listing([], source="a", complete=True)

    ledger.discover(Nothing(), observed_at="2026-01-04")
    assert not ledger.get("x").present
    ledger.update("x", owner="zoe", actor="me", timestamp="2026-01-01")
    assert not ledger.get("x").present


@pytest.mark.parametrize("late", [False, True])
def test_a_later_sighting_counts_though_it_wrote_no_event(late: bool, ledger: Ledger) -> None:
    node = DataNode("x", platform="p")
    ledger.add(node, source="a", observed_at="2026-01-01")
    if not late:
        ledger.record("x", event="not_found", actor="me", timestamp="2026-01-02")
    ledger.add(node, source="a", observed_at="2026-01-03")
    if late:
        ledger.record("x", event="not_found", actor="me", timestamp="2026-01-02")
    ledger.add(DataNode("x", platform="p", metadata={"owner": "ann"}), source="b", observed_at="2025-12-31")
    present = [ledger.get("x", as_of=day).present for day in ("2025-12-31", "2026-01-01", "2026-01-02", "2026-01-03")]
    assert present == [True, True, False, True]
    assert ledger.get("x").present

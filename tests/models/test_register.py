"""Registering and updating: identity, what is silent, what is recorded, and when it was so."""

import pytest

from graph_ledger import AmbiguousModelError, Ledger, ModelNotFoundError, ModelRef, ValidationError


def registered(ledger: Ledger, name: str = "fraud", **more: object) -> ModelRef:
    """Register a model with usual words."""
    fields = {"owner": "risk", "model_type": "ml_model", "tier": "high", "purpose": "Cards"} | more
    return ledger.register(name=name, **fields)  # type: ignore[arg-type]


def test_registering_twice_is_silent_and_a_changed_field_is_an_event(ledger: Ledger) -> None:
    first = registered(ledger, metadata={"version": "2.0"})
    assert registered(ledger) == first
    assert (first.model_origin, first.status, first.metadata) == ("internal", "active", {"version": "2.0"})
    assert registered(ledger, tier="low", status="review").tier == "low"
    newest = ledger.latest("fraud")
    assert newest is not None
    assert newest.payload["changes"] == {"tier": {"old": "high", "new": "low"}, "status": {"old": "active", "new": "review"}}
    assert [event.event_type for event in ledger.history("fraud")] == ["updated", "registered"]


def test_a_model_is_found_by_key_hash_name_and_reference(ledger: Ledger) -> None:
    ref = registered(ledger, platform="ML")
    for asked in ("ml/fraud", "ML/fraud", ref.model_hash, "fraud", ref):
        assert ledger.get(asked).key == "ml/fraud"
    registered(ledger, platform="rules")
    with pytest.raises(AmbiguousModelError) as ambiguous:
        ledger.get("fraud")
    assert ambiguous.value.keys == ("ml/fraud", "rules/fraud")
    with pytest.raises(AmbiguousModelError):
        registered(ledger)
    with pytest.raises(ModelNotFoundError, match="did you mean ml/fraud") as missing:
        ledger.get("fraude")
    assert missing.value.near[0] == "ml/fraud"


def test_every_field_of_a_past_date_is_of_that_date(ledger: Ledger) -> None:
    registered(ledger, timestamp="2026-01-01")
    ledger.update("fraud", owner="ops", metadata={"n": 2}, actor="me", reason="moved", timestamp="2026-03-01")
    before, after = ledger.get("fraud", as_of="2026-02-01"), ledger.get("fraud", as_of="2026-04-01")
    assert (before.owner, before.metadata, after.owner, after.metadata) == ("risk", {}, "ops", {"n": 2})
    assert [ref.owner for ref in ledger.list(as_of="2026-02-01")] == ["risk"]
    assert ledger.list(as_of="2026-02-01", owner="ops") == []
    with pytest.raises(ModelNotFoundError) as early:
        ledger.get("fraud", as_of="2025-01-01")
    assert early.value.first_seen == before.created_at


def test_a_backdated_change_is_cut_in_and_told_apart_by_when_it_was_learnt(ledger: Ledger) -> None:
    registered(ledger, timestamp="2026-01-01")
    ledger.update("fraud", owner="late", actor="me", timestamp="2026-05-01")
    known = ledger.get("fraud").created_at.replace(year=2000)
    learnt = ledger.history("fraud", limit=1)[0].recorded_at
    ledger.update("fraud", owner="middle", tier="low", actor="me", timestamp="2026-03-01")
    assert [ledger.get("fraud", as_of=day).owner for day in ("2026-02-01", "2026-04-01", "2026-06-01")] == ["risk", "middle", "late"]
    assert (ledger.get("fraud").owner, ledger.get("fraud").tier) == ("late", "low")
    assert ledger.get("fraud", as_of="2026-04-01", known_at=learnt).owner == "risk"
    with pytest.raises(ModelNotFoundError):
        ledger.get("fraud", as_of="2026-04-01", known_at=known)


def test_what_is_silent_is_judged_at_the_time_of_the_event(ledger: Ledger) -> None:
    registered(ledger, timestamp="2026-01-01")
    ledger.update("fraud", owner="ops", actor="me", timestamp="2026-03-01")
    ledger.update("fraud", owner="risk", actor="me", timestamp="2026-02-01")
    assert len(ledger.history("fraud")) == 2
    ledger.update("fraud", owner="ops", actor="me", timestamp="2026-02-01")
    assert len(ledger.history("fraud")) == 3


@pytest.mark.parametrize("field", ["colour", "key", "present", "platform"])
def test_a_field_that_nobody_can_set_is_refused(ledger: Ledger, field: str) -> None:
    registered(ledger)
    with pytest.raises(ValidationError, match=field):
        ledger.update("fraud", actor="me", **{field: "x"})


def test_bad_values_are_refused_and_leave_nothing(ledger: Ledger) -> None:
    for bad in ({"name": " "}, {"platform": "a/b"}, {"owner": ""}, {"tier": 3}, {"metadata": {1: 2}}, {"metadata": {"x": float("nan")}},
                {"payload": {"x": object()}}, {"timestamp": "soon"}, {"timestamp": "2999-01-01"}, {"actor": " "}):  # fmt: skip
        with pytest.raises(ValidationError):
            registered(ledger, **bad)
    assert ledger.list() == []


def test_listing_filters_pages_and_searches(ledger: Ledger) -> None:
    for name, owner in (("a", "x"), ("b", "y"), ("c", "x")):
        registered(ledger, name, owner=owner, purpose=f"Purpose of {name.upper()}")
    assert [ref.name for ref in ledger.list(owner="x")] == ["a", "c"]
    assert [ref.name for ref in ledger.list(limit=1, offset=1)] == ["b"]
    assert [ref.name for ref in ledger.list(text="OF B")] == ["b"]
    for wrong in ({"limit": -1}, {"offset": -1}, {"colour": "red"}):
        with pytest.raises(ValidationError):
            ledger.list(**wrong)

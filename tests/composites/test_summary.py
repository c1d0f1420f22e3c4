"""Findings and validations, summed up of any moment: the answer is that of a plain replay of the events."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_ledger import Ledger, ModelNotFoundError, ValidationError
from graph_ledger.errors import ObservationNotFoundError
from tests.graph import counts, empty

START = datetime(2026, 1, 1, tzinfo=timezone.utc)
IDENTITY: dict[str, Any] = {"owner": "o", "model_type": "composite", "tier": "high", "purpose": ""}
STEP = st.tuples(st.sampled_from(["issue", "resolve", "pass", "fail", "conditional"]), st.sampled_from("xy"), st.integers(1, 6))


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def carry_out(ledger: Ledger, kind: str, name: str, when: int, place: int) -> bool:
    """Do one step; tell whether it was refused."""
    if kind == "issue":
        ledger.record_observation(
            "m", observation_id=name, observation=f"finding {place}", status="open", actor="me", timestamp=day(when)
        )  # fmt: skip
    elif kind == "resolve":
        try:
            ledger.resolve_observation("m", observation_id=name, resolution=f"done {place}", actor="me", timestamp=day(when))
        except ObservationNotFoundError:
            return True
    else:
        ledger.record_validation("m", result=kind, actor="mrm", metadata={"place": place}, timestamp=day(when))
    return False


@settings(max_examples=15)
@given(steps=st.lists(STEP, max_size=9))
def test_a_summary_of_any_day_is_a_replay_up_to_it(steps: list[tuple[str, str, int]], opened: Ledger) -> None:
    empty(opened)
    opened.register(name="m", platform="p", timestamp=day(0), **IDENTITY)
    opened.register_group(name="s", members=["m"], actor="me", timestamp=day(0), **IDENTITY)
    told: list[tuple[int, int, str, str]] = []
    for place, (kind, name, when) in enumerate(steps):
        known = any(each[2] == "issue" and each[3] == name and each[0] <= when for each in told)
        assert carry_out(opened, kind, name, when, place) is (kind == "resolve" and not known)
        if kind != "resolve" or known:
            told.append((when, place, kind, name))
    for number in range(8):
        before = sorted(each for each in told if each[0] <= number)
        still: dict[str, int] = {}
        for when, _place, kind, name in before:
            if kind == "issue":
                still[name] = when
            elif kind == "resolve":
                still.pop(name, None)
        validations = [(when, kind) for when, _, kind, _ in before if kind not in {"issue", "resolve"}]
        assert {each.observation_id: each.issued_at for each in opened.open_observations("m", as_of=day(number))} == {
            name: day(when) for name, when in still.items()
        }
        (row,) = opened.composite_summary("s", as_of=day(number)).members
        assert (row.open_observation_count, row.last_result) == (len(still), validations[-1][1] if validations else None)
        assert (row.last_passed, row.last_failed) == tuple(
            max((day(when) for when, each in validations if each == kind), default=None) for kind in ("pass", "fail")
        )
    assert Ledger.open_observation_count(opened.history("m")) == len(opened.open_observations("m"))


def test_saying_the_same_twice_is_recorded_once(ledger: Ledger) -> None:
    ledger.register(name="m", platform="p", **IDENTITY)
    said: dict[str, Any] = {"observation_id": "1", "observation": "no owner", "status": "open", "severity": "high", "actor": "me"}
    first = ledger.record_observation("m", **said)
    assert ledger.record_observation("m", **said) == first
    assert first.payload == {"observation_id": "1", "observation": "no owner", "status": "open", "severity": "high"}
    (row,) = ledger.open_observations()
    assert (row["composite"], row["severity"], row["actor"], row["issued_at"]) == ("p/m", "high", "me", first.timestamp)
    done = ledger.resolve_observation("m", observation_id="1", resolution="found one", actor="me")
    assert ledger.resolve_observation("m", observation_id="1", resolution="found one", actor="me") == done
    assert ledger.open_observations() == []
    assert ledger.record_observation("m", **said).snapshot_hash != first.snapshot_hash
    assert len(ledger.open_observations("m", as_of=first.timestamp)) == len(ledger.open_observations("m")) == 1


def test_the_one_line_of_a_group_has_its_own_validations_and_those_of_its_members(ledger: Ledger) -> None:
    for name, tier in (("a", "high"), ("b", "low")):
        ledger.register(name=name, owner="o", model_type="ml_model", tier=tier, purpose="")
    ledger.register_group(name="s", members=["a", "b"], actor="me", metadata={"k": 1}, **{**IDENTITY, "model_type": "ml_model"})
    ledger.record("a", event="validated", actor="mrm", payload={"result": "PASS"})
    failed = ledger.record_validation("s", result="rejected", actor="mrm")
    ledger.record_observation("b", observation_id="1", observation="x", status="open", actor="me")
    row = ledger.composite_summary("s")
    assert (row.member_count, row.last_result, row.last_failed, row.last_passed, row.metadata) == (
        2,
        "rejected",
        failed.timestamp,
        None,
        {"k": 1},
    )
    told = [(each.name, each.tier, each.last_result, each.last_passed is None, each.open_observation_count) for each in row.members]
    assert told == [("a", "high", "PASS", False, 0), ("b", "low", None, True, 1)]
    assert [each["name"] for each in ledger.composite_summary()] == ["s"]
    assert [each["name"] for each in ledger.composite_summary(["ml_model"])] == ["a", "b", "s"]
    assert ledger.composite_summary(["heuristic"]) == []
    assert ledger.composite_summary(as_of="2020-01-01") == []
    with pytest.raises(ModelNotFoundError) as raised:
        ledger.composite_summary("s", as_of="2020-01-01")
    assert raised.value.first_seen is not None


def test_bad_findings_are_refused_and_nothing_is_written(ledger: Ledger) -> None:
    ledger.register(name="m", platform="p", **IDENTITY)
    before = counts(ledger)
    with pytest.raises(ObservationNotFoundError, match="'9'"):
        ledger.resolve_observation("m", observation_id="9", resolution="x", actor="me")
    with pytest.raises(ValidationError, match="observation_id"):
        ledger.record_observation("m", observation_id=" ", observation="x", status="open", actor="me")
    for name in ("observation_id", "observation", "status", "actor"):
        said = {"observation_id": "1", "observation": "x", "status": "open", "actor": "me", name: None}
        with pytest.raises(ValidationError, match=name):
            ledger.record_observation("m", metadata={name: "by another door"}, **said)  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match="resolution"):
        ledger.resolve_observation("m", observation_id="1", resolution=None, actor="me")  # type: ignore[arg-type]
    for wrong in (5, [None]):
        with pytest.raises(ValidationError, match="model_types"):
            ledger.composite_summary(wrong)  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match="record_observation"):
        ledger.record("m", event="observation_issued", actor="me")
    with pytest.raises(ValidationError, match="add_member"):
        ledger.record("m", event="member_added", actor="me")
    with pytest.raises(ValidationError, match="JSON"):
        ledger.record_validation("m", result="pass", actor="me", metadata={"k": object()})
    assert counts(ledger) == before


def test_what_was_no_group_yet_is_not_summed_up_as_one(ledger: Ledger) -> None:
    for name in ("g", "m"):
        ledger.register(name=name, timestamp=day(0), **IDENTITY)
    ledger.add_member("g", "m", actor="me", timestamp=day(5))
    assert [[row.name for row in ledger.composite_summary(as_of=day(number))] for number in (4, 5)] == [[], ["g"]]
    assert ledger.composite_summary(as_of=day(5), known_at=day(4)) == []


def test_fifty_groups_are_summed_up_in_one_statement(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(50):
        ledger.register_group(name=f"s{number:02d}", members=[], actor="me", **IDENTITY)
    asked = []
    reading = type(ledger.database).reading

    def counted(self: Any, work: Any) -> Any:
        asked.append(work)
        return reading(self, work)

    monkeypatch.setattr(type(ledger.database), "reading", counted)
    assert len(ledger.composite_summary()) == 50
    assert len(asked) == 1

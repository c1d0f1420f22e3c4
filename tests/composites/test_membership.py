"""Who is in a group at any date is what a replay of its events says, however late they came; bad changes leave nothing behind."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_ledger import Ledger, ModelNotFoundError, ValidationError
from tests.graph import check_relationships, counts, empty

START = datetime(2026, 1, 1, tzinfo=timezone.utc)
IDENTITY: dict[str, Any] = {"owner": "o", "model_type": "t", "tier": "low", "purpose": ""}
STEP = st.tuples(st.sampled_from("abc"), st.integers(1, 8), st.sampled_from(["", "x", "y", None]))
"""Member, day, role; None leaves."""
In = dict[str, str | None]


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def registered(ledger: Ledger, names: str) -> None:
    for name in names:
        ledger.register(name=name, platform="p", timestamp=day(0), **IDENTITY)


def replay(steps: list[tuple[str, int, str | None]], number: int) -> In:
    """Of one day what was told last holds; joining without a word on the role keeps it, and leaving when out is nothing."""
    told: list[tuple[int, str, str | None]] = []
    for name, when, role in steps:
        before = _after([each for each in told if each[0] <= when]).get(name, "out")
        ever = any(each[1] == name and each[0] <= when for each in told)
        if role is None:
            if before != "out" or not ever:
                told.append((when, name, None))
        elif before == "out" or role not in ("", before):
            told.append((when, name, role))
    return {name: role or None for name, role in _after([each for each in told if each[0] <= number]).items()}


def _after(told: list[tuple[int, str, str | None]]) -> dict[str, str]:
    state: dict[str, str] = {}
    for _when, name, role in sorted(told, key=lambda each: each[0]):
        if role is None:
            state.pop(name, None)
        else:
            state[name] = role
    return state


def from_events(ledger: Ledger, group: str, number: float) -> In:
    """Replay the stored events, as an examiner would."""
    state: In = {}
    for event in ledger.history(group, order="asc", as_of=day(number)):
        if event.event_type == "member_added":
            state[event.payload["member_name"]] = event.payload.get("role")
        elif event.event_type == "member_removed":
            state.pop(event.payload["member_name"], None)
    return state


def from_intervals(ledger: Ledger, group: str, **moment: Any) -> In:
    return {member.name: member.role for member in ledger.members(group, **moment)}


def carry_out(ledger: Ledger, steps: list[tuple[str, int, str | None]]) -> Iterator[datetime]:
    """Do each step, those that are refused too; yield when each was recorded."""
    done: list[tuple[str, int, str | None]] = []
    known = START
    for name, when, role in steps:
        if role is None and not any(each[0] == name and each[1] <= when and each[2] is not None for each in done):
            with pytest.raises(ValidationError, match="was not before"):
                ledger.remove_member("g", name, actor="me", timestamp=day(when))
            continue
        done.append((name, when, role))
        if role is None:
            event = ledger.remove_member("g", name, actor="me", timestamp=day(when))
        else:
            event = ledger.add_member("g", name, role=role or None, actor="me", timestamp=day(when))
        known = max(known, event.recorded_at or known)  # what changes nothing returns an event of before
        yield known


@settings(max_examples=25)
@given(steps=st.lists(STEP, max_size=10))
def test_intervals_events_and_a_replay_say_the_same_on_every_day(steps: list[tuple[str, int, str | None]], opened: Ledger) -> None:
    empty(opened)
    registered(opened, "abcg")
    list(carry_out(opened, steps))
    steps = [step for place, step in enumerate(steps) if step[2] is not None or _ever(steps[:place], step)]
    for number in range(10):
        expected = replay(steps, number)
        assert from_intervals(opened, "g", as_of=day(number)) == expected, number
        assert from_events(opened, "g", number) == expected, number
        for name in "abc":
            assert [group.name for group in opened.groups(name, as_of=day(number))] == (["g"] if name in expected else [])
    assert from_intervals(opened, "g") == replay(steps, 10)
    for first, last in ((2, 6), (6, 2)):
        diff = opened.membership_diff("g", day(first), day(last))
        assert {each.model for each in diff.joined} == {f"p/{name}" for name in replay(steps, last).keys() - replay(steps, first).keys()}
        assert {each.model for each in diff.left} == {f"p/{name}" for name in replay(steps, first).keys() - replay(steps, last).keys()}
    assert opened.verify(deep=True).ok


def _ever(steps: list[tuple[str, int, str | None]], step: tuple[str, int, str | None]) -> bool:
    return any(each[0] == step[0] and each[1] <= step[1] and each[2] is not None for each in steps)


@settings(max_examples=8)
@given(steps=st.lists(STEP, min_size=3, max_size=8))
def test_what_was_known_then_is_still_the_answer_now(steps: list[tuple[str, int, str | None]], opened: Ledger) -> None:
    empty(opened)
    registered(opened, "abcg")
    said = [(recorded, [from_intervals(opened, "g", as_of=day(number)) for number in range(10)]) for recorded in carry_out(opened, steps)]
    for recorded, answers in said:
        assert [from_intervals(opened, "g", as_of=day(number), known_at=recorded) for number in range(10)] == answers


def test_a_member_has_the_fields_of_the_date(ledger: Ledger) -> None:
    registered(ledger, "ag")
    ledger.add_member("g", "a", role="scorer", actor="me", timestamp=day(1))
    ledger.update("a", actor="me", tier="high", timestamp=day(3))
    told = [(ref.tier, ref.role, ref.since) for when in (day(2), day(4)) for ref in ledger.membership_at("g", when)]
    assert told == [("low", "scorer", day(1)), ("high", "scorer", day(1))]
    assert ledger.membership_at("g", day(1) - timedelta(microseconds=1)) == []


def test_who_joined_and_left_is_told_with_who_when_and_why(ledger: Ledger) -> None:
    registered(ledger, "abg")
    ledger.add_member("g", "a", role="x", actor="ann", timestamp=day(1))
    ledger.add_member("g", "b", actor="bob", timestamp=day(3))
    ledger.add_member("g", "b", role="y", actor="eve", timestamp=day(4))
    ledger.remove_member("g", "a", actor="cat", reason="retired", timestamp=day(5))
    diff = ledger.membership_diff("g", day(2), day(6))
    assert [(each.model, each["role"], each.at, each.actor) for each in diff.joined] == [("p/b", "y", day(3), "bob")]
    assert [(each.model, each.role, each.at, each.actor, each.reason) for each in diff.left] == [("p/a", "x", day(5), "cat", "retired")]


def test_groups_in_groups_are_opened_as_deep_as_they_go(ledger: Ledger) -> None:
    registered(ledger, "abcgh")
    ledger.add_member("h", "a", actor="me", timestamp=day(1))
    ledger.add_member("g", "h", actor="me", timestamp=day(2))
    ledger.add_member("g", "a", role="top", actor="me", timestamp=day(2))
    ledger.add_member("h", "b", actor="me", timestamp=day(3))
    assert [ref.name for ref in ledger.members("g")] == ["a", "h"]
    assert [(ref.name, ref.role) for ref in ledger.members("g", deep=True)] == [("a", "top"), ("b", None), ("h", None)]
    assert [ref.name for ref in ledger.membership_at("g", day(2), deep=True)] == ["a", "h"]
    assert ledger.members("c") == ledger.members("c", deep=True) == []
    check_relationships(ledger, "ModelRef", "MEMBER_OF", "Composite", {("p/a", "p/h"), ("p/a", "p/g"), ("p/b", "p/h"), ("p/h", "p/g")})


def test_a_group_is_never_in_itself_however_far_round_and_nothing_is_written(ledger: Ledger) -> None:
    registered(ledger, "abc")
    ledger.add_member("b", "a", actor="me", timestamp=day(1))
    ledger.add_member("c", "b", actor="me", timestamp=day(2))
    before = counts(ledger)
    for group in "abc":  # with members and without
        with pytest.raises(ValidationError, match="itself"):
            ledger.add_member(group, group, actor="me")
        with pytest.raises(ValidationError, match="itself"):
            ledger.register_group(name=group, platform="p", members=[f"p/{group}"], actor="me", **IDENTITY)
    with pytest.raises(ValidationError, match="p/c cannot be a member of p/a, which is in p/b in p/c"):
        ledger.add_member("a", "c", actor="me")
    with pytest.raises(ValidationError, match="p/c cannot be"):  # begun before the circle closes, and still going on then
        ledger.add_member("a", "c", actor="me", timestamp=day(1))
    assert counts(ledger) == before
    ledger.remove_member("b", "a", actor="me", timestamp=day(3))
    ledger.add_member("a", "c", actor="me", timestamp=day(3))
    assert [ref.name for ref in ledger.members("a", deep=True)] == ["b", "c"]


def test_registering_a_group_is_all_or_nothing_and_saying_it_again_changes_nothing(ledger: Ledger) -> None:
    registered(ledger, "abc")
    before = counts(ledger)
    with pytest.raises(ModelNotFoundError, match="nobody"):
        ledger.register_group(name="g", members=["a", "nobody"], actor="me", **IDENTITY)
    assert counts(ledger) == before
    group = ledger.register_group(name="g", members=["a", "b"], actor="me", metadata={"k": 1}, **IDENTITY)
    ledger.add_member("g", "a", role="scorer", actor="me")
    told = ledger.history("g")
    assert ledger.register_group(name="g", members=["b", "a"], actor="me", metadata={"k": 1}, **IDENTITY) == ledger.get(group)
    assert ledger.history("g") == told
    ledger.register_group(name="g", members=["a", "c"], actor="me", **IDENTITY)
    assert [(ref.name, ref.role) for ref in ledger.members("g")] == [("a", "scorer"), ("c", None)]
    assert [event.event_type for event in ledger.history("g")][:2] == ["member_removed", "member_added"]


def test_a_group_without_members_is_a_group(ledger: Ledger) -> None:
    ledger.register_group(name="g", members=[], actor="me", **IDENTITY)
    ledger.register_group(name="g", members=[], actor="me", **IDENTITY)
    assert [event.event_type for event in ledger.history("g")] == ["grouped", "registered"]


def test_nobody_is_in_a_group_before_it_was(ledger: Ledger) -> None:
    registered(ledger, "ag")
    before = counts(ledger)
    with pytest.raises(ValidationError, match="before it was: it first was at 2026-01-01"):
        ledger.add_member("g", "a", actor="me", timestamp="2020-01-01")
    assert counts(ledger) == before

"""Groups: they begin at their members of the moment, however deep, and membership itself carries nothing."""

from datetime import datetime, timedelta, timezone
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph_ledger import Ledger
from graph_ledger.lineage import reach
from tests.graph import empty
from tests.lineage.ask import depths, wired
from tests.lineage.estate import Edges, Estate

NAMES, GROUPS = "abcdghkp", "ghk"
"""In order of arrival; a to d and g are found by a source, the others are registered and have no ports."""
INTO = [(member, group) for group in GROUPS for member in "abcdp"] + [("h", "g"), ("k", "g"), ("k", "h")]
"""Who may be put into which group, never in a circle."""
FOUND, LAST = "abcdg", 4
IDENTITY: dict[str, Any] = {"owner": "o", "model_type": "t", "tier": "low", "purpose": "", "platform": "x"}
Step = tuple[int, tuple[str, str], bool]
"""Day, who goes where, whether it joins."""

wires = st.frozensets(st.tuples(st.sampled_from(FOUND), st.sampled_from(FOUND)), max_size=8)
steps = st.lists(st.tuples(st.integers(1, LAST), st.sampled_from(INTO), st.booleans() | st.just(True)), max_size=12)


def day(number: int) -> datetime:
    return datetime(2026, 1, 1, tzinfo=timezone.utc) + timedelta(days=number)


def build(ledger: Ledger, wirings: list[Edges], moves: list[Step]) -> list[Estate]:
    """Wire anew on every second day, move in between; return what is so on each day, naively."""
    empty(ledger)
    for number, edges in enumerate(wirings):
        ledger.add(wired(*FOUND, *map("".join, edges)), observed_at=day(2 * number))
        for name in "hkp" if number == 0 else "":
            ledger.register(name=name, timestamp=day(0), **IDENTITY)
    for when, (member, group), joins in moves:
        if joins:
            ledger.add_member(group, member, actor="ann", timestamp=day(when))
        elif any(
            step[0] <= when and step[1] == (member, group) and step[2] for step in moves[: moves.index((when, (member, group), joins))]
        ):
            ledger.remove_member(group, member, actor="ann", timestamp=day(when))
    estates = []
    for number in range(LAST + 1):
        inside: dict[str, set[str]] = {}
        for _, (member, group), joins in (step for step in moves if step[0] <= number):
            (inside.setdefault(group, set()).add if joins else inside.setdefault(group, set()).discard)(member)
        estates.append(Estate(NAMES, wirings[min(number // 2, len(wirings) - 1)], inside))
    return estates


def check(ledger: Ledger, estate: Estate, name: str, **moment: Any) -> None:
    trace = ledger.trace(name, **moment)
    assert "".join(trace) == estate.trace(name)
    assert ledger.upstream(name, **moment) == trace[:-1]
    below = estate.reached(name, "downstream")
    assert ledger.downstream(name, **moment) == sorted(below, key=lambda each: (below[each], NAMES.index(each)))
    for direction, expected in (("downstream", below), ("upstream", estate.reached(name, "upstream"))):
        answer = ledger.impact(name, direction=direction, **moment)  # type: ignore[arg-type]
        assert [(node.name, node.depth) for node in answer] == sorted(expected.items(), key=lambda each: (each[1], each[0]))
        assert (list(answer.composites), answer.complete) == (estate.groups([name, *expected]), True)
    rows = {(row.model, row.direction) for row in ledger.dependencies(name, **moment) if row.relationship == "member_of"}
    members, groups = estate.inside.get(name, set()), estate.groups([name])
    assert rows == {(f"x/{each}", "upstream") for each in members} | {(each, "downstream") for each in groups}


@pytest.mark.slow
@settings(max_examples=5)
@given(
    wirings=st.lists(wires, min_size=1, max_size=2),
    moves=steps.map(lambda moves: sorted(moves, key=lambda step: step[0])),
    few=st.sampled_from([0, 4]),
)
@example(
    wirings=[frozenset({("a", "g"), ("g", "b"), ("b", "c")})],
    moves=[(1, ("b", "g"), True), (1, ("h", "g"), True), (2, ("c", "h"), True)],
    few=0,
)
def test_every_answer_of_every_day_is_that_of_plain_sets(opened: Ledger, wirings: list[Edges], moves: list[Step], few: int) -> None:
    estates = build(opened, wirings, moves)
    with patch.object(reach, "FEW", few):  # so that broad and thin ways are both walked
        for number, estate in enumerate(estates):
            for name in "gh":
                check(opened, estate, name, as_of=day(number))
        for name in NAMES:
            check(opened, estates[-1], name)


@pytest.mark.slow
@settings(max_examples=15)
@given(
    wiring=wires,
    moves=steps.map(lambda moves: [(1, pair, True) for _, pair, _ in moves]),
    few=st.sampled_from([0, 4]),
    bounds=st.fixed_dictionaries({}, optional={"depth": st.integers(1, 3), "limit": st.integers(1, 5)}),
    direction=st.sampled_from(["downstream", "upstream"]),
)
def test_a_bound_cuts_a_group_as_it_cuts_a_model(
    opened: Ledger, wiring: Edges, moves: list[Step], few: int, bounds: dict[str, Any], direction: Any
) -> None:
    estate = build(opened, [wiring], moves)[-1]
    whole = opened.impact("g", direction=direction)
    with patch.object(reach, "FEW", few):
        part = opened.impact("g", direction=direction, **bounds)
    assert part.nodes == whole.nodes[: len(part)]
    assert part.complete == (len(part) == len(whole)) == (part.reason is None)
    assert list(part.composites) == estate.groups(["g", *depths(part)])
    assert set(part.frontier) == (set() if part.complete else estate.frontier("g", depths(part), direction))
    starts = {"g"} | (estate.members("g") if direction == "downstream" else set())
    beyond = {node.name for key in part.frontier for node in opened.impact(key, direction=direction)}
    assert {*depths(part)} | (beyond - starts) == {*depths(whole)}

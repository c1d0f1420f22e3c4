"""Groups by example: who is in one counts, who left does not, and membership itself carries nothing."""

from typing import get_args

import pytest

from graph_ledger import DataNode, Ledger
from graph_ledger.values.lineage import Direction
from graph_ledger.values.moment import When
from tests.lineage.ask import clock, depths, wired
from tests.lineage.test_groups import IDENTITY, day


def two_groups(ledger: Ledger) -> None:
    ledger.add(wired("ab", "bc", "ca", "cd", "be"), observed_at=day(0))
    ledger.register(name="p", timestamp=day(0), **IDENTITY)
    ledger.register_group(name="h", members=["b", "p"], actor="ann", timestamp=day(1), **IDENTITY)
    ledger.register_group(name="g", members=["h", "c"], actor="bob", timestamp=day(2), **IDENTITY)


def test_what_reads_a_member_is_one_step_away_and_a_member_none(ledger: Ledger) -> None:
    two_groups(ledger)
    assert depths(ledger.impact("g")) == {"a": 1, "d": 1, "e": 1}
    assert depths(ledger.impact("g", direction="upstream")) == {"b": 0, "c": 0, "h": 0, "p": 0, "a": 1}
    assert ledger.trace("g") == ["a", "b", "c", "p", "h", "g"]
    assert ledger.downstream("g") == ["a", "d", "e"]


def test_long_thin_ways_are_walked_to_their_ends(ledger: Ledger) -> None:
    lanes, length = range(6), 30
    ledger.add([DataNode(f"n{i}.{n}", "x", [f"{i}.{n}"] if n else [], [f"{i}.{n + 1}"]) for i in lanes for n in range(length)])
    ledger.register_group(name="first", members=[f"x/n{i}.0" for i in lanes], actor="ann", **IDENTITY)
    ledger.register_group(name="last", members=[f"x/n{i}.{length - 1}" for i in lanes], actor="ann", **IDENTITY)
    assert depths(ledger.impact("first")) == {f"n{i}.{n}": n for i in lanes for n in range(1, length)}
    assert depths(ledger.impact("last", direction="upstream")) == {f"n{i}.{n}": length - 1 - n for i in lanes for n in range(length)}
    assert depths(ledger.impact("first", depth=20)) == {f"n{i}.{n}": n for i in lanes for n in range(1, 21)}


def test_a_reached_member_pulls_in_neither_its_group_nor_the_others(ledger: Ledger) -> None:
    two_groups(ledger)
    answer = ledger.impact("a")
    assert depths(answer) == {"b": 1, "c": 2, "e": 2, "d": 3}
    assert answer.composites == ("x/g", "x/h")
    assert ledger.impact("a", depth=1).composites == ("x/h",)
    assert ledger.impact("d").composites == ()


@pytest.mark.parametrize(("as_of", "below"), [(day(1), ["d"]), (day(3), ["b", "d"]), (day(5), []), (None, [])])
def test_who_left_a_group_is_out_of_its_impact_from_then_on(ledger: Ledger, as_of: When | None, below: list[str]) -> None:
    ledger.add(wired("ab", "cd"), observed_at=day(0))
    ledger.register_group(name="g", members=["c"], actor="ann", timestamp=day(1), **IDENTITY)
    ledger.add_member("g", "a", actor="ann", timestamp=day(2))
    known = clock(ledger)
    ledger.register_group(name="g", members=[], actor="ann", timestamp=day(4), **IDENTITY)
    assert ledger.downstream("g", as_of=as_of) == below
    assert ledger.downstream("g", known_at=known) == ["b", "d"]
    assert ledger.impact("a", as_of=as_of).composites == (("x/g",) if "b" in below else ())


def test_before_it_was_a_group_has_nothing_and_says_so(ledger: Ledger) -> None:
    ledger.add(wired("ab"), observed_at=day(0))
    ledger.register_group(name="g", members=["a"], actor="ann", timestamp=day(2), **IDENTITY)
    for direction in get_args(Direction):
        answer = ledger.impact("g", direction=direction, as_of=day(1))
        assert (answer.nodes, answer.complete, answer.reason) == ((), True, "not_yet")
    assert ledger.trace("g", as_of=day(1)) == ledger.downstream("g", as_of=day(1)) == []
    ledger.remove_member("g", "a", actor="ann", timestamp=day(3))
    assert (ledger.trace("g"), ledger.impact("g").reason) == (["g"], None)


def test_a_group_that_merely_feeds_another_keeps_its_members_to_itself(ledger: Ledger) -> None:
    ledger.add(wired("ab", "cd"), observed_at=day(0))
    ledger.add_member("a", "c", actor="ann", timestamp=day(1))
    ledger.add_member("d", "b", actor="ann", timestamp=day(1))
    assert ledger.trace("b") == ["a", "b"]
    assert ledger.trace("d") == ["a", "b", "c", "d"]
    assert depths(ledger.impact("d", direction="upstream")) == {"b": 0, "a": 1, "c": 1}


def test_a_membership_is_a_dependency_said_by_whoever_let_the_member_join(ledger: Ledger) -> None:
    two_groups(ledger)
    ledger.add_member("g", "c", role="scorer", actor="eve", timestamp=day(4))
    rows = [(row.model, row.relationship, row.ports, row.source, row.since) for row in ledger.dependencies("g", "upstream")]
    assert rows == [("x/c", "member_of", (), ("eve",), day(4)), ("x/h", "member_of", (), ("bob",), day(2))]
    assert [(row.source, row.since) for row in ledger.dependencies("g", as_of=day(3))] == [(("bob",), day(2))] * 2
    (row,) = ledger.dependencies("h", "downstream")
    assert (row.model, row.direction, row.relationship) == ("x/g", "downstream", "member_of")
    assert [(row.model, row.relationship) for row in ledger.dependencies("b", "downstream")] == [
        ("x/c", "data_flow"), ("x/e", "data_flow"), ("x/h", "member_of"),
    ]  # fmt: skip
    assert ledger.dependencies("g", as_of=day(1)) == []

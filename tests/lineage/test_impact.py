"""Impact: what is reached, whose it is, and whether that is all."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_ledger.errors import ValidationError
from graph_ledger.ledger import Ledger
from graph_ledger.values.node import DataNode
from tests.graph import empty
from tests.lineage.ask import asked_impact, clock, depths, wired

DIAMOND = ["ab", "ac", "bd", "cd", "de"]


def test_a_diamond_counts_the_nearest_way(ledger: Ledger) -> None:
    ledger.add(wired(*DIAMOND, "ae"))
    answer = asked_impact(ledger, "x/a")
    assert depths(answer) == {"b": 1, "c": 1, "e": 1, "d": 2}
    assert [node.name for node in answer.nodes] == ["b", "c", "e", "d"]
    assert (answer.complete, answer.reason, answer.frontier) == (True, None, ())
    assert depths(asked_impact(ledger, "x/e", direction="upstream")) == {"a": 1, "d": 1, "b": 2, "c": 2}


def test_ties_are_by_name_and_the_fields_are_those_of_the_node(ledger: Ledger) -> None:
    who = {"owner": "risk", "tier": "high", "status": "deprecated", "model_type": "queue"}
    ledger.add([DataNode("s", platform="x", outputs=["p"]), DataNode("z", "y", ["p"], metadata=who), DataNode("b", "y", ["p"])])
    bare, full = asked_impact(ledger, "x/s").nodes
    assert (bare.key, bare.name, bare.platform, bare.depth, bare.owner) == ("y/b", "b", "y", 1, "unknown")
    assert full.model_dump() == {"key": "y/z", "name": "z", "platform": "y", "depth": 1} | who


def test_fields_and_owners_are_of_the_moment_and_those_to_notify_of_today(ledger: Ledger) -> None:
    def estate(owner: str) -> list[DataNode]:
        return [DataNode("s", "x", outputs=["p"]), DataNode("r", "x", ["p"], metadata={"owner": owner})]

    ledger.add(estate("first"), observed_at="2026-01-01")
    knew = clock(ledger)
    ledger.add(estate("second"), observed_at="2026-01-03")
    ledger.add(estate("third"), observed_at="2026-01-05")
    for date, known, owner in [
        (None, None, "third"),
        ("2026-01-02", None, "first"),
        ("2026-01-03", None, "second"),
        ("2026-01-04", None, "second"),
        ("2026-01-05", None, "third"),
        ("2026-01-04", knew, "first"),
        (None, knew, "first"),
    ]:
        answer = asked_impact(ledger, "x/s", as_of=date, known_at=known)
        assert ([node.owner for node in answer.nodes], answer.owners, answer.notify) == ([owner], (owner,), ("third",))


@pytest.mark.parametrize("asked", [{"as_of": "2025-12-31"}, {"known_at": "2025-12-31"}])
def test_before_the_model_was_there_is_nothing_and_that_is_all(ledger: Ledger, asked: dict[str, Any]) -> None:
    ledger.add(wired("ab"), observed_at="2026-01-01")
    answer = asked_impact(ledger, "x/a", **asked)
    assert (answer.nodes, answer.complete, answer.reason) == ((), True, "not_yet")
    assert asked_impact(ledger, "x/b", as_of="2026-01-01").reason is None


@pytest.mark.parametrize(
    ("bounds", "names", "reason", "frontier"),
    [
        ({"depth": 1}, "bc", "depth", ["x/b", "x/c"]),
        ({"depth": 2}, "bcd", "depth", ["x/d"]),
        ({"depth": 3}, "bcde", None, []),
        ({"depth": 2**63}, "bcde", None, []),
        ({"limit": 1}, "b", "limit", ["x/a", "x/b"]),
        ({"limit": 2}, "bc", "limit", ["x/b", "x/c"]),
        ({"limit": 3}, "bcd", "limit", ["x/d"]),
        ({"limit": 4}, "bcde", None, []),
        ({"limit": 2**63}, "bcde", None, []),
        ({"depth": 1, "limit": 2}, "bc", "depth", ["x/b", "x/c"]),
        ({"depth": 1, "limit": 1}, "b", "limit", ["x/a", "x/b"]),
        ({"depth": 3, "limit": 4}, "bcde", None, []),
    ],
)
def test_a_bound_says_what_it_cut(ledger: Ledger, bounds: dict[str, Any], names: str, reason: str | None, frontier: list[str]) -> None:
    ledger.add(wired(*DIAMOND))
    for as_of in (None, "9999-12-30"):
        answer = asked_impact(ledger, "x/a", as_of=as_of, **bounds)
        assert "".join(node.name for node in answer.nodes) == names
        assert (answer.complete, answer.reason, list(answer.frontier)) == (reason is None, reason, frontier)


def test_a_leaf_at_the_last_step_is_no_frontier(ledger: Ledger) -> None:
    ledger.add(wired("ab", "ac", "cd", "ba"))
    assert asked_impact(ledger, "x/a", depth=1).frontier == ("x/c",)


@given(
    edges=st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).map("".join), min_size=1, max_size=14),
    bounds=st.fixed_dictionaries({}, optional={"depth": st.integers(1, 4), "limit": st.integers(1, 5)}),
    direction=st.sampled_from(["downstream", "upstream"]),
)
def test_walking_on_from_the_frontier_finds_the_rest(ledger: Ledger, edges: list[str], bounds: dict[str, Any], direction: str) -> None:
    empty(ledger)
    ledger.add(wired("a", *edges))
    whole = asked_impact(ledger, "x/a", direction=direction)
    part = asked_impact(ledger, "x/a", direction=direction, **bounds)
    assert part.complete == (len(part) == len(whole)) == (part.reason is None)
    assert part.nodes == whole.nodes[: len(part)]
    assert set(part.frontier) <= {"x/a", *(node.key for node in part.nodes)}
    beyond = {node.key for key in part.frontier for node in asked_impact(ledger, key, direction=direction).nodes}
    assert {node.key for node in part.nodes} | beyond - {"x/a"} == {node.key for node in whole.nodes}


@pytest.mark.parametrize("bounds", [{"depth": 0}, {"depth": -1}, {"limit": 0}, {"limit": True}, {"depth": 1.5}])
def test_a_bound_below_one_is_refused(ledger: Ledger, bounds: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=f"{next(iter(bounds))} is a whole number from 1 on"):
        asked_impact(ledger, "x/a", **bounds)


def test_an_unknown_direction_is_refused_by_naming_the_two(ledger: Ledger) -> None:
    with pytest.raises(ValidationError, match="'downstream' or 'upstream', not 'sideways'"):
        asked_impact(ledger, "x/a", direction="sideways")


@pytest.mark.slow
def test_a_chain_of_five_thousand_nodes_answers_in_both_directions(ledger: Ledger) -> None:
    count = 5_000
    ledger.add([DataNode(f"n{n}", "x", [f"p{n}"] if n else [], [f"p{n + 1}"]) for n in range(count)], observed_at="2026-01-01")
    for as_of in (None, "2026-02-01"):
        assert asked_impact(ledger, "x/n0", as_of=as_of).nodes[-1].depth == count - 1
        assert asked_impact(ledger, f"x/n{count - 1}", as_of=as_of, direction="upstream").nodes[-1].key == "x/n0"

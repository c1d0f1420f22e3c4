"""Path: the shortest way from one model to another."""

from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_ledger.ledger import Ledger
from graph_ledger.values.node import DataNode
from tests.graph import empty
from tests.lineage.ask import QUICKSTART, asked_impact, asked_path, depths, wired


def test_each_step_names_the_port_who_says_so_and_since_when(ledger: Ledger) -> None:
    first, second = datetime(2026, 1, 1, tzinfo=timezone.utc), datetime(2026, 1, 2, tzinfo=timezone.utc)
    ledger.add(QUICKSTART[:2], source="etl/a", observed_at=first)
    ledger.add(QUICKSTART[2:], source="ml/b", observed_at=second)
    answer = asked_path(ledger, "warehouse/raw_txns", "ml/fraud_model")
    assert answer.keys == ("warehouse/raw_txns", "etl/feature_build", "ml/fraud_model")
    near, far = answer.steps
    assert near.model_dump() == {
        "from_key": "warehouse/raw_txns", "port": "transactions", "relationship": "data_flow", "sources": ("etl/a",), "since": first,
        "to_key": "etl/feature_build",
    }  # fmt: skip
    assert (far.port, far.sources, far.since) == ("features", ("etl/a", "ml/b"), second)


@pytest.mark.parametrize(
    ("edges", "start", "end", "expected"),
    [
        (["ab", "bc"], "a", "c", "abc"),
        (["ab", "bc"], "c", "a", ""),
        (["ab"], "a", "a", "a"),
        (["ab", "ba"], "a", "a", "a"),
        (["az", "ab", "bz"], "a", "z", "az"),
        (["ac", "ab", "cz", "bz"], "a", "z", "abz"),
        (["ab", "bc", "ad", "dc", "cb", "cz"], "a", "z", "abcz"),
        (["aa", "ab", "bb", "bc"], "a", "c", "abc"),
        (["ab", "cd"], "a", "d", ""),
    ],
)
def test_the_shortest_way_the_first_by_key(ledger: Ledger, edges: list[str], start: str, end: str, expected: str) -> None:
    ledger.add(wired(*edges))
    for as_of in (None, "9999-12-30"):
        answer = asked_path(ledger, f"x/{start}", f"x/{end}", as_of=as_of)
        assert [key[-1] for key in answer.keys] == list(expected)
        assert answer.exists == bool(expected)


def test_of_several_ports_the_first_by_key(ledger: Ledger) -> None:
    ledger.add([DataNode("w", "x", outputs=["q", "p"]), DataNode("r", "x", inputs=["p", "q"])])
    assert [step.port for step in asked_path(ledger, "x/w", "x/r").steps] == ["p"]


def test_a_declared_step_has_no_port(ledger: Ledger) -> None:
    ledger.add(wired("a", "b"))
    ledger.link_dependency("x/a", "x/b", relationship="feeds_by_mail", actor="ann")
    (step,) = asked_path(ledger, "x/a", "x/b").steps
    assert (step.port, step.relationship, step.sources) == ("", "feeds_by_mail", ("ann",))


def test_a_way_is_of_the_moment(ledger: Ledger) -> None:
    ledger.add(wired("ab", "bc"), observed_at="2026-01-01")
    ledger.add(wired("ac", "ab", "bc"), observed_at="2026-01-05")
    assert len(asked_path(ledger, "x/a", "x/c").steps) == 1
    assert len(asked_path(ledger, "x/a", "x/c", as_of="2026-01-04").steps) == 2
    assert not asked_path(ledger, "x/a", "x/c", as_of="2025-12-31").exists


@given(edges=st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).map("".join), min_size=1, max_size=14))
def test_a_path_is_as_long_as_the_walk_says_and_each_step_is_an_edge(ledger: Ledger, edges: list[str]) -> None:
    empty(ledger)
    ledger.add(wired("a", "f", *edges))
    far = depths(asked_impact(ledger, "x/a")).get("f")
    answer = asked_path(ledger, "x/a", "x/f")
    assert len(answer.steps) == (far or 0)
    assert all(step.port in {edge for edge in edges if edge == step.from_key[-1] + step.to_key[-1]} for step in answer.steps)
    assert far is None or (answer.steps[0].from_key, answer.steps[-1].to_key) == ("x/a", "x/f")

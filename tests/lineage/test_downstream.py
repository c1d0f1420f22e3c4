"""Downstream: nearest first, never the start."""

import pytest

from graph_ledger.ledger import Ledger
from graph_ledger.values.node import DataNode
from tests.lineage.ask import RECIPE, asked_downstream, clock, wired


def test_the_recipe_lists_what_breaks_nearest_first(ledger: Ledger) -> None:
    ledger.add(RECIPE)
    assert asked_downstream(ledger, "feature-store/customer_features") == ["fraud_scorer", "churn_scorer", "review_queue"]


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        (["a"], ""),
        (["aa"], ""),
        (["aa", "ab"], "b"),
        (["ab", "ba"], "b"),
        (["ab", "bc", "ca"], "bc"),
        (["ad", "ac", "db", "cb"], "cdb"),
        (["ab", "bc", "cd", "ad"], "bdc"),
        (["ba", "ca"], ""),
        (["ab", "cd"], "b"),
    ],
)
def test_what_a_change_reaches(ledger: Ledger, edges: list[str], expected: str) -> None:
    ledger.add(wired(*edges))
    assert "".join(asked_downstream(ledger, "x/a")) == expected
    assert "".join(asked_downstream(ledger, "x/a", as_of="9999-12-30")) == expected


def test_two_nodes_that_read_and_write_one_port_feed_each_other(ledger: Ledger) -> None:
    ledger.add([DataNode(name, platform="x", inputs=["p"], outputs=["p"]) for name in "ab"])
    assert asked_downstream(ledger, "x/a") == ["b"]
    assert asked_downstream(ledger, "x/b") == ["a"]


def test_nothing_is_downstream_of_what_nobody_added(ledger: Ledger) -> None:
    assert asked_downstream(ledger, "x/nobody") == []
    assert asked_downstream(ledger, "x/nobody", as_of="2026-01-01") == []


def test_a_dropped_port_ends_the_dependency_and_its_past_stays(ledger: Ledger) -> None:
    ledger.add(wired("ab"), observed_at="2026-01-01")
    knew = clock(ledger)
    ledger.add(DataNode("b", platform="x"), observed_at="2026-01-05")
    assert asked_downstream(ledger, "x/a") == []
    assert asked_downstream(ledger, "x/a", as_of="2025-12-31") == []
    assert asked_downstream(ledger, "x/a", as_of="2026-01-04") == ["b"]
    assert asked_downstream(ledger, "x/a", as_of="2026-01-05") == []
    assert asked_downstream(ledger, "x/a", as_of="2026-01-05", known_at=knew) == ["b"]
    assert asked_downstream(ledger, "x/a", known_at=knew) == ["b"]
    assert asked_downstream(ledger, "x/a", known_at="2020-01-01") == []

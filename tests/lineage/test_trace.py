"""Trace and upstream: sources first, the model last."""

import pytest

from graph_ledger.ledger import Ledger
from graph_ledger.values.node import DataNode
from tests.lineage.ask import QUICKSTART, asked_trace, asked_upstream, clock, wired

LENGTH = 5_000


def test_the_quickstart_traces_its_queue(ledger: Ledger) -> None:
    ledger.add(QUICKSTART)
    assert asked_trace(ledger, "alerting/review_queue") == ["raw_txns", "feature_build", "fraud_model", "review_queue"]
    assert asked_upstream(ledger, "ml/fraud_model") == ["raw_txns", "feature_build"]
    assert asked_upstream(ledger, "warehouse/raw_txns") == []


@pytest.mark.parametrize(
    ("edges", "asked", "expected"),
    [
        (["a"], "a", "a"),
        (["cb", "ba"], "a", "cba"),
        (["ad", "bd", "cd"], "d", "abcd"),
        (["ba", "cd", "dz", "az"], "z", "bacdz"),
        (["ab", "bc", "ac", "cz"], "z", "abcz"),
        (["zb", "bz"], "z", "bz"),
        (["bc", "cb", "cz", "az"], "z", "abcz"),
        (["az", "bc", "cb", "ab", "cz"], "z", "abcz"),
        (["za", "az", "bz"], "z", "baz"),
        (["aa", "ab"], "b", "ab"),
        (["aa", "ab"], "a", "a"),
        (["ab", "cd"], "d", "cd"),
    ],
)
def test_what_comes_first(ledger: Ledger, edges: list[str], asked: str, expected: str) -> None:
    ledger.add(wired(*edges))
    today = asked_trace(ledger, f"x/{asked}")
    assert "".join(today) == expected
    assert asked_trace(ledger, f"x/{asked}", as_of="9999-12-30") == today
    assert asked_upstream(ledger, f"x/{asked}") == today[:-1]


def test_ties_are_in_order_of_arrival_not_of_names(ledger: Ledger) -> None:
    ledger.add([DataNode("late", platform="z", outputs=["p"]), DataNode("early", platform="a", outputs=["p"])])
    ledger.add(DataNode("reader", platform="m", inputs=["p"]))
    assert asked_trace(ledger, "m/reader") == ["late", "early", "reader"]


def test_a_model_that_reads_nothing_is_its_own_trace_once_it_is_there(ledger: Ledger) -> None:
    ledger.add(DataNode("alone", platform="x"), observed_at="2026-01-02")
    assert asked_trace(ledger, "x/alone") == ["alone"]
    assert asked_trace(ledger, "x/alone", as_of="2026-01-02") == ["alone"]
    assert asked_trace(ledger, "x/alone", as_of="2026-01-01") == []
    assert asked_upstream(ledger, "x/alone", as_of="2026-01-01") == []


def test_a_trace_as_of_a_day_shows_the_wiring_of_that_day(ledger: Ledger) -> None:
    ledger.add(wired("ac", "b"), observed_at="2026-01-01")
    before = clock(ledger)
    ledger.add(wired("bc", "a"), observed_at="2026-01-03")
    assert asked_trace(ledger, "x/c", as_of="2026-01-02") == ["a", "c"]
    assert asked_trace(ledger, "x/c", as_of="2026-01-03") == ["b", "c"]
    assert asked_trace(ledger, "x/c", as_of="2026-01-03", known_at=before) == ["a", "c"]
    assert asked_trace(ledger, "x/c", known_at=before) == ["a", "c"]
    assert asked_trace(ledger, "x/c") == ["b", "c"]


@pytest.mark.slow
def test_a_chain_of_five_thousand_nodes_answers(ledger: Ledger) -> None:
    names = [f"n{number:04}" for number in range(LENGTH)]
    ledger.add([DataNode(name, platform="x", inputs=[f"p{n}"] if n else [], outputs=[f"p{n + 1}"]) for n, name in enumerate(names)])
    assert asked_trace(ledger, f"x/{names[-1]}") == names

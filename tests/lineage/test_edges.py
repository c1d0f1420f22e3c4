"""Edges: which of some models feed which."""

from graph_ledger.ledger import Ledger
from graph_ledger.lineage.clocks import clocks
from graph_ledger.lineage.edges import between
from graph_ledger.values.moment import When, moment
from tests.lineage.ask import wired


def edges(ledger: Ledger, keys: list[str], as_of: When | None = None) -> list[tuple[str, str]]:
    return ledger.database.reading(lambda transaction: between(transaction, keys, clocks(transaction, moment(as_of=as_of))))


def test_only_edges_between_the_models_asked_for_count(ledger: Ledger) -> None:
    ledger.add(wired("ab", "bc", "ca", "cd", "aa"), observed_at="2026-01-02")
    assert edges(ledger, ["x/c", "x/a", "x/b"]) == [("x/c", "x/a"), ("x/a", "x/b"), ("x/b", "x/c")]
    assert edges(ledger, ["x/a", "x/b"], "2026-01-01") == []
    assert edges(ledger, []) == []


def test_an_impact_with_edges_tells_what_feeds_what_in_it(ledger: Ledger) -> None:
    ledger.add(wired("ab", "bc", "ac", "cd", "da", "zb"), observed_at="2026-01-02")
    assert ledger.impact("a").edges is None
    assert set(ledger.impact("a", edges=True).edges or ()) == {
        ("x/a", "x/b"), ("x/a", "x/c"), ("x/b", "x/c"), ("x/c", "x/d"), ("x/d", "x/a"),
    }  # fmt: skip
    assert ledger.impact("a", depth=1, edges=True).edges == (("x/a", "x/b"), ("x/a", "x/c"), ("x/b", "x/c"))
    assert ledger.impact("a", as_of="2026-01-01", edges=True).edges == ()
    assert ledger.impact("d", edges=True, direction="upstream", depth=1).edges == (("x/c", "x/d"),)


def test_the_edges_of_a_group_are_those_of_its_members(ledger: Ledger) -> None:
    ledger.add(wired("ab", "bc", "qa"), observed_at="2026-01-02")
    ledger.register_group(name="g", owner="o", model_type="t", tier="low", purpose="", members=["x/a"], actor="me", timestamp="2026-01-03")
    assert ledger.impact("g", edges=True).edges == (("/g", "x/b"), ("x/b", "x/c"))
    assert ledger.impact("g", edges=True, direction="upstream").edges == (("x/a", "/g"), ("x/q", "x/a"))

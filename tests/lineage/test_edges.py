"""Edges: which of some models feed which."""

from graph_ledger.ledger import Ledger
from graph_ledger.lineage.edges import edges
from graph_ledger.values.moment import moment
from tests.lineage.ask import wired


def test_only_edges_between_the_models_asked_for_count(ledger: Ledger) -> None:
    ledger.add(wired("ab", "bc", "ca", "cd", "aa"), observed_at="2026-01-02")
    assert edges(ledger.database, ["x/c", "x/a", "x/b"], moment()) == [("x/c", "x/a"), ("x/a", "x/b"), ("x/b", "x/c")]
    assert edges(ledger.database, ["x/a", "x/b"], moment(as_of="2026-01-01")) == []
    assert edges(ledger.database, [], moment()) == []

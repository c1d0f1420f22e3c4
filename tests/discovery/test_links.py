"""Declared dependencies: two events, one port between, closed by whoever takes them back."""

import pytest

from graph_ledger import DataNode, Ledger, ValidationError
from tests.graph import counts, nodes


@pytest.fixture
def pair(ledger: Ledger) -> tuple[str, str]:
    """Two registered models."""
    for name in ("feature", "fraud"):
        ledger.register(name=name, owner="o", model_type="t", tier="high", purpose="p")
    return "feature", "fraud"


def test_a_link_is_two_events_and_declaring_it_again_is_silent(ledger: Ledger, pair: tuple[str, str]) -> None:
    up, down = ledger.link_dependency(*pair, relationship="consumes", actor="me", metadata={"upstream_hash": "x", "why": "y"})
    assert (up.event_type, down.event_type) == ("has_dependent", "depends_on")
    assert down.payload["upstream_hash"] == ledger.get("feature").model_hash
    before = counts(ledger)
    assert ledger.link_dependency(*pair, relationship="consumes", actor="me")[1].snapshot_hash == down.snapshot_hash
    assert counts(ledger) == before
    (row,) = ledger.dependencies("fraud", "upstream")
    assert (row.model, row.relationship, row.direction, row.ports, row.source) == ("/feature", "consumes", "upstream", (), ("me",))
    assert ledger.trace("fraud") == ["feature", "fraud"]


def test_taking_it_back_closes_the_claims_of_everybody(ledger: Ledger, pair: tuple[str, str]) -> None:
    ledger.link_dependency(*pair, actor="ann", timestamp="2026-01-01")
    ledger.link_dependency(*pair, actor="bob", relationship="feeds", timestamp="2026-01-02")
    ledger.unlink_dependency(*pair, actor="cleo", relationship="feeds", timestamp="2026-02-01")
    assert ledger.upstream("fraud") == ["feature"]
    ledger.unlink_dependency(*pair, actor="cleo", reason="moved", timestamp="2026-03-01")
    assert ledger.upstream("fraud") == []
    assert ledger.upstream("fraud", as_of="2026-02-15") == ["feature"]
    with pytest.raises(ValidationError, match="nobody declared"):
        ledger.unlink_dependency(*pair, actor="cleo")


def test_taking_it_back_twice_of_the_same_time_is_one_taking_back(ledger: Ledger, pair: tuple[str, str]) -> None:
    ledger.link_dependency(*pair, actor="ann", timestamp="2026-01-01")
    said = {"actor": "cleo", "reason": "moved", "timestamp": "2026-02-01"}
    first, before = ledger.unlink_dependency(*pair, **said), counts(ledger)
    assert ledger.unlink_dependency(*pair, **said) == first
    assert counts(ledger) == before
    for other in ({"reason": "another"}, {"actor": "bob"}, {"timestamp": "2026-02-02"}):
        with pytest.raises(ValidationError, match="nobody declared"):
            ledger.unlink_dependency(*pair, **{**said, **other})
    ledger.link_dependency(*pair, actor="ann", timestamp="2026-03-01")
    assert ledger.unlink_dependency(*pair, **said) == first
    assert ledger.upstream("fraud") == ["feature"]


def test_a_link_taken_back_late_is_cut_in(ledger: Ledger, pair: tuple[str, str]) -> None:
    ledger.link_dependency(*pair, actor="ann", timestamp="2026-01-01")
    ledger.link_dependency(*pair, actor="bob", timestamp="2026-05-01")
    ledger.unlink_dependency(*pair, actor="ann", timestamp="2026-03-01")
    assert [ledger.upstream("fraud", as_of=day) for day in ("2026-02-01", "2026-04-01", "2026-06-01")] == [["feature"], [], ["feature"]]


def test_what_data_ports_join_nobody_can_take_back(ledger: Ledger) -> None:
    ledger.add([DataNode("a", outputs=["scores"]), DataNode("b", inputs=["scores"])])
    with pytest.raises(ValidationError, match="through scores"):
        ledger.unlink_dependency("a", "b", actor="me")
    with pytest.raises(ValidationError, match="itself"):
        ledger.link_dependency("a", "a", actor="me")
    assert nodes(ledger, "Port", "kind") == {("data",)}


def test_connect_counts_the_pairs_that_are_new_since_the_last_time(ledger: Ledger) -> None:
    ledger.add([DataNode("w", outputs=["t", "u"]), DataNode("r", inputs=["t", "u"]), DataNode("s", inputs=["x"], outputs=["x"])])
    assert ledger.connect() == {"links_created": 1, "links_skipped": 0}
    ledger.add(DataNode("q", inputs=["t"]))
    assert ledger.connect() == {"links_created": 1, "links_skipped": 1}
    ledger.add(DataNode("r", inputs=["u"]))
    assert ledger.connect() == {"links_created": 0, "links_skipped": 2}

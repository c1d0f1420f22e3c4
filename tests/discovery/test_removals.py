"""The guard against listings that would remove too much."""

import pytest

from graph_ledger import Ledger, RemovalGuardError
from tests.discovery.test_late import Source, said
from tests.graph import counts

ALL = {f"n{number}": said("t") for number in range(20)}


@pytest.mark.parametrize("day", ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"])
def test_a_listing_that_removes_too_much_is_refused_in_order_repeated_and_late(day: str, ledger: Ledger) -> None:
    for listed in ("2026-01-01", "2026-01-03"):
        ledger.discover(Source("s", ALL), observed_at=listed)
    before = counts(ledger)
    with pytest.raises(RemovalGuardError) as refused:
        ledger.discover(Source("s", {}), observed_at=day)
    assert (len(refused.value.removed), refused.value.listed) == (20, 20)
    assert {**counts(ledger), "Run": 0, "OF": 0} == {**before, "Run": 0, "OF": 0}
    assert ledger.runs()[0].status == "stopped"
    assert ledger.discover(Source("s", {}), observed_at=day, allow_removals=True).gone == 20


def test_before_a_source_listed_anything_there_was_nothing_to_remove(ledger: Ledger) -> None:
    ledger.discover(Source("s", ALL), observed_at="2026-01-03")
    assert ledger.discover(Source("s", {}), observed_at="2026-01-01").status == "finished"
    assert all(ledger.get(name).present for name in ALL)


def test_a_few_may_go_at_any_time(ledger: Ledger) -> None:
    ledger.discover(Source("s", ALL), observed_at="2026-01-01")
    some = {name: text for name, text in ALL.items() if name not in {"n1", "n2", "n3", "n4"}}
    assert ledger.discover(Source("s", some), observed_at="2026-01-01").gone == 4

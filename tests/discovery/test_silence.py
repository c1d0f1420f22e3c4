"""Who has gone silent: what its sources were read for and did not see; where nobody looked, nobody is called silent."""

from datetime import datetime, timedelta, timezone

import pytest

from graph_ledger import DataNode, Ledger, ValidationError
from graph_ledger.values.listing import Listing

NOW = datetime.now(timezone.utc)


class Source:
    """A source that lists what it is told to, complete or not."""

    name = "s"

    def __init__(self, *names: str, complete: bool = False) -> None:
        self.names, self.complete = names, complete

    def discover(self) -> Listing:
        nodes = [DataNode(name, platform="p", metadata={"owner": f"team-{name}"}) for name in self.names]
        return Listing(nodes, source="s", complete=self.complete)


def days_ago(number: float) -> datetime:
    return NOW - timedelta(days=number)


def test_what_a_source_that_was_read_no_longer_names_is_silent(ledger: Ledger) -> None:
    ledger.discover(Source("a", "b"), observed_at=days_ago(40))
    ledger.discover(Source("b"), observed_at=days_ago(2))
    ledger.register(name="never_looked_for", owner="o", model_type="t", tier="low", purpose="")
    silence = ledger.silent(30)
    assert [(row.key, row["owner"], row.last_seen, row.sources) for row in silence.models] == [
        ("p/a", "team-a", days_ago(40), ("s/default",))
    ]
    assert (len(silence), silence.unread) == (1, ())
    assert len(ledger.silent(50)) == len(ledger.silent(30, "other")) == 0
    assert len(ledger.silent(30, "P")) == 1


def test_what_is_gone_is_not_silent_but_gone(ledger: Ledger) -> None:
    ledger.discover(Source("a", "b", complete=True), observed_at=days_ago(40))
    ledger.discover(Source("b", complete=True), observed_at=days_ago(2))
    assert len(ledger.silent(30)) == 0


def test_where_the_source_was_not_read_nobody_is_called_silent(ledger: Ledger) -> None:
    ledger.discover(Source("a", "b"), observed_at=days_ago(40))
    silence = ledger.silent(30)
    assert silence.models == ()
    assert [(row.source, row.last_read, row["models"]) for row in silence.unread] == [("s/default", days_ago(40), 2)]
    ledger.add(DataNode("a", platform="p"), source="t/default", observed_at=days_ago(35))
    ledger.add(DataNode("c", platform="p"), source="t/default", observed_at=days_ago(1))
    assert [(row.key, row.sources) for row in ledger.silent(30).models] == [("p/a", ("s/default", "t/default"))]


def test_a_run_that_found_nothing_has_read_its_source(ledger: Ledger) -> None:
    ledger.discover(Source("a"), observed_at=days_ago(40))
    ledger.discover(Source(), observed_at=days_ago(1))
    assert [row.key for row in ledger.silent(30).models] == ["p/a"]


def test_what_is_added_by_hand_counts_too(ledger: Ledger) -> None:
    ledger.add(DataNode("a", platform="p"), observed_at=days_ago(40))
    ledger.add(Source("b").discover(), observed_at=days_ago(1))
    ledger.add(DataNode("c", platform="p"))
    assert [row.key for row in ledger.silent(30).models] == ["p/a"]


@pytest.mark.parametrize("wrong", [0, -1, True, "30", 1e9, float("nan")])
def test_days_are_a_number_above_nothing(wrong: float, ledger: Ledger) -> None:
    with pytest.raises(ValidationError, match="days"):
        ledger.silent(wrong)

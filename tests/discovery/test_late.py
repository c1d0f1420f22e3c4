"""Listings may come in any order: as-of answers are those of a replay, and known-at answers tell when it was learnt."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_ledger.errors import ModelNotFoundError
from graph_ledger.ledger import Ledger
from graph_ledger.values.listing import Listing
from graph_ledger.values.moment import from_microseconds
from graph_ledger.values.node import DataNode
from tests.discovery.replay import Replay, Said
from tests.graph import empty

START = datetime(2026, 1, 1, tzinfo=timezone.utc)
CLAIMS = """
MATCH (port:Port)-[claim:FEEDS|FED]->(node:ModelRef)
WHERE claim.valid_from <= $as_of AND $as_of < claim.valid_to AND claim.recorded_from <= $known_at AND $known_at < claim.recorded_to
RETURN node.name, claim.source, port.key
"""
Load = tuple[str, int, dict[str, Said]]


class Source:
    """A connector that lists what it is told, and says that this is all."""

    def __init__(self, name: str, listing: dict[str, Said]) -> None:
        self.name, self.listing = name, listing

    def discover(self) -> Listing:
        """List it."""
        nodes = [
            DataNode(name, platform="p", inputs=sorted(ports), metadata={} if owner is None else {"owner": owner})
            for name, (ports, owner) in self.listing.items()
        ]
        return Listing(nodes, source=self.name, complete=True)


def day(number: int) -> datetime:
    """Day ``number`` of the history."""
    return START + timedelta(days=number)


def said(ports: str, owner: str | None = None) -> Said:
    """What a listing says: one letter a port."""
    return frozenset(ports), owner


def load_and_check(ledger: Ledger, loads: list[Load]) -> None:
    """Load in the order given; then, for every day and every moment of learning, compare the graph with the replay."""
    empty(ledger)
    learnt = []
    for upto, (source, time, listing) in enumerate(loads, start=1):
        ledger.discover(Source(source, listing), observed_at=day(time), allow_removals=True)
        replay = Replay()
        for each in loads[:upto]:
            replay.load(each[0], each[1], each[2])
        learnt.append((from_microseconds(ledger.database.read("database/clock")["now"]), replay))
    for known_at, replay in learnt:
        for number in range(max(time for _, time, _ in loads) + 2):
            compare(ledger, replay, number, known_at)
    assert not ledger.verify(deep=True).findings


def compare(ledger: Ledger, replay: Replay, number: int, known_at: datetime) -> None:
    """Every claim and every state of one day, as known at one moment."""
    rows = ledger.database.table(CLAIMS, as_of=day(number), known_at=known_at)[1]
    names = sorted(replay.listed)
    expected = {(name, f"{source}/default", port) for name in names for source, port in replay.reads(name, number)}
    assert {tuple(row) for row in rows} == expected, (number, known_at)
    for name in names:
        present = replay.present(name, number)
        if present is None:
            with pytest.raises(ModelNotFoundError):
                ledger.get(name, as_of=day(number), known_at=known_at)
        else:
            ref = ledger.get(name, as_of=day(number), known_at=known_at)
            assert (ref.present, ref.owner) == (present, replay.owner(name, number)), (name, number, known_at)


CASES = [
    "B1 X4 B3 X2",
    "B1 B3 B5 X2 X4",
    "B1 B1 X1",
    "B1 X1 B1",
    "B5 B1 X3",
    "B1 -3 X2",
    "-3 B1 B5 -1",
    "B1 -1",
    "X5 -3 B4",
    "B3 -3 -5 X4 B4",
]


@pytest.mark.parametrize("case", CASES)
def test_the_histories_that_once_failed(ledger: Ledger, case: str) -> None:
    """Letters are contents, ``-`` an empty listing, numbers the days, in loading order."""
    contents = {"B": {"a": said("x", "ben")}, "X": {"a": said("y", "xia")}, "-": {}}
    load_and_check(ledger, [("s", int(each[1:]), contents[each[0]]) for each in case.split()])


SAID = st.tuples(st.frozensets(st.sampled_from("xy"), max_size=2), st.sampled_from([None, "ann", "bob"]))
LISTING = st.dictionaries(st.sampled_from("ab"), SAID, max_size=2)
LOADS = st.lists(
    st.one_of(
        st.tuples(st.just("s"), st.integers(0, 4).map(lambda n: 2 * n), LISTING),
        st.tuples(st.just("t"), st.integers(0, 3).map(lambda n: 2 * n + 1), LISTING),
    ),
    min_size=2,
    max_size=7,
).filter(lambda loads: any(listing for _, _, listing in loads))


@pytest.mark.slow
@settings(max_examples=25)
@given(loads=LOADS)
def test_listings_in_any_order_are_a_replay(ledger: Ledger, loads: list[Load]) -> None:
    load_and_check(ledger, loads)

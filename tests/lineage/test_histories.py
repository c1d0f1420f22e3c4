"""Random histories: an answer as of a day is a replay up to that day, whatever the order of loading."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_ledger.ledger import Ledger
from graph_ledger.values.moment import When
from graph_ledger.values.node import DataNode
from tests.graph import empty
from tests.lineage.ask import asked_downstream, asked_impact, asked_trace, asked_upstream, clock, depths

NAMES, PORTS = "abcde", "pqr"
LAST = 3
"""Number of the last day."""
DAY_ONE, DAY = datetime(2026, 1, 1, tzinfo=timezone.utc), timedelta(days=1)

Ports = tuple[tuple[str, ...], tuple[str, ...]]
"""What a node reads and what it writes."""
Wiring = Mapping[str, Ports]
"""What one load says; a node that it leaves out stays as it was."""
Load = tuple[int, str, Wiring]
"""The day that is described, by which source, and what it says."""

some_ports = st.lists(st.sampled_from(PORTS), max_size=2, unique=True).map(lambda ports: tuple(sorted(ports)))
wirings = st.dictionaries(st.sampled_from(NAMES), st.tuples(some_ports, some_ports), min_size=2, max_size=len(NAMES))
# A few wirings from which the loads draw, so that one often returns; days repeat and come in any order; mostly one source.
histories = st.lists(wirings, min_size=1, max_size=2).flatmap(
    lambda few: st.lists(
        st.tuples(st.integers(0, LAST), st.sampled_from(["test/default", "test/default", "other/default"]), wirings | st.sampled_from(few)),
        min_size=1,
        max_size=5,
    )
)


def load(ledger: Ledger, entry: Load, mark: int | None = None) -> When:
    """Add what a load says, never equal to another where a mark is given; return the database's clock afterwards."""
    day, source, wiring = entry
    metadata = {} if mark is None else {"mark": mark}
    nodes = [DataNode(name, "x", inputs, outputs, metadata) for name, (inputs, outputs) in sorted(wiring.items())]
    assert not ledger.add(nodes, source=source, observed_at=DAY_ONE + day * DAY).errors
    return clock(ledger)


def replayed(loads: list[Load], as_of: int) -> dict[str, Ports]:
    """What each node was wired like on a day: what each source said last by then, all sources together."""
    found: dict[str, Ports] = {}
    for source in {source for _, source, _ in loads}:
        said: dict[str, Ports] = {}
        for day, other, wiring in sorted(loads, key=lambda entry: entry[0]):
            said |= wiring if day <= as_of and other == source else {}
        for name, (inputs, outputs) in said.items():
            before = found.get(name, ((), ()))
            found[name] = before[0] + inputs, before[1] + outputs
    return found


def reached(wiring: Wiring, start: str, direction: str) -> dict[str, int]:
    """A plain breadth-first search over plain dictionaries."""
    found, edge, depth = {start: 0}, {start}, 0
    while edge:
        depth += 1
        edge = {
            other
            for node in edge
            for other in wiring
            if other not in found
            and node in wiring
            and set(wiring[node][1] if direction == "downstream" else wiring[node][0])
            & set(wiring[other][0] if direction == "downstream" else wiring[other][1])
        }
        found |= dict.fromkeys(edge, depth)
    del found[start]
    return found


def check(ledger: Ledger, expected: Wiring, key: str, as_of: When | None, known_at: When | None = None) -> None:
    below, above = reached(expected, key, "downstream"), reached(expected, key, "upstream")
    assert depths(asked_impact(ledger, f"x/{key}", as_of, known_at)) == below
    assert depths(asked_impact(ledger, f"x/{key}", as_of, known_at, direction="upstream")) == above
    listed = asked_downstream(ledger, f"x/{key}", as_of, known_at)
    assert (set(listed), [below[name] for name in listed]) == (set(below), sorted(below.values()))
    assert set(asked_upstream(ledger, f"x/{key}", as_of, known_at)) == set(above)
    assert asked_trace(ledger, f"x/{key}", as_of, known_at)[-1:] == ([key] if key in expected else [])


def check_every_day(ledger: Ledger, loads: list[Load], key: str) -> None:
    for day in range(-1, LAST + 1):
        check(ledger, replayed(loads, day), key, DAY_ONE + day * DAY)
    if key in replayed(loads, LAST):
        check(ledger, replayed(loads, LAST), key, None)
    assert not ledger.verify(deep=True).findings


@pytest.mark.slow
@settings(max_examples=25)
@given(loads=histories, key=st.sampled_from(NAMES))
def test_a_walk_as_of_a_day_is_a_replay_up_to_that_day(ledger: Ledger, loads: list[Load], key: str) -> None:
    empty(ledger)
    loads.sort(key=lambda entry: entry[0])
    for entry in loads:
        load(ledger, entry)
    check_every_day(ledger, loads, key)


@pytest.mark.slow
@settings(max_examples=25)
@given(loads=histories, key=st.sampled_from(NAMES))
def test_days_that_come_late_give_the_answers_of_days_in_order(ledger: Ledger, loads: list[Load], key: str) -> None:
    empty(ledger)
    for mark, entry in enumerate(loads):
        load(ledger, entry, mark)
    check_every_day(ledger, loads, key)


@pytest.mark.slow
@settings(max_examples=25)
@given(loads=histories, key=st.sampled_from(NAMES))
def test_what_was_known_is_a_replay_of_what_had_come(ledger: Ledger, loads: list[Load], key: str) -> None:
    empty(ledger)
    clocks = [load(ledger, entry, mark) for mark, entry in enumerate(loads)]
    for number, known_at in enumerate(clocks, start=1):
        check(ledger, replayed(loads[:number], LAST), key, None, known_at)
        for day in range(LAST + 1):
            check(ledger, replayed(loads[:number], day), key, DAY_ONE + day * DAY, known_at)

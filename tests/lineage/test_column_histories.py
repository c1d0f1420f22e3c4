"""Random estates and histories: what columns reach, stand on and take as their way is what a naive search says, on any date."""

from datetime import datetime, timedelta, timezone
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph_ledger import ColumnFlow, DataNode, Ledger, ValidationError
from graph_ledger.values.moment import from_microseconds
from tests.graph import empty
from tests.lineage.columns import Estate, Flow, Table, known, reached, stands_on, starts, surest
from tests.lineage.test_columns import told
from tests.lineage.test_columns import way as steps_of

START = datetime(2026, 1, 1, tzinfo=timezone.utc)
NAMES, PORTS, COLUMNS = "abcd", "pqrs", "xyz"
SIDES = st.frozensets(st.sampled_from(PORTS), max_size=2)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A node that tells some, all or nothing of its columns."""
    inputs, outputs = draw(SIDES), draw(SIDES)
    if not (inputs and outputs):
        return Table(inputs, outputs)
    flow: st.SearchStrategy[Flow] = st.tuples(
        st.sampled_from(sorted(outputs)), st.sampled_from("*xyz"), st.sampled_from(sorted(inputs)), st.sampled_from("xyz*"),
        st.sampled_from(["DIRECT", "INDIRECT"]),
    )  # fmt: skip
    return Table(inputs, outputs, draw(st.frozensets(flow, max_size=4)))


def as_node(name: str, table: Table) -> DataNode:
    return DataNode(name, "n", sorted(table.inputs), sorted(table.outputs), columns=[ColumnFlow(*flow) for flow in sorted(table.flows)])


def compare(ledger: Ledger, estate: Estate, name: str, column: str, **moment: Any) -> None:
    """Every question about one column, asked of both."""
    if starts(estate, name, column) is None:
        try:
            ledger.impact(f"n/{name}", column=column, **moment)
        except ValidationError:
            return
        raise AssertionError((name, column))
    down = ledger.impact(f"n/{name}", column=column, **moment)
    expected, fell = reached(estate, name, column)
    assert told(down) == {key: hit.told() for key, hit in expected.items()}
    assert set(down.fallbacks) == {f"n/{each}" for each in fell}
    up = ledger.impact(f"n/{name}", column=column, direction="upstream", **moment)
    behind = stands_on(estate, name, column)
    assert told(up) == {key: hit.told() for key, hit in behind.items()}
    for depth in (1, 2):
        near = ledger.impact(f"n/{name}", column=column, depth=depth, **moment)
        within = {key: hit.told() for key, hit in reached(estate, name, column, depth)[0].items()}
        assert told(near) == within
        assert near.complete is (within == {key: hit.told() for key, hit in expected.items()}) or not near.complete
        assert near.complete or near.frontier
    for end in sorted(set(estate) - {name}):
        way, best = ledger.path(f"n/{name}", f"n/{end}", column=column, **moment), surest(estate, name, column, end)
        assert way.exists is (best is not None)
        if best is not None:
            guessed = sum(precision == "table" for _, _, precision in steps_of(way)) + (way.steps[0].port not in told_ports(estate, name))
            assert (guessed, len(way.steps)) == best


def told_ports(estate: Estate, name: str) -> set[str]:
    return {port for port in estate[name].outputs if known(estate, name, port)}


ESTATES = st.fixed_dictionaries({name: tables() for name in NAMES})


@settings(max_examples=40)
@given(estate=ESTATES)
def test_any_estate_is_answered_as_a_naive_search_answers(ledger: Ledger, estate: Estate) -> None:
    empty(ledger)
    ledger.add([as_node(name, table) for name, table in estate.items()])
    for name in "ab":
        for column in "xy":
            compare(ledger, estate, name, column)


DAYS = st.lists(st.tuples(st.integers(0, 4), st.dictionaries(st.sampled_from(NAMES), tables(), min_size=1)), min_size=1, max_size=4)


@settings(max_examples=15)
@given(first=ESTATES, days=DAYS)
def test_any_date_is_answered_as_of_that_date_whatever_came_late(ledger: Ledger, first: Estate, days: list[tuple[int, Estate]]) -> None:
    empty(ledger)
    said: dict[str, dict[int, Table]] = {name: {} for name in NAMES}
    learnt = []
    for day, estate in [(0, first), *days]:
        ledger.add([as_node(name, table) for name, table in estate.items()], observed_at=START + timedelta(days=day))
        for name, table in estate.items():
            said[name][day] = table
        learnt.append((from_microseconds(ledger.database.read("database/clock")["now"]), {name: dict(days) for name, days in said.items()}))
    for known_at, known_then in (learnt[0], learnt[-1]):
        for day in range(6):
            then = {name: tables[max(each for each in tables if each <= day)] for name, tables in known_then.items()}
            compare(ledger, then, "a", "x", as_of=START + timedelta(days=day), known_at=known_at)

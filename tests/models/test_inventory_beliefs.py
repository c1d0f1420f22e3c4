"""What is asked of an earlier belief is what was answered then, however late the events came; and how the answers are found."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_ledger import Ledger
from graph_ledger.values.model import ModelRef
from graph_ledger.values.moment import from_microseconds, point_in_time
from tests.graph import empty

START = datetime(2026, 1, 1, tzinfo=timezone.utc)
DAYS = (-1, 0, 2, 3, 5)
IDENTITY: dict[str, Any] = {"owner": "o", "model_type": "t", "tier": "low", "purpose": ""}
STATED = st.tuples(st.sampled_from("ab"), st.integers(0, 5), st.sampled_from(("owner", "present")), st.sampled_from("xy"))

Answer = dict[int, list[tuple[Any, ...]]]


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def plain(refs: list[ModelRef]) -> list[tuple[Any, ...]]:
    return [(ref.name, ref.owner, ref.tier, ref.present, ref.metadata) for ref in refs]


def answers(ledger: Ledger, known_at: datetime | None = None) -> tuple[Answer, Answer]:
    """Return the inventory, and the list with those that are gone, of every day."""
    return (
        {number: plain(ledger.inventory_at(day(number), known_at=known_at)) for number in DAYS},
        {number: plain(ledger.list(as_of=day(number), known_at=known_at)) for number in DAYS},
    )


@settings(max_examples=6)
@given(said=st.lists(STATED, min_size=1, max_size=6))
def test_what_was_believed_once_is_answered_as_it_was_then(said: list[tuple[str, int, str, str]], opened: Ledger) -> None:
    empty(opened)
    then: list[tuple[datetime, tuple[Answer, Answer]]] = []
    for name, number, field, value in [("a", 0, "new", ""), ("b", 3, "new", ""), *said]:
        if field == "new":
            opened.register(name=name, platform="p", metadata={"n": name}, timestamp=day(number), **IDENTITY)
        elif field == "owner":
            opened.update(name, actor="person", timestamp=day(number), owner=value)
        else:
            opened.record(name, event="not_found" if value == "x" else "scan_confirmed", actor="scan", timestamp=day(number))
        then.append((from_microseconds(opened.database.read("database/clock")["now"]), answers(opened)))
    for moment, answered in then:
        assert answers(opened, known_at=moment) == answered
    assert answers(opened, known_at=point_in_time("9999-12-31")) == then[-1][1]


@pytest.mark.parametrize("name", ["models/inventory_at", "models/list_at"])
def test_former_states_are_found_by_their_clocks(ledger: Ledger, name: str) -> None:
    filters = (
        dict.fromkeys(("owner", "platform", "model_type", "tier", "status", "text")) if name == "models/list_at" else {"platform": None}
    )
    when = point_in_time("2026-02-01")
    bounds = {"skip": 0, "most": 1} if name == "models/list_at" else {}
    plan = ledger.database.plan(name, as_of=when, known_at=when, open_end=when, **filters, **bounds)
    assert plan.count("NodeIndexSeek") == 2, plan
    assert plan.count("NodeByLabelScan") == 1, plan


def test_a_property_that_somebody_deleted_shifts_no_other(ledger: Ledger) -> None:
    for name in "abc":
        ledger.register(name=name, platform="p", metadata={"n": name}, timestamp=day(0), **IDENTITY)
    ledger.database.driver.execute_query("MATCH (m:ModelRef {name: 'b'}) REMOVE m.owner, m.metadata", database_="neo4j")
    found = ledger.inventory_at(day(1))
    assert [(ref.key, ref.owner, ref.metadata) for ref in found] == [("p/a", "o", {"n": "a"}), ("p/b", "", {}), ("p/c", "o", {"n": "c"})]

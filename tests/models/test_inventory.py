"""The inventory of a date is what a replay of every change says, and a diff tells who changed what."""

from datetime import datetime, timedelta, timezone
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph_ledger import DataNode, Ledger
from graph_ledger.values.listing import Listing
from tests.graph import empty

START = datetime(2026, 1, 1, tzinfo=timezone.utc)
FIELDS = ("owner", "tier", "status")
IDENTITY: dict[str, Any] = {"owner": "o", "model_type": "t", "tier": "low", "purpose": "", "status": "active"}
CHANGE = st.tuples(st.sampled_from("abc"), st.integers(1, 9), st.sampled_from(FIELDS), st.sampled_from("xyz"))
GONE = st.tuples(st.sampled_from("abc"), st.integers(1, 9), st.just("present"), st.booleans())
Change = tuple[str, int, str, Any]


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def replayed(changes: list[Change], number: int) -> dict[str, dict[str, Any]]:
    """Of one day what was told last holds."""
    models: dict[str, dict[str, Any]] = {name: {**IDENTITY, "present": True} for name in "abc"}
    for name, when, field, value in sorted(changes, key=lambda change: change[1]):
        if when <= number:
            models[name][field] = value
    return models


def at_day(changes: list[Change], number: int) -> dict[str, dict[str, Any]]:
    """Replay: what those were that were there."""
    return {name: fields for name, fields in replayed(changes, number).items() if fields["present"]}


def told(changes: list[Change]) -> list[Change]:
    """Leave out what is silent: to say of a day what holds then anyway, whatever is told of an earlier day afterwards."""
    kept: list[Change] = []
    for change in changes:
        name, when, field, value = change
        if field == "present" or replayed(kept, when)[name][field] != value:
            kept.append(change)
    return kept


@settings(max_examples=12)
@example(changes=[("a", 1, "owner", "x"), ("a", 1, "owner", "y"), ("a", 2, "owner", "y"), ("a", 1, "owner", "x")])
@given(changes=st.lists(CHANGE | GONE, max_size=10))
def test_the_inventory_of_every_day_is_what_a_replay_says(changes: list[Change], opened: Ledger) -> None:
    empty(opened)
    for name in "abc":
        opened.register(name=name, platform="p", timestamp=day(0), **IDENTITY)
    for place, (name, when, field, value) in enumerate(changes):
        if field == "present":
            opened.record(
                name, event="scan_confirmed" if value else "not_found", actor="scan", payload={"place": place}, timestamp=day(when)
            )
        else:
            opened.update(name, actor=f"day {when}", timestamp=day(when), **{field: value})
    changes = told(changes)
    for number in range(-1, 11):
        found = {ref.name: {field: getattr(ref, field) for field in FIELDS} for ref in opened.inventory_at(day(number))}
        expected = at_day(changes, number) if number >= 0 else {}
        assert found == {name: {field: fields[field] for field in FIELDS} for name, fields in expected.items()}, number
    check_diff(opened, changes, 2, 7)
    assert opened.verify(deep=True).ok


def check_diff(ledger: Ledger, changes: list[Change], first: int, last: int) -> None:
    """What differs between two days is what differs between two replays."""
    before, after = at_day(changes, first), at_day(changes, last)
    diff = ledger.inventory_diff(day(first), day(last))
    assert {ref.name for ref in diff.appeared} == after.keys() - before.keys()
    assert {ref.name for ref in diff.went} == before.keys() - after.keys()
    told = {(change.model, change.field, change.old, change.new) for change in diff.changed}
    both = before.keys() & after.keys()
    assert told == {
        (f"p/{name}", field, before[name][field], after[name][field])
        for name in both
        for field in FIELDS
        if before[name][field] != after[name][field]
    }
    for change in diff.changed:
        assert change.at is not None
        assert change.actor == f"day {(change.at - START).days}"


def test_a_source_that_no_longer_names_a_model_takes_it_out_of_the_inventory(ledger: Ledger) -> None:
    class Source:
        name = "s"

        def __init__(self, *names: str) -> None:
            self.names = names

        def discover(self) -> Listing:
            return Listing([DataNode(name, platform="p", metadata={"owner": name}) for name in self.names], source="s", complete=True)

    for number, names in enumerate(("ab", "b", "abc"), start=1):
        ledger.discover(Source(*names), observed_at=day(number))
    assert [[ref.name for ref in ledger.inventory_at(day(number))] for number in range(5)] == [
        [],
        ["a", "b"],
        ["b"],
        list("abc"),
        list("abc"),
    ]
    assert ledger.inventory_at("2026-06-30", "other") == []
    assert len(ledger.inventory_at("2026-06-30", "P")) == 3
    assert ledger.inventory_at("2026-06-30", known_at="2026-01-01") == []
    diff = ledger.inventory_diff(day(0), day(1))
    assert ([ref.key for ref in diff.appeared], diff.went, diff.changed) == (["p/a", "p/b"], (), ())


def test_who_changed_the_metadata_is_told(ledger: Ledger) -> None:
    for number in (1, 2):
        ledger.add(DataNode("m", platform="p", metadata={"n": number}), source="files/x", observed_at=day(number))
    (change,) = ledger.inventory_diff(day(1), day(2)).changed
    assert (change.field, change.old, change.new, change.actor, change.at) == ("metadata", {"n": 1}, {"n": 2}, "connector:files/x", day(2))

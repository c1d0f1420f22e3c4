"""Whatever is done to a ledger, the events that were there stay as they are, and every model's events are numbered without gaps."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from operator import itemgetter
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph_ledger import DataNode, Event, GraphLedgerError, Ledger
from graph_ledger.database import database as database_module
from graph_ledger.schema import Snapshot
from tests.discovery.test_late import Source, said
from tests.graph import edges, empty, nodes

START = datetime(2026, 1, 1, tzinfo=timezone.utc)
STORED = sorted({kept.db_property or name for name, kept in Snapshot.defined_properties(aliases=False, rels=False).items()} - {"position"})
"""Every property that the schema gives an event, under the name it has in the graph; its place in the log it gets later, once."""
NAMED, NUMBERED = (itemgetter(*map(STORED.index, names)) for names in (["snapshot_hash"], ["model_hash", "sequence"]))
IDENTITY: dict[str, Any] = {"model_type": "t", "purpose": ""}

Act = Callable[[Ledger], object]

names = st.sampled_from("abc")
words = st.sampled_from(["x", "y"])
grouped = st.sampled_from("ag")
pairs = st.sampled_from([("a", "b"), ("b", "c")])
whens = st.none() | st.integers(0, 3).map(lambda number: START + timedelta(days=number))
listings = st.dictionaries(names, st.tuples(st.sampled_from(["", "p", "pq"]), st.none() | words).map(lambda each: said(*each)), max_size=3)


def register(name: str, owner: str, tier: str, when: datetime | None) -> Act:
    return lambda ledger: ledger.register(name=name, owner=owner, tier=tier, timestamp=when, **IDENTITY)


def update(name: str, owner: str, when: datetime | None) -> Act:
    return lambda ledger: ledger.update(name, owner=owner, actor="me", timestamp=when)


def record(name: str, kind: str, word: str, when: datetime | None) -> Act:
    return lambda ledger: ledger.record(name, event=kind, actor="me", payload={"word": word}, tags={"t": word}, timestamp=when)


def record_many(told: list[tuple[str, str]], when: datetime | None) -> Act:
    events = [Event(model=name, event="metrics", actor="me", payload={"word": word}, timestamp=when) for name, word in told]
    return lambda ledger: ledger.record_many(events)


def discovered_by_hand(name: str) -> Act:
    return lambda ledger: ledger.record(name, event="discovered", actor="me", payload={"platform": "p"})


def add(name: str, port: str, owner: str, when: datetime | None) -> Act:
    node = DataNode(name, platform="p", inputs=[port], metadata={"owner": owner})
    return lambda ledger: ledger.add(node, source="s", observed_at=when)


def link(pair: tuple[str, str], word: str, when: datetime | None) -> Act:
    return lambda ledger: ledger.link_dependency(*pair, relationship=word, actor="me", timestamp=when)


def unlink(pair: tuple[str, str], when: datetime | None) -> Act:
    return lambda ledger: ledger.unlink_dependency(*pair, actor="you", timestamp=when)


def discover(listing: dict[str, Any], when: datetime | None) -> Act:
    return lambda ledger: ledger.discover(Source("s", listing), observed_at=when, allow_removals=True)


def register_group(members: list[str], when: datetime | None) -> Act:
    return lambda ledger: ledger.register_group(
        name="g", owner="o", tier="low", members=members, actor="me", timestamp=when, **IDENTITY
    )  # fmt: skip


def add_member(name: str, role: str | None, when: datetime | None) -> Act:
    return lambda ledger: ledger.add_member("g", name, role=role, actor="me", timestamp=when)


def remove_member(name: str, when: datetime | None) -> Act:
    return lambda ledger: ledger.remove_member("g", name, actor="me", timestamp=when)


def observe(name: str, when: datetime | None) -> Act:
    return lambda ledger: ledger.record_observation(name, observation_id="o", observation="o", status="open", actor="me", timestamp=when)


def resolve(name: str, when: datetime | None) -> Act:
    return lambda ledger: ledger.resolve_observation(name, observation_id="o", resolution="r", actor="me", timestamp=when)


def validate(name: str, word: str, when: datetime | None) -> Act:
    return lambda ledger: ledger.record_validation(name, result=word, actor="me", timestamp=when)


def tag(name: str, when: datetime | None) -> Act:
    return lambda ledger: ledger.tag(name, "production", timestamp=when)


def untag(name: str, when: datetime | None) -> Act:
    return lambda ledger: ledger.untag(name, "production", actor="me", timestamp=when)


def seal() -> Act:
    return lambda ledger: ledger.seal()


ACTS: list[st.SearchStrategy[Act]] = [
    st.builds(register, names, words, words, whens),
    st.builds(update, names, words, whens),
    st.builds(record, names, st.sampled_from(["metrics", "not_found", "scan_confirmed"]), words, whens),
    st.builds(record_many, st.lists(st.tuples(names, words), min_size=2, max_size=4), whens),
    st.builds(discovered_by_hand, names),
    st.builds(add, names, words, words, whens),
    st.builds(link, pairs, words, whens),
    st.builds(unlink, pairs, whens),
    st.builds(discover, listings, whens),
    st.builds(register_group, st.lists(names, unique=True), whens),
    st.builds(add_member, names, st.none() | words, whens),
    st.builds(remove_member, names, whens),
    st.builds(observe, grouped, whens),
    st.builds(resolve, grouped, whens),
    st.builds(validate, grouped, words, whens),
    st.builds(tag, grouped, whens),
    st.builds(untag, grouped, whens),
    st.builds(seal),
]
"""Every verb that writes, with what it may be given; a new verb gets a line here."""


EVERY = [
    register("c", "x", "y", None), update("a", "x", None), record("a", "metrics", "x", None), record_many([("a", "x"), ("b", "y")], None),
    discovered_by_hand("c"), add("a", "x", "y", None), link(("a", "b"), "x", None), unlink(("a", "b"), None),
    discover({"a": said("pq"), "b": said("")}, None), discover({"b": said("p")}, None), add_member("b", "x", None),
    record("b", "metrics", "y", None), remove_member("b", None), register_group(["c"], None), observe("g", None), resolve("g", None),
    validate("a", "x", None), tag("a", None), seal(), update("a", "x", None), tag("a", None), untag("a", None), seal(),
]  # fmt: skip
"""Each verb where it has something to do."""


@pytest.fixture
def quiet(ledger: Ledger, address: tuple[str, tuple[str, str]], monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    """The ledger, without asking for notifications, which costs more than all the rest."""
    monkeypatch.setattr(database_module, "NOTIFICATIONS", "OFF")
    with Ledger(address[0], auth=address[1]) as quiet:
        yield quiet


Events = tuple[set[tuple[Any, ...]], set[tuple[Any, ...]], set[tuple[Any, ...]]]


def events(ledger: Ledger) -> Events:
    """Return every event with all its properties, its place in the log where it has one, and whose it is."""
    stored = nodes(ledger, "Snapshot", "position", *STORED)
    hung = edges(ledger, "ModelRef", "HAS_SNAPSHOT", "Snapshot", "model_hash", "snapshot_hash")
    return {each[1:] for each in stored}, {(NAMED(each[1:]), each[0]) for each in stored if each[0] is not None}, hung


def check_numbers(ledger: Ledger, stored: set[tuple[Any, ...]]) -> None:
    """Every model knows its last number, and has an event for each number up to it."""
    last = nodes(ledger, "ModelRef", "model_hash", "last_sequence")
    assert {NUMBERED(each) for each in stored} == {(model, number) for model, most in last for number in range(1, most + 1)}


@pytest.mark.slow
@settings(max_examples=20)
@example(acts=EVERY)
@example(acts=[discover({"a": said("")}, START), discover({}, START)])  # what gave the platform was replaced
@given(acts=st.lists(st.one_of(ACTS), min_size=6, max_size=16))
def test_an_event_is_never_changed_and_a_refused_call_leaves_none(acts: list[Act], quiet: Ledger) -> None:
    empty(quiet)
    for name in "ab":
        quiet.register(name=name, owner="o", tier="low", timestamp=START + timedelta(days=1), **IDENTITY)
    register_group(["a"], START + timedelta(days=1))(quiet)
    before = events(quiet)
    for place, act in enumerate(acts):
        try:
            act(quiet)
            refused = False
        except GraphLedgerError:
            refused = True
        after = events(quiet)
        for was, now in zip(before, after, strict=True):
            assert was == now if refused else was <= now
        assert acts is not EVERY or before != after, place
        check_numbers(quiet, after[0])
        before = after
    verification = quiet.verify(deep=True)
    assert (verification.findings, verification.checked) == ((), len(before[0]))
    _, rows = quiet.database.table("MATCH (event:Snapshot) UNWIND keys(event) AS name RETURN DISTINCT name")
    assert {name for (name,) in rows} <= {*STORED, "position"}

"""Recording: one gap-free chain a model, whoever writes; identical events once, different ones never lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest

from graph_ledger import Event, Ledger, ModelNotFoundError, Snapshot, ValidationError
from graph_ledger.values.canonical import canonical_json
from graph_ledger.values.moment import isoformat
from graph_ledger.values.snapshot import chain_hash, snapshot_hash


@pytest.fixture
def model(ledger: Ledger) -> str:
    """A registered model."""
    ledger.register(name="m", owner="o", model_type="t", tier="high", purpose="p")
    return "m"


def unbroken(events: list[Snapshot]) -> bool:
    """Recompute the whole chain from what is stored."""
    previous = None
    for number, event in enumerate(sorted(events, key=lambda each: each.sequence or 0), start=1):
        name = snapshot_hash(
            model_hash=event.model_hash, event_type=event.event_type, actor=event.actor, source=event.source,
            timestamp=isoformat(event.timestamp), payload=canonical_json(event.payload), tags=canonical_json(event.tags),
            parent_hash=event.parent_hash, repetition=event.repetition,
        )  # fmt: skip
        assert event.recorded_at is not None
        link = chain_hash(name, number, isoformat(event.recorded_at), previous)
        if (event.snapshot_hash, event.sequence, event.previous_hash, event.chain_hash) != (name, number, previous, link):
            return False
        previous = link
    return True


def test_an_identical_event_is_recorded_once_and_any_difference_is_another(ledger: Ledger, model: str) -> None:
    when = "2026-01-01T12:00:00Z"
    first = ledger.record(model, event="approved", actor="alice", payload={"a": 1}, timestamp=when)
    again = ledger.record(
        model, event="approved", actor="alice", payload={"a": 1}, timestamp=datetime(2026, 1, 1, 13, tzinfo=timezone(timedelta(hours=1)))
    )
    assert again.snapshot_hash == first.snapshot_hash
    differing = {"event": "revoked"}, {"actor": "bob"}, {"payload": {"a": 2}}, {"tags": {"x": "y"}}, {"source": "s"}, {"parent": "p"}
    names = {first.snapshot_hash}
    for difference in differing:
        said = {"event": "approved", "actor": "alice", "payload": {"a": 1}, "timestamp": when} | difference
        names.add(ledger.record(model, **said).snapshot_hash)  # type: ignore[arg-type]
    assert len(names) == 7
    assert len(ledger.history(model)) == 8


def test_history_is_newest_first_by_time_and_then_by_sequence(ledger: Ledger, model: str) -> None:
    for number, day in enumerate(("2026-01-02", "2026-01-01", "2026-01-02")):
        ledger.record(model, event=f"e{number}", actor="a", timestamp=day)
    assert [event.event_type for event in ledger.history(model)] == ["registered", "e2", "e0", "e1"]
    assert [event.event_type for event in ledger.history(model, order="asc")] == ["e1", "e0", "e2", "registered"]
    assert [event.event_type for event in ledger.history(model, event_type="e0")] == ["e0"]
    assert [event.event_type for event in ledger.history(model, until="2026-01-01")] == ["e1"]
    assert [event.event_type for event in ledger.history(model, as_of="2026-06-01", limit=1)] == ["e2"]
    assert ledger.history(model, known_at="2026-01-01") == []


def test_many_writers_leave_one_unbroken_chain(ledger: Ledger, model: str, address: tuple[str, tuple[str, str]]) -> None:
    def write(writer: int) -> None:
        with Ledger(address[0], auth=address[1]) as mine:
            for number in range(10):
                mine.record(model, event="metrics", actor=f"w{writer}", payload={"n": number})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    events = ledger.history(model)
    assert sorted(event.sequence or 0 for event in events) == list(range(1, 42))
    assert unbroken(events)


def test_many_events_at_once_keep_their_order_and_their_twins(ledger: Ledger, model: str) -> None:
    events = [Event(model=model, event="metrics", actor="a", payload={"n": number % 3}, timestamp="2026-01-01") for number in range(6)]
    snapshots = ledger.record_many([*events, Event(model=model, event="done", actor="a")])
    assert [snapshot.payload.get("n") for snapshot in snapshots] == [0, 1, 2, 0, 1, 2, None]
    assert snapshots[0].snapshot_hash == snapshots[3].snapshot_hash
    stored = ledger.history(model)
    assert len(stored) == 5
    assert unbroken(stored)


def test_not_found_and_a_new_sight_change_presence_and_a_comment_does_not(ledger: Ledger, model: str) -> None:
    ledger.record(model, event="not_found", actor="scan")
    ledger.record(model, event="comment", actor="me")
    assert not ledger.get(model).present
    ledger.record(model, event="scan_confirmed", actor="scan")
    assert ledger.get(model).present


def test_a_payload_may_be_as_deep_as_any_reader_takes(ledger: Ledger, model: str) -> None:
    deep: dict[str, object] = {}
    for _ in range(100):
        deep = {"é": deep}
    assert ledger.record(model, event="e", actor="a", payload=deep).model_dump_json()
    for levels in (1, 1_000, 20_000):
        deeper: object = deep
        for _ in range(levels):
            deeper = {"é": deeper}
        with pytest.raises(ValidationError, match="flatter"):
            ledger.record(model, event="e", actor="a", payload=deeper)  # type: ignore[arg-type]


def test_bad_events_are_refused(ledger: Ledger, model: str) -> None:
    for bad in ({"event": " "}, {"actor": ""}, {"payload": {"x": {1, 2}}}, {"payload": [1]}, {"tags": {"x": object()}}, {"timestamp": "x"},
                {"timestamp": "2999-01-01"}, {"event": "updated"}, {"event": "depends_on"}):  # fmt: skip
        said = {"event": "e", "actor": "a"} | bad
        with pytest.raises(ValidationError):
            ledger.record(model, **said)
    with pytest.raises(ModelNotFoundError):
        ledger.record("nobody", event="e", actor="a")
    assert len(ledger.history(model)) == 1

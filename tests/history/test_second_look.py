"""Who verifies while others write and seal is told nothing that is not so, and all that is."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event as Flag
from typing import Any

import pytest

from graph_ledger import Event, Ledger
from graph_ledger.database.database import Transaction
from graph_ledger.history import second_look
from graph_ledger.values.verification import Finding
from tests.conftest import Address
from tests.history.tampering import model, small, tamper

__all__ = ["small"]

pytestmark = pytest.mark.usefixtures("small")
Stream = Callable[..., Iterator[list[Any]]]


def disturb(
    monkeypatch: pytest.MonkeyPatch, name: str, meanwhile: Callable[[Stream, Transaction, dict[str, Any]], Iterator[list[Any]]]
) -> None:
    """Answer the first such stream otherwise."""
    stream = Transaction.stream
    done: list[str] = []

    def disturbed(self: Transaction, asked: str, /, **parameters: Any) -> Iterator[list[Any]]:
        if asked == name and not done:
            done.append(name)
            return meanwhile(lambda: stream(self, name, **parameters), self, parameters)
        return stream(self, asked, **parameters)

    monkeypatch.setattr(Transaction, "stream", disturbed)


@pytest.mark.parametrize("name", ["history/chain", "history/chains"])
@pytest.mark.parametrize("newer", ["events", "head"])
def test_an_event_recorded_in_the_middle_of_a_look_is_no_finding(
    newer: str, name: str, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row says what the model counted when the row was read, which may be before or after the last row was."""
    model(ledger, "m", 3)

    def meanwhile(stream: Stream, *_: Any) -> Iterator[list[Any]]:
        before = list(stream())
        ledger.record("m", event="meanwhile", actor="me")
        after = list(stream())
        events, heads = (after, before) if newer == "events" else (before, after)
        return iter([[*event[:-2], *heads[0][-2:]] for event in events])

    disturb(monkeypatch, name, meanwhile)
    assert ledger.verify("m" if name == "history/chain" else None).findings == ()


@pytest.mark.parametrize("name", ["history/positions", "history/chains"])
def test_a_seal_set_in_the_middle_of_a_look_is_no_finding(name: str, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    model(ledger, "m", 9)

    def meanwhile(stream: Stream, *_: Any) -> Iterator[list[Any]]:
        before = list(stream())
        ledger.seal()
        return iter(before)

    disturb(monkeypatch, name, meanwhile)
    assert ledger.verify().findings == ()


def test_a_seal_set_before_the_positions_are_read_is_no_finding(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    model(ledger, "m", 9)

    def meanwhile(stream: Stream, *_: Any) -> Iterator[list[Any]]:
        ledger.seal()
        return stream()

    disturb(monkeypatch, "history/positions", meanwhile)
    assert ledger.verify().findings == ()


def test_a_model_changed_while_it_is_rebuilt_has_not_drifted(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.register(name="m", owner="o", model_type="t", tier="low", purpose="p", timestamp="2026-01-01")
    run = Transaction.run
    done: list[str] = []

    def meanwhile(self: Transaction, name: str, /, **parameters: Any) -> Any:
        row = run(self, name, **parameters)
        if name == "history/rebuild" and not done:
            done.append(name)
            ledger.update("m", actor="me", tier="high", timestamp="2026-02-01")
        return row

    monkeypatch.setattr(Transaction, "run", meanwhile)
    assert ledger.verify("m", deep=True).findings == ()


def test_what_is_so_is_told_though_others_write_on(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    model(ledger, "m", 5)
    ledger.seal()
    tamper(ledger, "MATCH (e:Snapshot {sequence: 2}) SET e.actor = 'you' WITH e MATCH (t:Tile) SET t.root_hash = 'x'")
    stream = Transaction.stream

    def beside(self: Transaction, name: str, /, **parameters: Any) -> Iterator[list[Any]]:
        rows = list(stream(self, name, **parameters))
        ledger.record("m", event="meanwhile", actor="me")
        return iter(rows)

    monkeypatch.setattr(Transaction, "stream", beside)
    assert {(each.model, each.sequence, each.kind) for each in ledger.verify().findings} == {
        ("/m", 2, "edited"),
        ("tile 0", None, "forged"),
    }


def finding(number: int) -> Finding:
    """One that differs by its number."""
    return Finding(model="m", sequence=number, kind="edited", field="content", detail="")


@pytest.mark.parametrize(
    ("looks", "told"),
    [
        ([[1, 2], [1, 2]], [1, 2]), ([[1, 2], []], []), ([[1], [2], [2]], [2]), ([[1, 2], [1, 3], [1]], [1]), ([[]], []),
        ([[1], [2], [3], [4], [5], [6]], []), ([[0, 1], [0, 2], [0, 3], [0, 4], [0, 5]], [0]),
    ],
)  # fmt: skip
def test_told_is_what_two_looks_in_a_row_agree_on(looks: list[list[int]], told: list[int]) -> None:
    first, *others = ([finding(number) for number in look] for look in looks)
    rest = iter(others)
    assert [each.sequence for each in second_look.lasting(first, lambda: next(rest))] == told


def test_a_writer_and_a_seal_at_work_are_no_findings(ledger: Ledger, address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_look, "PAUSE", 0.1)
    model(ledger, "m", 2)
    ledger.record_many([Event(model="m", event="e", actor="me", payload={"n": number}) for number in range(400)])
    others, stop = [Ledger(address[0], auth=address[1]) for _ in range(2)], Flag()

    def write() -> None:
        while not stop.is_set():
            others[0].record_many([Event(model="m", event="more", actor="me", payload={"n": number}) for number in range(20)])

    def seal() -> None:
        while not stop.is_set():
            others[1].seal()

    with ThreadPoolExecutor(2) as pool:
        working = [pool.submit(write), pool.submit(seal)]
        found = [ledger.verify(deep=turn == 2).findings for turn in range(4)]
        stop.set()
    for each in working:
        each.result()
    for other in others:
        other.close()
    assert found == [()] * 4

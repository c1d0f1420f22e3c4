"""Many at once: no circle closes, no change is heard twice or by the wrong group, and what breaks halfway leaves nothing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest

from graph_ledger import Ledger, ValidationError
from graph_ledger.database.database import Transaction
from tests.conftest import Address
from tests.graph import counts

IDENTITY: dict[str, Any] = {"owner": "o", "model_type": "t", "tier": "low", "purpose": "", "timestamp": "2026-01-01"}


def at_once(work: Callable[[Any], object], over: list[Any]) -> list[Exception | None]:
    """Do all of it in threads of their own; return what each raised."""

    def one(item: Any) -> Exception | None:
        try:
            work(item)
        except ValidationError as error:
            return error
        return None

    with ThreadPoolExecutor(len(over)) as pool:
        return list(pool.map(one, over))


def test_groups_put_into_each_other_at_once_close_no_circle(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Down from a lie x and b, down from c lie y and d. Now c joins b and a joins d: two who lock no common model, and each looks first."""
    for name in "axbcyd":
        ledger.register(name=name, **IDENTITY)
    for group, member in ("ax", "xb", "cy", "yd"):
        ledger.add_member(group, member, actor="me")
    both_have_looked = Barrier(2)
    run = Transaction.run

    def slow(self: Transaction, name: str, /, **parameters: Any) -> Any:
        row = run(self, name, **parameters)
        if name == "composites/above":
            with suppress(BrokenBarrierError):  # where the second one has to wait, the first one goes on alone
                both_have_looked.wait(timeout=4)
        return row

    monkeypatch.setattr(Transaction, "run", slow)
    refused = at_once(lambda pair: ledger.add_member(pair[0], pair[1], actor="me"), ["bc", "da"])
    assert len([error for error in refused if error is not None]) == 1
    for name in "axbcyd":
        assert name not in {member.name for member in ledger.members(name, deep=True)}
    assert ledger.verify(deep=True).ok


def test_each_change_is_heard_once_by_the_groups_of_its_time(ledger: Ledger, address: Address) -> None:
    for name in ("a", "b", "g", "h"):
        ledger.register(name=name, **IDENTITY)
    ledger.add_member("g", "a", actor="me", timestamp="2026-01-02")
    written: list[Any] = []

    def busy(number: int) -> None:
        with Ledger(address[0], auth=address[1]) as mine:
            for step in range(6):
                member = "ab"[(number + step) % 2]
                if number % 2:
                    written.append(mine.record(member, event="retrained", actor=f"w{number}", payload={"step": step}))
                elif step % 2:
                    mine.remove_member("gh"[number % 4 // 2], member, actor="me") if _is_in(mine, number, member) else None
                else:
                    mine.add_member("gh"[number % 4 // 2], member, actor="me")

    assert at_once(busy, list(range(8))) == [None] * 8
    assert ledger.verify(deep=True).ok
    heard = [
        (group, event.payload["original_snapshot_hash"]) for group in "gh" for event in ledger.history(group, event_type="member_changed")
    ]
    expected = [(group.name, event.snapshot_hash) for event in written for group in ledger.groups(event.model_hash, as_of=event.timestamp)]
    assert len(written) == 24
    assert sorted(heard) == sorted(expected)


def _is_in(ledger: Ledger, number: int, member: str) -> bool:
    group = "gh"[number % 4 // 2]
    return any(each.payload["member_name"] == member for each in ledger.history(group, event_type="member_added"))


@pytest.mark.parametrize("statement", ["composites/mark_members", "composites/write_members", "history/create_models", "history/append"])
def test_what_breaks_halfway_leaves_nothing(statement: str, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        ledger.register(name=name, **IDENTITY)
    before = counts(ledger)
    run = Transaction.run

    def broken(self: Transaction, name: str, /, **parameters: Any) -> Any:
        if name == statement:
            raise ConnectionError(name)
        return run(self, name, **parameters)

    with monkeypatch.context() as patched:
        patched.setattr(Transaction, "run", broken)
        with pytest.raises(ConnectionError):
            ledger.register_group(name="g", members=["a", "b"], actor="me", **IDENTITY)
    assert counts(ledger) == before
    ledger.register_group(name="g", members=["a", "b"], actor="me", **IDENTITY)
    assert [member.name for member in ledger.members("g")] == ["a", "b"]
    assert ledger.verify(deep=True).ok

"""What may go wrong while writing: a lost answer, a broken run, a batch too large, two writers at once."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from graph_ledger import DatabaseError, DataNode, DataPort, Ledger
from graph_ledger.database.batches import write_in_batches
from graph_ledger.database.database import Database, Transaction
from graph_ledger.discovery import add as add_module
from graph_ledger.errors import BatchTooLargeError
from tests.graph import counts, edges, nodes
from tests.history.test_record import unbroken


def estate(count: int = 12, tag: str = "") -> list[DataNode]:
    """A chain of nodes, one of them with a pattern."""
    chain = [
        DataNode(f"n{number:02}", platform="p", inputs=[f"t{number - 1}"], outputs=[f"t{number}"], metadata={"tag": tag})
        for number in range(count)
    ]
    return [*chain, DataNode("all", platform="p", inputs=[DataPort("alerts", kind="%")], outputs=[DataPort("alerts", kind="x")])]


def small_batches(monkeypatch: pytest.MonkeyPatch, size: int = 3) -> None:
    """Make every slice small, so that a load has several transactions."""
    monkeypatch.setattr(add_module, "write_in_batches", lambda database, items, work: write_in_batches(database, items, work, size))


def failing(monkeypatch: pytest.MonkeyPatch, at: int, *, committed: bool) -> None:
    """Let the write number ``at`` fail, before it was done or after it was committed."""
    write: Callable[..., Any] = Database.write
    done = [0]

    def broken(self: Database, work: Callable[[Transaction], Any]) -> Any:
        done[0] += 1
        if done[0] == at and not committed:
            raise DatabaseError("the line broke")
        result = write(self, work)
        if done[0] == at:
            raise DatabaseError("the line broke before the answer came")
        return result

    monkeypatch.setattr(Database, "write", broken)


def picture(ledger: Ledger) -> tuple[object, ...]:
    """Everything that must be alike however the load went."""
    return (
        nodes(ledger, "ModelRef", "key", "last_sequence", "owner"),
        edges(ledger, "DataNode", "FEEDS", "Port"),
        edges(ledger, "Port", "FEEDS", "DataNode"),
        counts(ledger),
    )


@pytest.mark.parametrize("committed", [True, False])
@pytest.mark.parametrize("at", [2, 4])
def test_a_broken_load_is_repeated_without_harm(ledger: Ledger, monkeypatch: pytest.MonkeyPatch, at: int, *, committed: bool) -> None:
    small_batches(monkeypatch)
    ledger.add(estate(tag="a"), observed_at="2026-01-01", source="s")
    for day in ("2026-02-01", "2026-03-01"):
        with monkeypatch.context() as broken:
            failing(broken, at, committed=committed)
            with pytest.raises(DatabaseError, match="line broke"):
                ledger.add(estate(tag=day), observed_at=day, source="s")
        ledger.add(estate(tag=day), observed_at=day, source="s")
    repeated = picture(ledger)
    assert all(unbroken(ledger.history(model)) for model in ledger.list())
    from tests.graph import empty

    empty(ledger)
    for tag, day in (("a", "2026-01-01"), ("2026-02-01", "2026-02-01"), ("2026-03-01", "2026-03-01")):
        ledger.add(estate(tag=tag), observed_at=day, source="s")
    assert picture(ledger) == repeated


def test_a_batch_that_is_too_large_is_halved(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Transaction.run
    refused = []

    def full(self: Transaction, name: str, /, **parameters: Any) -> Any:
        if name == "history/create_models" and len(parameters["rows"]) > 3:
            refused.append(len(parameters["rows"]))
            raise BatchTooLargeError("pool is full")
        return run(self, name, **parameters)

    monkeypatch.setattr(Transaction, "run", full)
    assert ledger.add(estate()).added == 13
    assert refused[0] == 13
    assert len(nodes(ledger, "ModelRef", "key")) == 13


def test_one_node_that_does_not_fit_is_an_error_and_leaves_nothing(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Transaction, name: str, /, **parameters: Any) -> Any:
        if name == "discovery/ports":
            raise BatchTooLargeError("pool is full")
        return run(self, name, **parameters)

    run = Transaction.run
    monkeypatch.setattr(Transaction, "run", full)
    with pytest.raises(BatchTooLargeError):
        ledger.add(estate())
    assert nodes(ledger, "ModelRef", "key") == set()


WRITER = """
import sys
from graph_ledger import DataNode, Ledger
uri, user, password, source = sys.argv[1:]
with Ledger(uri, auth=(user, password)) as ledger:
    print("ready", flush=True)
    sys.stdin.readline()
    for turn in range(3):
        nodes = [DataNode(f"n{i}", "p", [f"t{i - 1}"], [f"t{i}"], {"turn": turn}) for i in range(60)]
        ledger.add(nodes, source=source)
"""


@pytest.mark.slow
@pytest.mark.parametrize("sources", [("s", "s", "s"), ("a", "b", "c")])
def test_writers_at_once_leave_no_twins_and_lose_nothing(
    ledger: Ledger, address: tuple[str, tuple[str, str]], sources: tuple[str, ...]
) -> None:
    command = [sys.executable, "-c", WRITER, address[0], *address[1]]
    writers = [subprocess.Popen([*command, each], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for each in sources]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.communicate("go\n", timeout=120)
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    assert len(nodes(ledger, "ModelRef", "key")) == 60
    assert counts(ledger)["ModelRef"] == 60
    assert edges(ledger, "DataNode", "FEEDS", "Port") == {(f"p/n{i}", f"t{i}") for i in range(60)}
    assert ledger.trace("n59") == [f"n{i}" for i in range(60)]
    assert all(unbroken(ledger.history(model)) for model in ledger.list())

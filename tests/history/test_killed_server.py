"""The database is killed in the middle of appends: what was acknowledged is there, and what is asked again is there once."""

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from graph_ledger import DatabaseError, Event, Ledger, Snapshot, server
from graph_ledger.database import database as database_module
from graph_ledger.database.database import Database, Transaction
from graph_ledger.server.folders import Home
from graph_ledger.server.process import end
from graph_ledger.settings import Settings

START = datetime(2026, 1, 1, tzinfo=timezone.utc)
EVENTS = [Event(model=None, event="metrics", actor="me", payload={"n": n}, timestamp=START + timedelta(seconds=n)) for n in range(1_000)]
Calls = list[list[Event]]
SINGLE: Calls = [[event] for event in EVENTS]
ONE_BY_ONE: Calls = SINGLE[:300]
SOME_AT_ONCE: Calls = [part for n in range(0, 1_000, 100) for part in [*SINGLE[n : n + 50], EVENTS[n + 50 : n + 100]]]
"""Fifty one by one, the next fifty at once, and so on."""

Death = Callable[[Callable[[], None], pytest.MonkeyPatch], None]
"""Sees to it that the server is killed during the next call."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A server's home, which ``Ledger()`` opens, starting the server where it does not run."""
    folder = tmp_path_factory.mktemp("killed")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.delenv("GRAPH_LEDGER_URI", raising=False)
        patch.setenv("GRAPH_LEDGER_HOME", str(folder / "home"))
        patch.setattr(database_module, "RETRY_SECONDS", 0)  # nobody starts the server again but the client that has lost it
        patch.setattr(database_module, "NOTIFICATIONS", "OFF")  # asking for them costs 10 ms a statement
        yield folder / "home"
    end(Home.at(folder / "home"), grace=0)


def between_commit_and_answer(kill: Callable[[], None], patch: pytest.MonkeyPatch) -> None:
    """The server has committed, and the client does not learn of it."""
    write: Callable[..., Any] = Database.write

    def dying(self: Database, work: Callable[[Transaction], Any]) -> Any:
        write(self, work)
        kill()
        raise DatabaseError("the line broke before the answer came")

    patch.setattr(Database, "write", dying)


def at_any_instant(kill: Callable[[], None], _: pytest.MonkeyPatch) -> None:
    """Before, within or after the transaction."""
    Timer(random.uniform(0, 0.02), kill).start()


def append_all(home: Path, model: str, calls: Calls, deaths: dict[int, Death]) -> tuple[list[Snapshot], Calls]:
    """Append everything, losing the server on the way; return what was acknowledged, and the calls that had to be repeated."""
    acknowledged: list[Snapshot] = []
    repeated: Calls = []

    def kill() -> None:
        pid = server.status(home, Settings().cache).pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)

    ledger = Ledger()
    ledger.register(name=model, owner="o", model_type="t", tier="high", purpose="p", timestamp=START)
    for place, call in enumerate(calls):
        with pytest.MonkeyPatch.context() as patch:
            if place in deaths:
                deaths[place](kill, patch)
            try:
                acknowledged += append(ledger, model, call)
                continue
            except DatabaseError:
                repeated.append(call)
        ledger.close()
        wait_until_gone(home)
        ledger = Ledger()
        found = {event.snapshot_hash for event in ledger.history(model, event_type="metrics")}
        known = {event.snapshot_hash for event in acknowledged}
        assert known <= found
        assert len(found - known) in {0, len(call)}  # a call is there as a whole or not at all
        acknowledged += append(ledger, model, call)
    ledger.close()
    return acknowledged, repeated


def append(ledger: Ledger, model: str, call: list[Event]) -> list[Snapshot]:
    if len(call) > 1:
        return ledger.record_many([event.model_copy(update={"model": model}) for event in call])
    (event,) = call
    return [ledger.record(model, event=event.event, actor=event.actor, payload=event.payload, timestamp=event.timestamp)]


def wait_until_gone(home: Path) -> None:
    """Give the system a moment to end a killed process."""
    limit = time.monotonic() + 10
    while server.status(home, Settings().cache).state == "running" and time.monotonic() < limit:
        time.sleep(0.02)


PLANS: dict[str, tuple[Calls, dict[int, Death]]] = {
    "one by one": (ONE_BY_ONE, {150: between_commit_and_answer}),
    "some at once": (SOME_AT_ONCE, {254: at_any_instant}),
}


@pytest.mark.slow
@pytest.mark.parametrize("plan", PLANS)
def test_killing_the_database_loses_nothing_that_was_acknowledged(plan: str, home: Path) -> None:
    calls, deaths = PLANS[plan]
    number = sum(map(len, calls))
    assert [len(calls[place]) for place in deaths] == ([1] if calls is ONE_BY_ONE else [50])
    acknowledged, repeated = append_all(home, plan, calls, deaths)
    assert len(repeated) == len(deaths)
    with Ledger() as ledger:
        verification, stored = ledger.verify(plan), ledger.history(plan, order="asc")
        assert ledger.verify().ok
    assert (verification.ok, verification.checked) == (True, number + 1)
    assert [event.sequence for event in stored] == list(range(1, number + 2))
    assert [event.payload["n"] for event in stored[1:]] == list(range(number))
    assert stored[1:] == acknowledged

"""Who writes of one model waits for nobody who writes of another."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest

from graph_ledger import DataNode, Ledger
from graph_ledger.database.database import Transaction

IDENTITY: dict[str, Any] = {"owner": "o", "model_type": "t", "tier": "low", "purpose": ""}
PATIENCE = 20.0

WRITES: dict[str, Callable[[Ledger], object]] = {
    "record": lambda ledger: ledger.record("b", event="retrained", actor="me"),
    "register": lambda ledger: ledger.register(name="new", platform="p", **IDENTITY),
    "add": lambda ledger: ledger.add(DataNode("other", platform="q", outputs=["t"])),
    "tag": lambda ledger: ledger.tag("b", "production"),
    "add_member": lambda ledger: ledger.add_member("g", "b", actor="me"),
}
HOLDERS: dict[str, Callable[[Ledger], object]] = {
    "record": lambda ledger: ledger.record("a", event="retrained", actor="me"),
    "register": lambda ledger: ledger.register(name="first", platform="p", **IDENTITY),
}


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("held", HOLDERS)
def test_writers_of_different_models_do_not_wait_for_each_other(
    held: str, write: str, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abg":
        ledger.register(name=name, platform="p", **IDENTITY)
    in_the_middle, go_on = Event(), Event()
    run = Transaction.run

    def slow(self: Transaction, name: str, /, **parameters: Any) -> Any:
        row = run(self, name, **parameters)
        if name in {"history/append", "history/create_models"} and not in_the_middle.is_set():
            in_the_middle.set()
            go_on.wait(PATIENCE)
        return row

    monkeypatch.setattr(Transaction, "run", slow)
    with ThreadPoolExecutor(2) as pool:
        try:
            first = pool.submit(HOLDERS[held], ledger)
            assert in_the_middle.wait(PATIENCE)
            pool.submit(WRITES[write], ledger).result(timeout=PATIENCE / 2)
            assert not first.done()
        finally:
            go_on.set()
        first.result(timeout=PATIENCE)
    assert ledger.verify(deep=True).ok

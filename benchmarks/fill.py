"""Fill: how our side comes by many events, outside the clock; in the order in which they happened, as a history leaves them."""

from collections.abc import Callable, Sequence

from benchmarks.histories import History, make_histories
from benchmarks.memberships import BEGIN, GROUP, make_steps, members_after, names
from graph_ledger import DataNode, Ledger
from graph_ledger.database.batches import write_in_batches
from graph_ledger.database.database import Transaction
from graph_ledger.history.append import append
from graph_ledger.history.by_hand import appending_of
from graph_ledger.history.draft import Draft
from graph_ledger.history.locked import Locked, blank, lock
from graph_ledger.values.model import model_hash
from graph_ledger.values.moment import microseconds


def fill_histories(ledger: Ledger, size: int) -> None:
    """Append the n-th event of each model in turn, as ``update`` and ``record`` would, thousands in one transaction."""
    histories = make_histories(size)
    for place in range(1 + max(len(each.events) for each in histories)):
        _each(ledger, [each for each in histories if place <= len(each.events)], lambda history, place=place: _draft(history, place))  # type: ignore[misc]


def fill_memberships(ledger: Ledger, size: int = 0) -> None:
    """Let the group be what each step makes it."""
    del size
    ledger.add([DataNode(name, platform="bench") for name in names()], observed_at=BEGIN)
    for number, step in enumerate(make_steps(), start=1):
        ledger.register_group(
            name=GROUP, platform="bench", owner="risk", model_type="composite", tier="high", purpose="p",
            members=sorted(members_after(number)), actor="bench", timestamp=step.at,
        )  # fmt: skip


def _each(ledger: Ledger, histories: Sequence[History], draft: Callable[[History], Draft]) -> None:
    def work(transaction: Transaction, part: Sequence[History]) -> None:
        models, now = lock(transaction, [_key(each) for each in part])
        append(transaction, [appending_of(transaction, models.get(_key(each)) or _new(each), [draft(each)]) for each in part], now)

    for _ in write_in_batches(ledger.database, histories, work):
        pass


def _draft(history: History, place: int) -> Draft:
    if place == 0:
        said = {**history.fields, "name": history.name, "platform": history.platform}
        return Draft("registered", "bench", microseconds(history.born), said)
    event = history.events[place - 1]
    return Draft(event.kind, "bench", microseconds(event.at), event.payload)


def _key(history: History) -> str:
    return f"{history.platform}/{history.name}"


def _new(history: History) -> Locked:
    return blank(_key(history), model_hash(history.platform, history.name), history.name, history.platform)

"""Verify: recompute every hash from what is stored, in a stream."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from graph_ledger.database.database import Database, Transaction
from graph_ledger.history.chain_check import Chain, Stored
from graph_ledger.history.log_check import check_log
from graph_ledger.history.second_look import lasting
from graph_ledger.values.verification import Finding, Verification


def verify(database: Database, model_hash: str | None = None) -> Verification:
    """Recompute the events of one model, or of all and the log that seals closed; report whatever is not as it was recorded.

    What looks wrong is looked at again, model by model, and reported if it lasts: others may be writing.
    What this can find, and what only a checkpoint that is kept elsewhere can, is said in ``docs/guarantees.md``.
    Cost: one pass in the order of an index, each event once, and one along the log; memory for findings, seals and tiles alone.
    Source: ``docs/guarantees.md``; proved by ``tests/history/test_verify.py``.
    """
    first = database.reading(_first_look if model_hash is None else lambda transaction: _look_at_one(transaction, model_hash))
    found = [*first.unchained, *(each for _, chain in first.chains for each in chain), *first.log]
    findings = tuple(sorted(lasting(found, lambda: _look_again(database, first)), key=lambda each: (each.model, each.sequence or 0)))
    return Verification(ok=not findings, checked=first.counted.events, models=first.counted.models, findings=findings)


class _FirstLook(NamedTuple):
    """What looks wrong at first sight."""

    counted: "_Counted"
    unchained: list[Finding]
    chains: list[tuple[Any, list[Finding]]]
    """By ``model_hash``; those alone in which anything was found."""
    log: list[Finding]


def _first_look(transaction: Transaction) -> _FirstLook:
    counted, unchained = _Counted(), list(_unchained(transaction))
    chains = list(counted.suspects(transaction.stream("history/chains")))
    return _FirstLook(counted, unchained, chains, list(check_log(transaction)))


def _look_at_one(transaction: Transaction, model_hash: str) -> _FirstLook:
    counted = _Counted()
    chains = list(counted.suspects(transaction.stream("history/chain", model_hash=model_hash)))
    return _FirstLook(counted, [], chains, [])


def _look_again(database: Database, first: _FirstLook) -> Iterator[Finding]:
    """Look at what seemed wrong, model by model and each in a transaction of its own."""
    if first.unchained:
        yield from database.reading(lambda transaction: list(_unchained(transaction)))
    for model_hash, found in first.chains:
        if isinstance(model_hash, str):
            for _, again in database.reading(lambda transaction, one=model_hash: _look_at_one(transaction, one)).chains:  # type: ignore[misc]
                yield from again
        else:  # no writer ever wrote such a one, and NaN would not even be found again
            yield from found
    if first.log:
        yield from database.reading(lambda transaction: list(check_log(transaction)))


class _Counted:
    """Goes through chains, and counts."""

    def __init__(self) -> None:
        self.events = self.models = 0

    def suspects(self, rows: Iterable[list[Any]]) -> Iterator[tuple[Any, list[Finding]]]:
        """Yield each chain in which anything does not fit."""
        chain, found = None, list[Finding]()
        for row in rows:
            event = Stored(*row)
            if chain is None or event.model_hash != chain.model_hash:
                yield from _ended(chain, found)
                chain, found = Chain(event), []
                self.models += 1
            found += chain.check(event)
            self.events += 1
        yield from _ended(chain, found)


def _ended(chain: Chain | None, found: list[Finding]) -> Iterator[tuple[Any, list[Finding]]]:
    if chain is not None and (all_found := [*found, *chain.end()]):
        yield chain.model_hash, all_found


def _unchained(transaction: Transaction) -> Iterator[Finding]:
    row = transaction.run("history/unchained")
    for name, model_hash, sequence in row["events"]:
        lost = "model_hash" if model_hash is None else "sequence"
        said = f"the event {name} has no {lost}"
        number = sequence if type(sequence) is int else None
        yield Finding(model=str(model_hash or "?"), sequence=number, kind="edited", field=lost, detail=said)
    for key, last in row["models"]:
        said = f"the model has none of its {last} events" if last else "the model has no events, and every model begins with one"
        yield Finding(model=str(key or "?"), sequence=1, kind="missing", field="sequence", detail=said)

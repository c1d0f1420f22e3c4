"""Verify: recompute every hash from what is stored, in a stream."""

from collections.abc import Iterable, Iterator
from typing import Any

from graph_ledger.database.database import Database, Transaction
from graph_ledger.history.chain_check import Chain, Stored
from graph_ledger.history.log_check import check_log
from graph_ledger.values.verification import Finding, Verification


def verify(database: Database, model_hash: str | None = None) -> Verification:
    """Recompute the events of one model, or of all and the log that seals closed; report whatever is not as it was recorded.

    What this can find, and what only a checkpoint that is kept elsewhere can, is said in ``docs/guarantees.md``.
    Cost: one pass in the order of an index, each event once, and one along the log; memory for findings, seals and tiles alone.
    Source: ``docs/guarantees.md``; proved by ``tests/history/test_verify.py``.
    """

    def work(transaction: Transaction) -> Verification:
        counted = _Counted()
        if model_hash is None:
            findings = [*_unchained(transaction), *counted.check(transaction.stream("history/chains")), *check_log(transaction)]
        else:
            findings = list(counted.check(transaction.stream("history/chain", model_hash=model_hash)))
        found = tuple(sorted(findings, key=lambda finding: (finding.model, finding.sequence or 0)))
        return Verification(ok=not found, checked=counted.events, models=counted.models, findings=found)

    return database.reading(work)


class _Counted:
    """Goes through chains, and counts."""

    def __init__(self) -> None:
        self.events = self.models = 0

    def check(self, rows: Iterable[list[Any]]) -> Iterator[Finding]:
        chain = None
        for row in rows:
            event = Stored(*row)
            if chain is None or event.model_hash != chain.model_hash:
                if chain is not None:
                    yield from chain.end()
                chain = Chain(event)
                self.models += 1
            yield from chain.check(event)
            self.events += 1
        if chain is not None:
            yield from chain.end()


def _unchained(transaction: Transaction) -> Iterator[Finding]:
    row = transaction.run("history/unchained")
    for name, model_hash, sequence in row["events"]:
        lost = "model_hash" if model_hash is None else "sequence"
        said = f"the event {name} has no {lost}"
        yield Finding(model=str(model_hash or "?"), sequence=_number(sequence), kind="edited", field=lost, detail=said)
    for key, last in row["models"]:
        said = f"the model has none of its {last} events" if last else "the model has no events, and every model begins with one"
        yield Finding(model=key, sequence=1, kind="missing", field="sequence", detail=said)


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None

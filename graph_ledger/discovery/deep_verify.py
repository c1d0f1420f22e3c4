"""Deep verification: rebuild everything that is kept beside the events from the events, and say what is not the same."""

from collections.abc import Container, Iterator

from graph_ledger.composites.rebuilt import compare_members
from graph_ledger.database.database import Database, Transaction
from graph_ledger.discovery.rebuilt import compare_claims, compare_patterns
from graph_ledger.history.rebuilt import compare, read_kept
from graph_ledger.values.verification import Finding, Verification

BATCH = 500
"""Models that are rebuilt at once."""


def deepen(database: Database, verification: Verification, key: str | None = None) -> Verification:
    """Add what drifted: of one model, or of all, batch after batch.

    A model whose events are not as they were recorded cannot be rebuilt from them, and stands among the findings already.
    Cost: each event that says something once, each claim, membership, former state and tag once; memory for one batch.
    Source: ``docs/guarantees.md``; proved by ``tests/discovery/test_deep_verify.py``.
    """
    broken = {finding.model for finding in verification.findings}
    found = [*verification.findings, *_drifted(database, broken, key)]
    return verification.model_copy(update={"ok": not found, "findings": tuple(found)})


def _drifted(database: Database, broken: Container[str], key: str | None) -> Iterator[Finding]:
    after = ""
    while True:
        keys = [key] if key is not None else database.read("history/model_keys", after=after, most=BATCH)["keys"]
        if not keys:
            break
        yield from _batch(database, [each for each in keys if each not in broken])
        if key is not None:
            return
        after = keys[-1]
    yield from database.reading(lambda transaction: list(compare_patterns(transaction)))


def _batch(database: Database, keys: list[str]) -> list[Finding]:
    def work(transaction: Transaction) -> list[Finding]:
        kept = read_kept(transaction, keys)
        own = [finding for each in kept for finding in compare(each)]
        return [*own, *compare_members(transaction, kept), *compare_claims(transaction, kept)]

    return sorted(database.reading(work), key=lambda finding: (finding.model, finding.field)) if keys else []

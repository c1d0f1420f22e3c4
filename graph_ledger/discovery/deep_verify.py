"""Deep verification: rebuild everything that is kept beside the events from the events, and say what is not the same."""

from collections.abc import Container, Hashable, Iterator
from functools import partial

from graph_ledger.composites.rebuilt import compare_members
from graph_ledger.database.database import Database, Transaction
from graph_ledger.discovery.rebuilt import compare_claims, compare_patterns
from graph_ledger.history.rebuilt import compare, read_kept
from graph_ledger.history.second_look import lasting
from graph_ledger.values.verification import Finding, Verification

BATCH = 500
"""Models that are rebuilt at once."""


def deepen(database: Database, verification: Verification, key: str | None = None) -> Verification:
    """Add what drifted: of one model, or of all, batch after batch.

    What drifted is looked at again and reported if it lasts: others may be writing.
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
        yield from _lasting(database, [each for each in keys if each not in broken])
        if key is not None:
            return
        after = keys[-1]
    patterns = partial(database.reading, lambda transaction: list(compare_patterns(transaction)))
    yield from lasting(patterns(), patterns, same=_words)


def _lasting(database: Database, keys: list[str]) -> list[Finding]:
    found = _batch(database, keys)
    suspects = sorted({finding.model for finding in found})
    return lasting(found, lambda: _batch(database, suspects), same=_words)


def _words(finding: Finding) -> Hashable:
    """What drifted differs each time that others write on: told is what differs in the same way twice."""
    return finding.model, finding.sequence, finding.field, finding.detail


def _batch(database: Database, keys: list[str]) -> list[Finding]:
    def work(transaction: Transaction) -> list[Finding]:
        kept = read_kept(transaction, keys)
        own = [finding for each in kept for finding in compare(each)]
        return [*own, *compare_members(transaction, kept), *compare_claims(transaction, kept)]

    return sorted(database.reading(work), key=lambda finding: (finding.model, finding.field)) if keys else []

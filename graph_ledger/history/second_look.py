"""Second look: who reads while others write may see half of what they write; told is only what is there in a later transaction, too."""

import time
from collections.abc import Callable, Hashable, Iterable

from graph_ledger.values.verification import Finding

LOOKS = 4
"""How often is looked again at most, until two looks in a row agree."""
PAUSE = 0.25
"""Seconds before each: longer than the server takes from the first word of a commit that others see to its last."""


def place(finding: Finding) -> Hashable:
    """Say where a finding is, without its words, which change while others write on."""
    return finding.model, finding.sequence, finding.kind, finding.field


def lasting(found: Iterable[Finding], look: Callable[[], Iterable[Finding]], same: Callable[[Finding], Hashable] = place) -> list[Finding]:
    """Return what is found again by a look in a transaction of its own; nothing found needs none."""
    lasting = list(found)
    before = set(map(same, lasting))
    for _ in range(LOOKS if before else 0):
        time.sleep(PAUSE)
        again = list(look())
        lasting = [each for each in again if same(each) in before]
        if len(lasting) == len(again):
            break
        before = set(map(same, again))
    return lasting

"""Who was in a group of 1,000 when half of its 10,000 changes were made."""

from typing import Any

from benchmarks.memberships import GROUP, make_steps, members_after, middle
from benchmarks.peer.calls import Call, Rival
from benchmarks.row import About
from graph_ledger import Ledger

ABOUT = About(
    "`membership_at`, 1,000 members, 10,000 changes", "memberships", ("register_group", "membership_at"), at_least=10, runs=15, warm=10
)


def prepare(ledger: Ledger, size: int) -> Any:
    del ledger, size
    return make_steps()[middle() - 1].at


def work(ledger: Ledger, prepared: Any) -> Any:
    return ledger.membership_at(GROUP, prepared)


def peer(prepared: Any) -> Rival:
    """Ask of the time at which the peer itself had made half of the changes: it records each as of now."""
    del prepared
    return Call("membership_at_middle")


def check(prepared: Any, ours: Any, theirs: Any) -> int:
    assert prepared
    expected = members_after(middle())
    for answer in ([each.name for each in ours], [each["name"] for each in theirs]):
        assert len(answer) == len(expected), f"{len(answer)} members, not {len(expected)}"
        assert set(answer) == expected
    return len(expected)

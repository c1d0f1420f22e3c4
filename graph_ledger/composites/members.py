"""Members and groups: who is in what, now or at a moment, and who joined and left in between."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from graph_ledger.composites.pairs import JOINED
from graph_ledger.database.database import Database, Transaction
from graph_ledger.history.event_types import MEMBERSHIP
from graph_ledger.lineage.clocks import clocks
from graph_ledger.models.get import of_columns
from graph_ledger.values.composite import Member, MembershipChange, MembershipDiff
from graph_ledger.values.moment import LATEST, Moment, When, from_microseconds, point_in_time


def members(database: Database, key: str, moment: Moment, *, deep: bool = False) -> list[Member]:
    """Return who is in a group at a moment, by name, with ``deep`` also who is in the groups in it; fields are of that moment.

    A member of several of these groups stands there once, as in the nearest. What is no group has no members.
    Source: ``docs/concepts.md``; proved by ``tests/composites/test_membership.py``.
    """

    def work(transaction: Transaction) -> list[Member]:
        return _members(transaction, key, moment, deep=deep)

    return database.reading(work)


def groups(database: Database, key: str, moment: Moment) -> list[Member]:
    """Return the groups that a model is in at a moment, by name, each with the model's role there and since when."""

    def work(transaction: Transaction) -> list[Member]:
        if moment.is_today:
            row = transaction.run("composites/groups", key=key)
        else:
            row = transaction.run("composites/groups_at", key=key, **clocks(transaction, moment))
        return sorted(map(_member, row["members"]), key=_by_name)

    return database.reading(work)


def membership_diff(
    database: Database, key: str, model_hash: str, earlier: When, later: When, known_at: When | None = None
) -> MembershipDiff:
    """Return who joined and who left a group between two dates, when, by whom and why."""
    first, last = point_in_time(earlier, name="earlier"), point_in_time(later, name="later")
    known = None if known_at is None else point_in_time(known_at, name="known_at")

    def work(transaction: Transaction) -> MembershipDiff:
        before, after = (
            {each.model_hash: each for each in _members(transaction, key, Moment(as_of=at, known_at=known), deep=False)}
            for at in (first, last)
        )
        since, until = sorted((first, last))
        row = transaction.run(
            "composites/changes_between", model_hash=model_hash, types=list(MEMBERSHIP), after=since, until=until,
            known_at=known or LATEST,
        )  # fmt: skip
        moved = _moved(row["events"], {*before} if first <= last else {*after})
        return MembershipDiff(
            joined=_changes((each for name, each in after.items() if name not in before), moved),
            left=_changes((each for name, each in before.items() if name not in after), moved),
        )

    return database.reading(work)


def _moved(events: Iterable[Sequence[Any]], inside: set[str]) -> dict[str, tuple[int, str, str | None]]:
    """Return when each model last came in or went out, by whom and why; another role is no move."""
    moved = {}
    for kind, at, actor, text in events:
        payload = json.loads(text)
        member = payload["member_hash"]
        if (kind == JOINED) != (member in inside):
            moved[member] = (at, actor, payload.get("reason"))
            inside ^= {member}
    return moved


def _members(transaction: Transaction, key: str, moment: Moment, *, deep: bool) -> list[Member]:
    times = {} if moment.is_today else clocks(transaction, moment)
    keys = [key]
    if deep:
        keys = transaction.run("composites/below" if times else "composites/below_today", key=key, **times)["keys"] or keys
    row = transaction.run("composites/members_at" if times else "composites/members", keys=keys, **times)
    nearest: dict[str, list[Any]] = {}
    for columns in sorted(row["members"], key=lambda columns: columns[-1]):
        nearest.setdefault(columns[0], columns)
    return sorted(map(_member, nearest.values()), key=_by_name)


def _changes(models: Iterable[Member], moved: dict[str, tuple[int, str, str | None]]) -> tuple[MembershipChange, ...]:
    rows = []
    for each in sorted(models, key=lambda each: each.key):
        at, actor, reason = moved[each.model_hash]
        rows.append(MembershipChange(model=each.key, role=each.role, at=from_microseconds(at), actor=actor, reason=reason))
    return tuple(rows)


def _by_name(member: Member) -> tuple[str, str]:
    return member.name, member.key


def _member(columns: Sequence[Any]) -> Member:
    *identity, role, since, _ = columns
    return Member.of_fields({**of_columns(identity).__dict__, "role": role, "since": from_microseconds(since)})

"""Membership: models join and leave groups, each time by an event of the group; the intervals follow from the events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from graph_ledger.composites.nesting import refuse_circles
from graph_ledger.composites.pairs import JOINED, LEFT, Membership, Pair, pairs
from graph_ledger.database.database import Transaction
from graph_ledger.errors import ValidationError
from graph_ledger.history.append import append
from graph_ledger.history.by_hand import appending_of
from graph_ledger.history.draft import Draft, parts
from graph_ledger.history.fold import OPEN, difference
from graph_ledger.history.locked import Locked
from graph_ledger.values.moment import OPEN_END, from_microseconds, isoformat

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One model is to join or to leave."""

    member: str
    """Key of the model."""
    joins: bool
    role: str | None = None
    """None: no opinion."""
    reason: str | None = None


def change(
    transaction: Transaction, models: dict[str, Locked], composite: Locked, changes: Sequence[Change], actor: str, at: int, now: int
) -> list[str]:
    """Record what really changes, cut the memberships anew, and return the event that holds for each change, as its hash.

    Raises:
        ValidationError: A group would be its own member, a model was not there at the time, or leaves what it never was in.
    """
    found = pairs(transaction, composite, {each.member for each in changes})
    told = [each for each in changes if _is_news(found[each.member], each, at)]
    for each in told:
        _check(models[each.member], composite, found[each.member], each, at)
    if told:
        drafts = [_draft(models[each.member], each, actor, at) for each in told]
        events = append(transaction, [appending_of(transaction, composite, drafts)], now)[composite.key]
        for each, event in zip(told, events, strict=False):  # behind them stands what a group hears of its members
            found[each.member].tell(event["sequence"], event["event_type"], at, each.role, event["snapshot_hash"])
        marks = [[each.member, event["snapshot_hash"]] for each, event in zip(told, events, strict=False)]
        transaction.run("composites/make_composite", key=composite.key)
        transaction.run("composites/mark_members", rows=marks)
    cut_anew(transaction, composite, [found[each.member] for each in changes], now)
    return [_name(found[each.member], at) for each in changes]


def cut_anew(transaction: Transaction, composite: Locked, changed: Iterable[Pair], now: int) -> None:
    """Make the memberships that are believed what the events say; nothing else ever changes one."""
    withdrawn: list[tuple[str, Membership]] = []
    missing: list[tuple[str, Membership]] = []
    for pair in changed:
        gone, new = difference(pair.believed, pair.wanted())
        withdrawn += [(pair.member, each) for each in gone]
        missing += [(pair.member, each) for each in new]
        if pair.is_group:
            refuse_circles(transaction, composite, [(pair.member, span) for _, span in new])
    moment = from_microseconds(now)
    times = {"composite": composite.key, "now": moment, "open_end": OPEN_END}
    for statement, rows in (
        ("withdraw_members", [_row(*each) for each in withdrawn if each[1][1].end == OPEN]),
        ("withdraw_former_members", [_row(*each) for each in withdrawn if each[1][1].end != OPEN]),
        ("write_members", [_row(*each) for each in missing if each[1][1].end == OPEN]),
        ("write_former_members", [_row(*each) for each in missing if each[1][1].end != OPEN]),
    ):
        if rows:
            transaction.run(f"composites/{statement}", rows=rows, **times)


def _is_news(pair: Pair, asked: Change, at: int) -> bool:
    """Whether it changes anything: being in again, in the same role or without a word on it, does not; nor being out again."""
    held = pair.holding(at)
    if not asked.joins:
        return held is None or held.content is not None
    return held is None or held.content is None or asked.role not in (None, pair.roles[held.content])


def _check(member: Locked, composite: Locked, pair: Pair, asked: Change, at: int) -> None:
    if not asked.joins and pair.holding(at) is None:
        raise ValidationError(
            f"{member.key} is not in {composite.key} at {isoformat(from_microseconds(at))}, and was not before: "
            "members() and membership_at() list who is"
        )
    if asked.joins and member.created is not None and at < member.created:
        raise ValidationError(
            f"{member.key} cannot be in {composite.key} before it was: it first was at {isoformat(from_microseconds(member.created))}; "
            "register it with an earlier timestamp, or let it join later"
        )


def _draft(member: Locked, asked: Change, actor: str, at: int) -> Draft:
    payload: Row = {"member_name": member.name, "member_hash": member.model_hash}
    if asked.joins:
        return Draft(JOINED, actor, at, payload | ({} if asked.role is None else {"role": asked.role}))
    return Draft(LEFT, actor, at, payload | ({} if asked.reason is None else {"reason": asked.reason}))


def _name(pair: Pair, at: int) -> str:
    held = pair.holding(at) or pair.points[0]  # whoever was never in at that time has been refused
    return pair.names[held.rank]


def _row(member: str, membership: Membership) -> Row:
    role, span = membership
    return {"member": member, "role": role or None, "start": parts(span.start), "end": parts(span.end)}

"""Appending: what follows for one model under its lock, before anything is written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph_ledger.database.database import Transaction
from graph_ledger.history.draft import Draft, name_it, named, parts, tags_of
from graph_ledger.history.event_types import INTERNAL, MEMBER_CHANGED
from graph_ledger.history.fold import Span
from graph_ledger.history.identity import Fields
from graph_ledger.history.locked import Locked


@dataclass(slots=True)
class Appending:
    """A model under its lock, the events to append, and what it is believed to be after them."""

    model: Locked
    drafts: list[Draft]
    fields: Fields
    state_from: int
    """Since when it has been what it is now."""
    arrival: int = 0
    written: list[tuple[Span, Fields]] = field(default_factory=list)
    """Former states that are believed from now on."""
    withdrawn: list[int] = field(default_factory=list)
    """Former states that are believed no longer, by their beginning."""
    seen: dict[str, Any] | None = None
    """What a source says of a model that is created with it."""


def change_fields(each: Appending, states: Iterable[tuple[Span, Fields]], believed: Iterable[tuple[Span, Fields]]) -> None:
    """Make the former states what the fold says: withdraw those that are not among them, write those that are missing."""
    rows = list(states)
    former, (newest, each.fields) = rows[:-1], rows[-1]
    each.state_from = newest.start
    held = list(believed)
    each.withdrawn = [span.start for span, fields in held if (span, fields) not in former]
    each.written = [row for row in former if row not in held]


def tell_apart(transaction: Transaction, appendings: Sequence[Appending]) -> None:
    """Number the events that repeat an earlier one to the letter: a correction back and forth within one date."""
    rows = [
        {"key": each.model.key, "at": parts(at)}
        for each in appendings
        if each.model.last_timestamp is not None
        for at in sorted({draft.at for draft in each.drafts if draft.at <= each.model.last_timestamp})
    ]
    row: Mapping[str, Any] = transaction.run("history/names_at", rows=rows) if rows else {"keys": [], "names": []}
    taken: dict[str, set[str]] = defaultdict(set)
    for key, names in zip(row["keys"], row["names"], strict=True):
        taken[key].update(names)
    for each in appendings:
        names = taken[each.model.key]
        if names or len(each.drafts) > 1:
            for draft in each.drafts:
                _number(each.model, draft, names)


def _number(model: Locked, draft: Draft, names: set[str]) -> None:
    name_it(model, draft)
    while draft.name in names:
        draft.repetition += 1
        draft.name = named(model.model_hash, draft, draft.payload_text, tags_of(draft))
    names.add(draft.name)


def with_groups(appendings: Sequence[Appending]) -> list[Appending]:
    """Tell each group that a changed model is in at the time of the change: one event each, and one level only."""
    found = {each.model.key: each for each in appendings}
    for each in appendings:
        for group in each.model.groups:
            heard = [
                _heard(each.model, draft) for draft in each.drafts if _concerns(draft, group.span) and draft.unheard != group.composite.key
            ]
            if heard:
                composite = group.composite
                told = found.setdefault(composite.key, Appending(composite, [], composite.fields, composite.state_from or heard[0].at))
                told.drafts.extend(heard)
    return list(found.values())


def _concerns(draft: Draft, span: Span) -> bool:
    return draft.event_type not in INTERNAL and span.start <= draft.at < span.end


def _heard(member: Locked, draft: Draft) -> Draft:
    payload = {
        "member_name": member.name,
        "member_hash": member.model_hash,
        "original_event_type": draft.event_type,
        "original_snapshot_hash": name_it(member, draft),
    }
    return Draft(MEMBER_CHANGED, draft.actor, draft.at, payload, draft.source)

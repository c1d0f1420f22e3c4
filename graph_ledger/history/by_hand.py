"""What follows for a model when a person records an event: in order a shortcut, else the fold."""

from collections.abc import Sequence

from graph_ledger.database.database import Transaction
from graph_ledger.history.appending import Appending, change_fields
from graph_ledger.history.believed import events, former_states, last_words
from graph_ledger.history.draft import Draft
from graph_ledger.history.fold import Point, Span
from graph_ledger.history.identity import Fields
from graph_ledger.history.locked import Locked
from graph_ledger.history.replay import TYPES, Recorded, changes_by_hand, states_of

PRESENCE = {"not_found", "scan_confirmed"}
"""Events that a later sighting overrules, also one that wrote no event."""


def appending_of(transaction: Transaction, model: Locked, drafts: Sequence[Draft]) -> Appending:
    """Work out what a model is after these events; the writer holds its lock."""
    told = [draft for draft in drafts if draft.event_type in TYPES]
    earliest = min(draft.at for draft in drafts)
    if not told and model.created is not None and earliest >= model.created and model.state_from is not None:
        return Appending(model, list(drafts), model.fields, model.state_from)
    last = _last_words(transaction, model) if PRESENCE & {each.event_type for each in told} else None
    overtaken = any(point.time > draft.at for point in (last or {}).values() for draft in told)
    if not overtaken and all(draft.at > (model.last_timestamp or draft.at - 1) for draft in drafts) and len(told) <= 1:
        return _in_order(model, drafts, told)
    return _folded(transaction, model, drafts, _last_words(transaction, model) if last is None else last)


def state_at(transaction: Transaction, model: Locked, time: int) -> Fields | None:
    """Return what a model was at a time, as believed now; None before it was."""
    if model.state_from is not None and time >= model.state_from:
        return model.fields
    former = former_states(transaction, [model.key]).get(model.key, []) if model.sequence else []
    return next((fields for span, fields in former if span.start <= time < span.end), None)


def _last_words(transaction: Transaction, model: Locked) -> dict[str, Point]:
    return last_words(transaction, [model.key]).get(model.key, {}) if model.sequence else {}


def _in_order(model: Locked, drafts: Sequence[Draft], told: Sequence[Draft]) -> Appending:
    fields = dict(model.fields)
    at = drafts[0].at
    for draft in told:
        at = draft.at
        for name, changes in changes_by_hand(Recorded(0, draft.event_type, draft.source, draft.at, draft.payload)).items():
            for change in changes:
                fields[name] = change.value
        draft.changes_state = not model.sequence or fields != model.fields
    if model.state_from is None:
        return Appending(model, list(drafts), fields, at)
    if fields == model.fields:
        return Appending(model, list(drafts), fields, model.state_from)
    return Appending(model, list(drafts), fields, at, written=[(Span(model.state_from, at), model.fields)])


def _folded(transaction: Transaction, model: Locked, drafts: Sequence[Draft], last: dict[str, Point]) -> Appending:
    known = events(transaction, [model.key]).get(model.key, []) if model.sequence else []
    recorded = known + [
        Recorded(model.sequence + place, draft.event_type, draft.source, draft.at, draft.payload)
        for place, draft in enumerate(drafts, start=1)
    ]
    times = [draft.at for draft in drafts] + ([model.created] if model.created is not None else [])
    states = states_of(recorded, min(times), last)
    for draft in drafts:
        after = next((fields for span, fields in states if span.start <= draft.at < span.end), {})
        before = next((fields for span, fields in states if span.end == draft.at), {})
        if draft.event_type in TYPES:
            draft.changes_state = before != after
    result = Appending(model, list(drafts), model.fields, times[0])
    former = former_states(transaction, [model.key]).get(model.key, []) if model.sequence else []
    change_fields(result, states, former)
    return result

"""Events are appended under the lock of their model: numbered without gaps, chained, and with what they change."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph_ledger.database.database import Transaction
from graph_ledger.history.appending import Appending, tell_apart, with_groups
from graph_ledger.history.draft import Draft, name_it, parts, tags_of, text_of
from graph_ledger.history.event_types import MARKS
from graph_ledger.history.fold import OPEN, Span
from graph_ledger.history.identity import FIELDS, as_list
from graph_ledger.history.locked import Locked
from graph_ledger.values.moment import OPEN_END, from_microseconds
from graph_ledger.values.snapshot import chain_hash


def append(transaction: Transaction, appendings: Sequence[Appending], now: int, source: str = "") -> dict[str, list[dict[str, Any]]]:
    """Write the events, what the groups hear of them, the former states and what the models are now.

    Returns:
        The events of each model by its key; what a group hears stands behind its own.
    """
    tell_apart(transaction, appendings)
    appendings = with_groups(appendings)
    created: list[Appending] = []
    known: list[Appending] = []
    for each in appendings:
        (known if each.model.sequence else created).append(each)
    former = [row for each in appendings for row in _former_states(each, now)]
    withdrawn = [{"key": each.model.key, "valid_from": parts(start)} for each in known for start in each.withdrawn]
    if withdrawn:
        transaction.run("history/withdraw_states", rows=withdrawn, now=from_microseconds(now), open_end=OPEN_END)
    rows = {each.model.key: _row(each, now) for each in appendings}
    moment = from_microseconds(now)
    if created:
        rows_created = [rows[each.model.key] | {"seen": each.seen} for each in created]
        transaction.run("history/create_models", rows=rows_created, now=moment, source=source or None)
    if known:
        transaction.run("history/append", rows=[rows[each.model.key] for each in known], now=moment)
    if former:
        transaction.run("history/write_states", rows=former)
    return {key: row["events"] for key, row in rows.items()}


def _former_states(each: Appending, now: int) -> Iterable[dict[str, Any]]:
    """The state that was believed to be today's is believed no longer; the intervals that follow are new beliefs."""
    model = each.model
    if model.state_from is not None and model.state_recorded_from is not None and _moved(each):
        yield _state(model.key, model.fields, Span(model.state_from, OPEN), model.state_recorded_from, now)
    for span, fields in each.written:
        yield _state(model.key, fields, span, now, OPEN)


def _moved(each: Appending) -> bool:
    return each.fields != each.model.fields or each.state_from != each.model.state_from


def _state(key: str, fields: Mapping[str, Any], valid: Span, recorded_from: int, recorded_to: int) -> dict[str, Any]:
    return {
        "key": key,
        **fields,
        "valid_from": parts(valid.start),
        "valid_to": parts(valid.end),
        "recorded_from": parts(recorded_from),
        "recorded_to": parts(recorded_to),
    }


def _row(each: Appending, now: int) -> dict[str, Any]:
    model = each.model
    events = list(_chained(model, each.drafts, text_of(now)))
    times = [draft.at for draft in each.drafts]
    since = now if _moved(each) or model.state_recorded_from is None else model.state_recorded_from
    return {
        "key": model.key,
        "model_hash": model.model_hash,
        "name": model.name,
        "arrival": now + each.arrival,
        **{name: each.fields[name] for name in FIELDS},
        "believed": as_list(each.fields),
        "created": parts(min([model.created, *times] if model.created is not None else times)),
        "state_from": parts(each.state_from),
        "state_recorded_from": parts(since),
        "last_sequence": model.sequence + len(events),
        "head_hash": events[-1]["chain_hash"] if events else model.head,
        "last_timestamp": parts(max([model.last_timestamp, *times] if model.last_timestamp is not None else times)),
        "events": events,
    }


def _chained(model: Locked, drafts: Sequence[Draft], recorded_at: str) -> Iterable[dict[str, Any]]:
    previous = model.head
    for sequence, draft in enumerate(drafts, start=model.sequence + 1):
        name = name_it(model, draft)
        chained = chain_hash(name, sequence, recorded_at, previous)
        yield {
            "snapshot_hash": name,
            "sequence": sequence,
            "event_type": draft.event_type,
            "actor": draft.actor,
            "source": draft.source,
            "at": parts(draft.at),
            "payload": draft.payload_text,
            "tags": tags_of(draft) if draft.tags else None,
            "parent_hash": draft.parent_hash,
            "previous_hash": previous,
            "chain_hash": chained,
            "repetition": draft.repetition or None,
            "state": draft.changes_state,
            "mark": draft.event_type in MARKS,
        }
        previous = chained

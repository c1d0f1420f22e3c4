"""Events are appended under the lock of their model: numbered without gaps, chained, and with what they change."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from graph_ledger.database.database import Transaction
from graph_ledger.history.event_types import INTERNAL, MARKS, MEMBER_CHANGED
from graph_ledger.history.fold import OPEN, Span
from graph_ledger.history.identity import FIELDS, Fields, as_list
from graph_ledger.history.locked import Locked
from graph_ledger.values.canonical import canonical_json
from graph_ledger.values.moment import OPEN_END, from_microseconds, isoformat
from graph_ledger.values.snapshot import chain_hash, snapshot_hash

MILLION = 1_000_000


@dataclass(slots=True)
class Draft:
    """An event that is to be appended."""

    event_type: str
    actor: str
    at: int
    """When it was so, microseconds."""
    payload: dict[str, Any]
    source: str | None = None
    tags: dict[str, Any] = field(default_factory=dict)
    parent_hash: str | None = None
    changes_state: bool = False
    """Whether it changes an identity field."""
    payload_text: str = ""
    name: str = ""
    """Payload as canonical JSON, and the hash it will have, where they were worked out beforehand."""
    repetition: int = 0
    """How many events of the model say the very same of the very same time, and were overtaken since."""


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


def append(transaction: Transaction, appendings: Sequence[Appending], now: int, source: str = "") -> dict[str, list[dict[str, Any]]]:
    """Write the events, what the groups hear of them, the former states and what the models are now.

    Returns:
        The events of each model by its key; what a group hears stands behind its own.
    """
    _tell_apart(transaction, appendings)
    appendings = _with_groups(appendings)
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


def _tell_apart(transaction: Transaction, appendings: Sequence[Appending]) -> None:
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
        draft.name = named(model.model_hash, draft, draft.payload_text, _tags(draft))
    names.add(draft.name)


def name_it(model: Locked, draft: Draft) -> str:
    """Work out the ``snapshot_hash`` of an event, where that was not done yet."""
    draft.payload_text = draft.payload_text or canonical_json(draft.payload)
    draft.name = draft.name or named(model.model_hash, draft, draft.payload_text, _tags(draft))
    return draft.name


def _tags(draft: Draft) -> str:
    return canonical_json(draft.tags) if draft.tags else "{}"


def _with_groups(appendings: Sequence[Appending]) -> list[Appending]:
    """Tell each group that a changed model is in at the time of the change: one event each, and one level only."""
    found = {each.model.key: each for each in appendings}
    for each in appendings:
        for group in each.model.groups:
            heard = [_heard(each.model, draft) for draft in each.drafts if _concerns(draft, group.span)]
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


@lru_cache(maxsize=4096)
def parts(time: int) -> list[int]:
    """Return a time as [seconds, nanoseconds], which the server makes a datetime of; also before 1970."""
    seconds, rest = divmod(time, MILLION)
    return [seconds, rest * 1000]


@lru_cache(maxsize=4096)
def text_of(time: int) -> str:
    """Return the one text of a time; the events of a load share few times."""
    return isoformat(from_microseconds(time))


def change_fields(each: Appending, states: Iterable[tuple[Span, Fields]], believed: Iterable[tuple[Span, Fields]]) -> None:
    """Make the former states what the fold says: withdraw those that are not among them, write those that are missing."""
    rows = list(states)
    former, (newest, each.fields) = rows[:-1], rows[-1]
    each.state_from = newest.start
    held = list(believed)
    each.withdrawn = [span.start for span, fields in held if (span, fields) not in former]
    each.written = [row for row in former if row not in held]


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
            "tags": _tags(draft) if draft.tags else None,
            "parent_hash": draft.parent_hash,
            "previous_hash": previous,
            "chain_hash": chained,
            "repetition": draft.repetition or None,
            "state": draft.changes_state,
            "mark": draft.event_type in MARKS,
        }
        previous = chained


def named(model_hash: str, draft: Draft, payload: str, tags: str) -> str:
    """Return the ``snapshot_hash`` that an event will have; payload and tags as canonical JSON."""
    return snapshot_hash(
        model_hash=model_hash,
        event_type=draft.event_type,
        actor=draft.actor,
        source=draft.source,
        timestamp=text_of(draft.at),
        payload=payload,
        tags=tags,
        parent_hash=draft.parent_hash,
        repetition=draft.repetition,
    )

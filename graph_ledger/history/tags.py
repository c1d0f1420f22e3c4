"""Tags: names that point at one event of a model; each move is an event, and so is the end of a tag."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from graph_ledger.database.database import Database, Transaction
from graph_ledger.errors import ModelNotFoundError, ValidationError
from graph_ledger.history.append import append
from graph_ledger.history.by_hand import appending_of
from graph_ledger.history.clock import fact_time
from graph_ledger.history.draft import Draft
from graph_ledger.history.event_types import LOG
from graph_ledger.history.locked import Locked, lock
from graph_ledger.history.read import BEGINNING
from graph_ledger.history.snapshots import of_columns
from graph_ledger.values.moment import LATEST, Moment, When, from_microseconds, isoformat
from graph_ledger.values.port import check_text
from graph_ledger.values.snapshot import Snapshot, Tag, TagMove

TAGGED, UNTAGGED = LOG


@dataclass(frozen=True, slots=True)
class Told:
    """One event about a tag, in order of time and number."""

    at: int
    sequence: int
    actor: str
    name: str
    points_at: str | None
    """None: the tag was deleted."""
    previous: str | None
    event: str
    """Its ``snapshot_hash``."""


def tag(database: Database, key: str, name: str, snapshot: str | None, actor: str, timestamp: When | None) -> Tag:
    """Let a tag point at an event of a model, the newest of that time if none is given; pointing there already is silent.

    Raises:
        ValidationError: The event is of another model, or there is none; the name is blank or too long.
    """
    name, actor = check_text(name, "tag"), check_text(actor, "actor")
    if snapshot is not None and not isinstance(snapshot, str):
        raise ValidationError(f"snapshot is a Snapshot or its snapshot_hash, not {snapshot!r}")

    def work(transaction: Transaction) -> Tag:
        model, at, now = _locked(transaction, key, timestamp)
        target = _newest(transaction, key, at) if snapshot is None else _own(transaction, model, snapshot, at)
        told = _told(transaction, key)
        held = _holding(told, name, at)
        if held is None or held.points_at != target:
            previous = None if held is None else held.points_at
            told = _move(transaction, model, told, Draft(TAGGED, actor, at, _payload(name, target, previous)), now)
            held = _holding(told, name, at)
        since = at if held is None else held.at
        return Tag(name=name, model_hash=model.model_hash, snapshot_hash=target, updated_at=from_microseconds(since))

    return database.write(work)


def untag(database: Database, key: str, name: str, actor: str, timestamp: When | None) -> Snapshot:
    """Delete a tag and keep its history; return the event that says so, the same one when asked again.

    Raises:
        ValidationError: The model has no such tag at that time.
    """
    name, actor = check_text(name, "tag"), check_text(actor, "actor")

    def work(transaction: Transaction) -> Snapshot:
        model, at, now = _locked(transaction, key, timestamp)
        told = _told(transaction, key)
        held = _holding(told, name, at)
        if held is None:
            known = sorted({each.name for each in told})
            raise ValidationError(f"{key} has no tag {name!r}: it has {', '.join(known) or 'none'}")
        if held.points_at is not None:
            told = _move(transaction, model, told, Draft(UNTAGGED, actor, at, _payload(name, None, held.points_at)), now)
            held = _holding(told, name, at) or held
        (columns,) = transaction.run("history/existing", hashes=[held.event])["events"]
        return of_columns(columns, key)

    return database.write(work)


def set_tag(transaction: Transaction, model: Locked, name: str, target: str | None, actor: str, at: int, now: int) -> None:
    """Let a tag point at an event of its model from ``at`` on, or at none, within a transaction that holds the model's lock.

    Nothing happens where it already does. Where it was moved later than ``at``, it moves then: a move is in order, so that only
    where it points now has to be known.
    """
    row = transaction.run("history/tag_now", tag=f"{model.model_hash}/{name}")
    held = row["snapshot_hash"]
    if held == target:
        return
    at = max(at, row["at"] or at)
    kind = UNTAGGED if target is None else TAGGED
    event = append(transaction, [appending_of(transaction, model, [Draft(kind, actor, at, _payload(name, target, held))])], now)
    _point(transaction, model, _read(at, 0, actor, _payload(name, target, held), event[model.key][0]["snapshot_hash"]))


def list_tags(database: Database, key: str, model_hash: str, moment: Moment) -> list[Tag]:
    """Return the tags that a model has at a moment, by name."""
    told = database.reading(lambda transaction: _told(transaction, key, moment))
    newest = {each.name: each for each in told}
    return [
        Tag(name=name, model_hash=model_hash, snapshot_hash=each.points_at, updated_at=from_microseconds(each.at))
        for name, each in sorted(newest.items())
        if each.points_at is not None
    ]


def tag_history(database: Database, key: str, name: str, moment: Moment) -> list[TagMove]:
    """Return every move of a tag and its end, newest first."""
    name = check_text(name, "tag")
    told = database.reading(lambda transaction: _told(transaction, key, moment))
    return [
        TagMove(name=name, snapshot_hash=each.points_at, previous_hash=each.previous, actor=each.actor, at=from_microseconds(each.at))
        for each in reversed(told)
        if each.name == name
    ]


def tag_at(database: Database, key: str, name: str, moment: Moment) -> Snapshot | None:
    """Return the event that a tag points at at a moment; None where there is no such tag then."""
    name = check_text(name, "tag")

    def work(transaction: Transaction) -> Snapshot | None:
        held = _holding(_told(transaction, key, moment), name, None)
        if held is None or held.points_at is None:
            return None
        (columns,) = transaction.run("history/existing", hashes=[held.points_at])["events"]
        return of_columns(columns, key)

    return database.reading(work)


def _locked(transaction: Transaction, key: str, timestamp: When | None) -> tuple[Locked, int, int]:
    models, now = lock(transaction, [key])
    if key not in models:
        raise ModelNotFoundError(key)
    return models[key], fact_time(timestamp, now, "timestamp"), now


def _newest(transaction: Transaction, key: str, at: int) -> str:
    events = transaction.run(
        "history/history", key=key, since=BEGINNING, as_of=from_microseconds(at), known_at=LATEST, most=1, without=list(LOG),
        event_type=None, actor=None, source=None,
    )["events"]  # fmt: skip
    if not events:
        raise ValidationError(f"{key} has no event at {from_microseconds(at).isoformat()} that a tag could point at")
    return str(events[0][0])


def _own(transaction: Transaction, model: Locked, snapshot: str, at: int) -> str:
    events = transaction.run("history/existing", hashes=[snapshot])["events"]
    if not events:
        raise ValidationError(f"there is no event {snapshot!r}: `history` lists those of {model.key}")
    if events[0][1] != model.model_hash:
        raise ValidationError(f"the event {snapshot} is of another model: a tag of {model.key} points at its own events alone")
    if events[0][6] > at:
        raise ValidationError(f"the event {snapshot} is of {isoformat(from_microseconds(events[0][6]))}: a tag does not point at it before")
    return snapshot


def _told(transaction: Transaction, key: str, moment: Moment | None = None) -> list[Told]:
    asked = moment or Moment()
    rows = transaction.run(
        "history/tag_events", key=key, types=list(LOG), as_of=asked.as_of or LATEST, known_at=asked.known_at or LATEST
    )["events"]  # fmt: skip
    return [_read(at, sequence, actor, json.loads(payload), name) for at, sequence, _kind, actor, payload, name in rows]


def _read(at: int, sequence: int, actor: str, payload: dict[str, str | None], event: str) -> Told:
    return Told(at, sequence, actor, str(payload["name"]), payload["snapshot_hash"], payload["previous_hash"], event)


def _holding(told: Sequence[Told], name: str, at: int | None) -> Told | None:
    return next((each for each in reversed(told) if each.name == name and (at is None or each.at <= at)), None)


def _payload(name: str, target: str | None, previous: str | None) -> dict[str, str | None]:
    return {"name": name, "snapshot_hash": target, "previous_hash": previous}


def _move(transaction: Transaction, model: Locked, told: Sequence[Told], draft: Draft, now: int) -> list[Told]:
    """Record a move and let the tag be where the last of all moves puts it, which a late one is not."""
    event = append(transaction, [appending_of(transaction, model, [draft])], now)[model.key][0]
    new = _read(draft.at, event["sequence"], draft.actor, draft.payload, event["snapshot_hash"])
    after = sorted([*told, new], key=lambda each: (each.at, each.sequence))
    _point(transaction, model, _holding(after, new.name, None) or new)
    return after


def _point(transaction: Transaction, model: Locked, newest: Told) -> None:
    identity = {"tag": f"{model.model_hash}/{newest.name}"}
    if newest.points_at is None:
        transaction.run("history/drop_tag", **identity)
    else:
        moment: datetime = from_microseconds(newest.at)
        transaction.run(
            "history/point_tag", key=model.key, name=newest.name, snapshot_hash=newest.points_at, at=moment, **identity
        )  # fmt: skip

"""Observations: findings against a model or a group are issued, resolved, and issued again; each time by an event."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph_ledger.database.database import Database, Transaction
from graph_ledger.errors import ModelNotFoundError, ObservationNotFoundError, ValidationError
from graph_ledger.history.append import append
from graph_ledger.history.by_hand import appending_of
from graph_ledger.history.clock import fact_time
from graph_ledger.history.draft import Draft
from graph_ledger.history.event_types import OBSERVATIONS
from graph_ledger.history.locked import lock
from graph_ledger.history.snapshots import of_columns
from graph_ledger.lineage.clocks import clocks
from graph_ledger.values.canonical import canonical_json
from graph_ledger.values.composite import OpenObservation
from graph_ledger.values.moment import LATEST, Moment, When, from_microseconds
from graph_ledger.values.port import check_text
from graph_ledger.values.snapshot import Snapshot

ISSUED, RESOLVED = OBSERVATIONS
LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Told:
    """One event about an observation."""

    kind: str
    actor: str
    at: int
    sequence: int
    payload: Mapping[str, Any]
    event: str
    """Its ``snapshot_hash``."""

    @property
    def name(self) -> str:
        """The observation's."""
        return str(self.payload["observation_id"])


def issue(database: Database, key: str, said: Mapping[str, Any], actor: str, timestamp: When | None) -> Snapshot:
    """Issue an observation, or issue it again, which opens it again; saying the same of an open one is silent."""
    return _tell(database, key, ISSUED, said, actor, timestamp, lambda held: held is not None and held.kind == ISSUED)


def resolve(database: Database, key: str, said: Mapping[str, Any], actor: str, timestamp: When | None) -> Snapshot:
    """Resolve an observation; saying the same of a resolved one is silent.

    Raises:
        ObservationNotFoundError: The model had no such observation by then.
    """

    def is_resolved(held: Told | None) -> bool:
        if held is None:
            raise ObservationNotFoundError(key, said["observation_id"])
        return held.kind == RESOLVED

    return _tell(database, key, RESOLVED, said, actor, timestamp, is_resolved)


def open_observations(database: Database, key: str | None, moment: Moment) -> list[OpenObservation]:
    """Return what was issued and not resolved since, of one model or of all, oldest first."""

    def work(transaction: Transaction) -> list[OpenObservation]:
        keys = None if key is None else [key]
        row = transaction.run("composites/observations", keys=keys, types=list(OBSERVATIONS), **clocks(transaction, moment))
        found = [
            _row(model, told) for model, events in zip(row["keys"], row["events"], strict=True) for told in still_open(map(told_of, events))
        ]
        return sorted(found, key=lambda each: (each.issued_at, each.composite, each.observation_id))

    return database.reading(work)


def still_open(events: Iterable[Told]) -> list[Told]:
    """Return the last issue of each observation of one model that was not resolved after it."""
    newest = {told.name: told for told in sorted(events, key=lambda told: (told.at, told.sequence))}
    return [told for told in newest.values() if told.kind == ISSUED]


def open_observation_count(snapshots: Iterable[Snapshot]) -> int:
    """Count the observations that these events of one model leave open, in whatever order they are given."""
    told = (
        Told(each.event_type, each.actor, place, 0, each.payload, each.snapshot_hash)
        for place, each in enumerate(sorted(snapshots, key=lambda each: (each.timestamp, each.sequence or 0)))
        if each.event_type in OBSERVATIONS
    )
    return len(still_open(told))


def _tell(
    database: Database,
    key: str,
    kind: str,
    said: Mapping[str, Any],
    actor: str,
    timestamp: When | None,
    is_so: Callable[[Told | None], bool],
) -> Snapshot:
    actor, said = check_text(actor, "actor"), json.loads(canonical_json(dict(said)))

    def work(transaction: Transaction) -> Snapshot:
        models, now = lock(transaction, [key])
        if key not in models:
            raise ModelNotFoundError(key)
        at = fact_time(timestamp, now, "timestamp")
        held = _held(transaction, key, str(said["observation_id"]), at)
        if is_so(held) and held is not None and (held.actor, dict(held.payload)) == (actor, said):
            name = held.event
        else:
            name = append(transaction, [appending_of(transaction, models[key], [Draft(kind, actor, at, dict(said))])], now)[key][0][
                "snapshot_hash"
            ]
        (columns,) = transaction.run("history/existing", hashes=[name])["events"]
        return of_columns(columns, key)

    return database.write(work)


def _held(transaction: Transaction, key: str, name: str, at: int) -> Told | None:
    times = {"as_of": from_microseconds(at), "known_at": LATEST}
    row = transaction.run("composites/observations", keys=[key], types=list(OBSERVATIONS), **times)
    told = sorted((told_of(each) for events in row["events"] for each in events), key=lambda told: (told.at, told.sequence))
    return next((each for each in reversed(told) if each.name == name), None)


def told_of(columns: Iterable[Any]) -> Told:
    """Make an event of the columns that the statements return."""
    kind, actor, at, sequence, payload, event = columns
    return Told(kind, actor, at, sequence, json.loads(payload), event)


def _row(model: str, told: Told) -> OpenObservation:
    payload = told.payload
    return OpenObservation(
        observation_id=told.name, observation=str(payload.get("observation", "")), status=str(payload.get("status", "")),
        severity=payload.get("severity"),
        actor=told.actor, issued_at=from_microseconds(told.at), composite=model,
    )  # fmt: skip


def said_of(core: Mapping[str, Any], metadata: Mapping[str, Any] | None, optional: Iterable[str] = ()) -> dict[str, Any]:
    """Return the payload: what a person adds lies beside what the verb says, and never takes its place.

    Raises:
        ValidationError: What has to be said is no text, or ``metadata`` is no mapping.
    """
    if metadata is not None and not isinstance(metadata, Mapping):
        raise ValidationError(f"metadata is a mapping, not {metadata!r}")
    left_out = {name for name in optional if core[name] is None}
    said = {name: check_text(value, name, LONGEST) for name, value in core.items() if name not in left_out}
    return {**{name: value for name, value in (metadata or {}).items() if name not in core}, **said}

"""Prove: an event with its path to a root, to be checked without the ledger."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from graph_ledger.database.database import Database, Transaction
from graph_ledger.errors import ValidationError
from graph_ledger.history.chain_check import Stored
from graph_ledger.history.draft import text_of
from graph_ledger.history.log import edited, newest_seal, path_at
from graph_ledger.values.checkpoint import Checkpoint, held
from graph_ledger.values.proof import Proof, ProvenEvent
from graph_ledger.values.proof_check import check_proof
from graph_ledger.values.snapshot import Snapshot


def prove(database: Database, snapshot: Snapshot | str, checkpoint: str | Path | None = None) -> Proof:
    """Prove that an event is in the log of the newest seal, or of an earlier checkpoint.

    Raises:
        ValidationError: There is no such event, it was not sealed yet, or not when the checkpoint was made.
        HistoryEditedError: The event, or what it was sealed with, is not as it was.
    Cost: 2,048 leaves at most, and a hash for each other 1,024 sealed events.
    """
    name = snapshot.snapshot_hash if isinstance(snapshot, Snapshot) else snapshot
    if not isinstance(name, str):
        raise ValidationError(f"a Snapshot or its snapshot_hash is needed, not {type(name).__name__}")
    kept = None if checkpoint is None else held(checkpoint)
    return database.reading(lambda transaction: _prove(transaction, name, kept))


def _prove(transaction: Transaction, name: str, kept: Checkpoint | None) -> Proof:
    row = transaction.run("history/sealed_event", hash=name)
    if not row:
        raise ValidationError(f"no event {name!r}: `graph-ledger history MODEL --json` shows the snapshot_hash of each")
    newest, position = newest_seal(transaction), row["position"]
    if position is not None and (type(position) is not int or position < 0):
        raise edited(f"the event {name} has the position {position!r}")
    if newest is None or position is None or position >= newest.seal.size:
        raise ValidationError(f"the event {name} is not sealed yet: call seal() (`graph-ledger seal`), then prove it")
    if newest.checkpoint() is None:
        raise edited(f"the text that is kept at seal {newest.seal.number} is not its checkpoint")
    size, text = (newest.seal.size, newest.seal.checkpoint) if kept is None else (kept.size, kept.text)
    if size > newest.seal.size:
        raise edited(f"the checkpoint is of {size} events, and {newest.seal.size} are sealed")
    if position >= size:
        raise ValidationError(f"the event {name} was sealed after that checkpoint was made: give a later one, or none")
    path = tuple(each.hex() for each in path_at(transaction, position, size))
    try:
        proof = Proof(event=_event(row["columns"]), position=position, size=size, path=path, checkpoint=text)
    except ValueError:
        raise edited(f"the event {name} holds what was never recorded") from None
    checked = check_proof(proof, checkpoint=text)
    if not checked.ok:
        raise edited(checked.reason)
    return proof


def _event(columns: Sequence[Any]) -> ProvenEvent:
    event = Stored(*columns, *[None] * 5)
    if not event.is_whole or event.surplus:
        raise edited(f"the event {event.name} lacks a property, or has one of another type")
    return ProvenEvent(
        model_hash=event.model_hash, event_type=event.event_type, actor=event.actor, source=event.source, timestamp=text_of(event.at),
        payload=event.payload, tags="{}" if event.tags is None else event.tags, parent_hash=event.parent,
        repetition=event.repetition, snapshot_hash=event.name, sequence=event.sequence, recorded_at=text_of(event.recorded),
        previous_hash=event.previous, chain_hash=event.chain,
    )  # fmt: skip

"""Seal: give every event its position in the log, and close them under a root."""

from collections.abc import Sequence
from pathlib import Path

from graph_ledger.database.database import Database, Transaction
from graph_ledger.errors import ValidationError
from graph_ledger.history import witness
from graph_ledger.history.log import TILE, Kept, edited, leaves, new_tiles, root_at
from graph_ledger.history.log_lock import hold
from graph_ledger.values.checkpoint import Checkpoint, check_origin, checkpoint_of
from graph_ledger.values.keys import PrivateKey, private_key
from graph_ledger.values.merkle import leaf_hash
from graph_ledger.values.moment import from_microseconds
from graph_ledger.values.replacing import replacing
from graph_ledger.values.seal import Seal
from graph_ledger.values.witness import read

BATCH = 10_240
"""Events that get their positions in one transaction."""
LOOK = 102_400
"""Events that one look for those without a position brings, ten batches."""


def seal(database: Database, checkpoint: str | Path | None = None, key: str | Path | None = None, origin: str | None = None) -> Seal:
    """Give each event that has no position one, in order of recording, and close them; nothing new returns the newest seal.

    A seal that broke off is repeated without harm: positions that were given stay, and the seal itself is written last.

    Raises:
        ValidationError: No events yet, or key, origin or file will not do; nothing was written to the file.
        HistoryEditedError: The newest seal, or the checkpoint in the file, no longer fits what is stored; nothing is sealed.
    Cost: one look at every event, and for a new one what giving it a position costs; memory for a batch.
    """
    signer = None if key is None else private_key(key)
    name = None if origin is None else check_origin(origin)
    if checkpoint is None:
        return _seal(database, signer, name, None)
    path = Path(checkpoint)
    kept = read(path)
    if kept is not None:
        database.reading(lambda transaction: witness.check_before(transaction, kept))
    with replacing(path, lambda: witness.gives_way(database, path, kept, sealed)) as file:
        sealed = _seal(database, signer, name, kept)
        file.write(sealed.checkpoint)
    return sealed


def _seal(database: Database, signer: PrivateKey | None, origin: str | None, kept: Checkpoint | None) -> Seal:
    while True:
        hashes = database.read("history/unsealed", most=LOOK)["hashes"]
        for start in range(0, len(hashes), BATCH):
            database.write(lambda transaction, batch=hashes[start : start + BATCH]: _place(transaction, batch, origin))  # type: ignore[misc]
        if len(hashes) < LOOK:
            return database.write(lambda transaction: _close(transaction, signer, origin, kept))


def _place(transaction: Transaction, hashes: Sequence[str], origin: str | None) -> None:
    first = hold(transaction, origin).size
    before = leaves(transaction, first - first % TILE, first)
    placed = sorted(transaction.run("history/place_events", hashes=hashes, first=first)["leaves"])
    if any(not isinstance(chain, str) for _, chain in placed):
        raise edited("an event has no link")
    rows = list(new_tiles(before, [leaf_hash(chain.encode()) for _, chain in placed], first))
    if rows:
        transaction.run("history/write_tiles", rows=rows)


def _close(transaction: Transaction, signer: PrivateKey | None, origin: str | None, kept: Checkpoint | None) -> Seal:
    log = hold(transaction, origin)
    newest = None if log.newest is None else log.newest.seal
    if newest is not None and root_at(transaction, newest.size).hex() != newest.root_hash:
        raise edited(f"seal {newest.number} has another root")
    if not log.size:
        raise ValidationError("there is nothing to seal: the ledger has no events yet")
    made = checkpoint_of(log.origin, log.size, root_at(transaction, log.size), signer)
    is_new = log.newest is None or log.newest.seal.size < log.size
    shown = made if is_new or signer is not None else _still(log.newest, made)
    if kept is not None:
        witness.check(transaction, kept, shown, renamed=origin is not None)
    if newest is not None and not is_new:
        row = newest.model_dump(exclude={"sealed_at", "checkpoint"})
    else:
        first, number = (0, 1) if newest is None else (newest.size, newest.number + 1)
        row = {"number": number, "first": first, "last": log.size - 1, "count": log.size - first, "root_hash": made.root.hex()}
    written = transaction.run("history/write_seal", **row, checkpoint=shown.text, origin=shown.origin)
    return Seal(**row, sealed_at=from_microseconds(written["sealed_at"]), checkpoint=shown.text)


def _still(newest: Kept | None, made: Checkpoint) -> Checkpoint:
    """Return the checkpoint that is kept, where it says the same: its signature stays."""
    found = None if newest is None else newest.checkpoint()
    return made if found is None or found.body != made.body else found

"""Seal: give every event its position in the log, and close them under a root."""

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from uuid import uuid4

from graph_ledger.database.database import Database, Transaction
from graph_ledger.errors import ValidationError
from graph_ledger.history.log import TILE, edited, kept_text, leaves, new_tiles, root_at, seal_of
from graph_ledger.values.checkpoint import Checkpoint, check_origin, checkpoint_of, held
from graph_ledger.values.document import replacing
from graph_ledger.values.keys import PrivateKey, private_key
from graph_ledger.values.merkle import leaf_hash
from graph_ledger.values.moment import from_microseconds
from graph_ledger.values.seal import Seal

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
    kept = None if checkpoint is None else _kept(Path(checkpoint))
    with nullcontext() if checkpoint is None else replacing(checkpoint) as file:
        _place_all(database)
        sealed = database.write(lambda transaction: _close(transaction, signer, name, kept))
        if file is not None:
            file.write(sealed.checkpoint)
    return sealed


def _kept(path: Path) -> Checkpoint | None:
    """Return what the file holds: the only witness, maybe, which must not give way to what does not follow from it."""
    try:
        return held(path) if path.is_file() and path.stat().st_size else None
    except ValidationError as error:
        raise ValidationError(f"{error}; only an earlier checkpoint is overwritten: name another file") from None


def _place_all(database: Database) -> None:
    while True:
        hashes = database.read("history/unsealed", most=LOOK)["hashes"]
        for start in range(0, len(hashes), BATCH):
            database.write(lambda transaction, batch=hashes[start : start + BATCH]: _place(transaction, batch))  # type: ignore[misc]
        if len(hashes) < LOOK:
            return


def _place(transaction: Transaction, hashes: Sequence[str]) -> None:
    log = transaction.run("history/lock_log", token=uuid4().hex, origin=None)
    first = _size(log["newest"])
    before = leaves(transaction, first - first % TILE, first)
    placed = sorted(transaction.run("history/place_events", hashes=hashes, first=first)["leaves"])
    if any(not isinstance(chain, str) for _, chain in placed):
        raise edited("an event has no link")
    rows = list(new_tiles(before, [leaf_hash(chain.encode()) for _, chain in placed], first))
    if rows:
        transaction.run("history/write_tiles", rows=rows)


def _close(transaction: Transaction, signer: PrivateKey | None, origin: str | None, kept: Checkpoint | None) -> Seal:
    log = transaction.run("history/lock_log", token=uuid4().hex, origin=origin)
    newest, size = None if log["seal"] is None else seal_of(log["seal"]), _size(log["newest"])
    if newest is not None and (newest.size > size or root_at(transaction, newest.size).hex() != newest.root_hash):
        raise edited(f"seal {newest.number} has another root")
    if not size:
        raise ValidationError("there is nothing to seal: the ledger has no events yet")
    _check_kept(transaction, kept, size)
    made = checkpoint_of(log["origin"], size, root_at(transaction, size), signer)
    if newest is None or newest.size < size:
        first = 0 if newest is None else newest.size
        number = 1 if newest is None else newest.number + 1
        row = {"number": number, "first": first, "last": size - 1, "count": size - first, "root_hash": made.root.hex()}
        written = transaction.run("history/write_seal", **row, checkpoint=made.text)
        return Seal(**row, sealed_at=from_microseconds(written["sealed_at"]), checkpoint=made.text)
    text = newest.checkpoint if signer is None and _is_still(newest, made) else made.text
    if text != newest.checkpoint:
        fields = newest.model_dump(exclude={"sealed_at", "checkpoint"})
        transaction.run("history/write_seal", **fields, checkpoint=text)
    return newest.model_copy(update={"checkpoint": text})


def _size(newest: object) -> int:
    if newest is None:
        return 0
    if not isinstance(newest, int) or newest < 0:
        raise edited(f"an event has the position {newest!r}")
    return newest + 1


def _check_kept(transaction: Transaction, kept: Checkpoint | None, size: int) -> None:
    """A log whose checkpoints do not follow from each other is forged, or an older state of itself."""
    if kept is None:
        return
    if kept.size > size:
        raise edited(f"the checkpoint in the file is of {kept.size} events, and there are {size}; the file was left as it is")
    if root_at(transaction, kept.size) != kept.root:
        raise edited(f"the checkpoint in the file has another root over its {kept.size} events; the file was left as it is")


def _is_still(newest: Seal, made: Checkpoint) -> bool:
    """Say whether the text that is kept says the same: then its signature stays."""
    found = kept_text(newest)
    return found is not None and found.body == made.body

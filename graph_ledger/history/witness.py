"""Witness: the checkpoint in a file, maybe the only one that is kept; it gives way to nothing but what follows from it."""

from pathlib import Path

from graph_ledger.database.database import Database, Transaction
from graph_ledger.history.log import edited, newest_seal, root_at
from graph_ledger.values import witness
from graph_ledger.values.checkpoint import Checkpoint
from graph_ledger.values.seal import Seal
from graph_ledger.values.witness import check_alike


def check_before(transaction: Transaction, kept: Checkpoint) -> None:
    """Refuse to place anything in a log that has lost what the checkpoint knows: the place of what was lost stays free."""
    newest = newest_seal(transaction)
    _check_follows(transaction, kept, 0 if newest is None else newest.seal.size)


def check(transaction: Transaction, kept: Checkpoint, made: Checkpoint, *, renamed: bool) -> None:
    """Refuse to let a checkpoint give way to what is made now: a log whose checkpoints do not follow is forged, or an older state."""
    _check_follows(transaction, kept, made.size)
    check_alike(kept, kept.origin if renamed else made.origin, signed=bool(made.signatures))


def gives_way(database: Database, path: Path, kept: Checkpoint | None, sealed: Seal) -> bool:
    """Say whether the file may still be replaced by what follows from it."""

    def check_follows(now: Checkpoint, made: Checkpoint) -> None:
        database.reading(lambda transaction: _check_follows(transaction, now, made.size))

    return witness.gives_way(path, kept, sealed, check_follows)


def _check_follows(transaction: Transaction, kept: Checkpoint, size: int) -> None:
    if kept.size > size:
        raise edited(f"the checkpoint in the file is of {kept.size} events, and {size} are sealed; the file was left as it is")
    if root_at(transaction, kept.size) != kept.root:
        raise edited(f"the checkpoint in the file has another root over its {kept.size} events; the file was left as it is")

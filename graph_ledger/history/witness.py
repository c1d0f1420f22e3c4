"""Witness: the checkpoint in a file, maybe the only one that is kept; it gives way to nothing but what follows from it."""

from pathlib import Path

from graph_ledger.database.database import Database, Transaction
from graph_ledger.errors import ValidationError
from graph_ledger.history.log import edited, newest_seal, root_at
from graph_ledger.values.checkpoint import Checkpoint, held, parse
from graph_ledger.values.seal import Seal


def read(path: Path) -> Checkpoint | None:
    """Return what the file holds; None where there is no file yet, or an empty one."""
    try:
        if not path.is_file() or not path.stat().st_size:
            return None
    except (OSError, ValueError) as error:
        raise ValidationError(f"the checkpoint {str(path)!r} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    try:
        return held(path)
    except ValidationError as error:
        raise ValidationError(f"{error}; only an earlier checkpoint is overwritten: name another file") from None


def check_before(transaction: Transaction, kept: Checkpoint) -> None:
    """Refuse to place anything in a log that has lost what the checkpoint knows: the place of what was lost stays free."""
    newest = newest_seal(transaction)
    _check_follows(transaction, kept, 0 if newest is None else newest.seal.size)


def check(transaction: Transaction, kept: Checkpoint, made: Checkpoint, *, renamed: bool) -> None:
    """Refuse to let a checkpoint give way to what is made now: a log whose checkpoints do not follow is forged, or an older state."""
    _check_follows(transaction, kept, made.size)
    if kept.origin != made.origin and not renamed:
        raise ValidationError(
            f"the checkpoint in the file is of {kept.origin}, and this ledger is called {made.origin}: "
            f"seal with the origin that is right, or name another file"
        )
    if kept.signatures and not made.signatures:
        raise ValidationError("the checkpoint in the file is signed, and this one would not be: give the key, or name another file")


def gives_way(database: Database, path: Path, kept: Checkpoint | None, sealed: Seal) -> bool:
    """Say whether the file may still be replaced: another seal may have written it meanwhile, and a newer checkpoint stays."""
    now, made = read(path), parse(sealed.checkpoint)
    if now is None or now == kept:
        return True
    if now.size > made.size or (now.is_like(made) and now.signatures and not made.signatures):
        return False
    database.reading(lambda transaction: _check_follows(transaction, now, made.size))
    return True


def _check_follows(transaction: Transaction, kept: Checkpoint, size: int) -> None:
    if kept.size > size:
        raise edited(f"the checkpoint in the file is of {kept.size} events, and {size} are sealed; the file was left as it is")
    if root_at(transaction, kept.size) != kept.root:
        raise edited(f"the checkpoint in the file has another root over its {kept.size} events; the file was left as it is")

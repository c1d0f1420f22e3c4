"""Witness: the checkpoint in a file, maybe the only one that is kept, and when it may be replaced."""

from collections.abc import Callable
from pathlib import Path

from graph_ledger.errors import ValidationError
from graph_ledger.values.checkpoint import Checkpoint, held, parse
from graph_ledger.values.replacing import reason
from graph_ledger.values.seal import Seal


def read(path: Path) -> Checkpoint | None:
    """Return what the file holds; None where there is no file yet, or an empty one.

    Raises:
        ValidationError: It holds something else.
    """
    try:
        if not path.is_file() or not path.stat().st_size:
            return None
    except (OSError, ValueError) as error:
        raise ValidationError(f"the checkpoint {str(path)!r} cannot be read: {reason(error)}") from None
    try:
        return held(path)
    except ValidationError as error:
        raise ValidationError(f"{error}; only an earlier checkpoint is overwritten: name another file") from None


def check_alike(kept: Checkpoint, origin: str, *, signed: bool) -> None:
    """Refuse to let what is in the file give way to what another log says, or to what nobody signed where somebody had.

    Raises:
        ValidationError: So it would be.
    """
    if kept.origin != origin:
        raise ValidationError(
            f"the checkpoint in the file is of {kept.origin}, and this ledger is called {origin}: "
            f"seal with the origin that is right, or name another file"
        )
    if kept.signatures and not signed:
        raise ValidationError("the checkpoint in the file is signed, and this one would not be: give the key, or name another file")


def gives_way(path: Path, kept: Checkpoint | None, sealed: Seal, check: Callable[[Checkpoint, Checkpoint], None]) -> bool:
    """Say whether the file may still be replaced: another seal may have written it meanwhile, and a newer checkpoint stays.

    Args:
        path: The file.
        kept: What it held before.
        sealed: What would take its place.
        check: Refuses where what the file holds now is not followed by what was made.
    """
    now, made = read(path), parse(sealed.checkpoint)
    if now is None or now == kept:
        return True
    if now.size > made.size or (now.is_like(made) and now.signatures and not made.signatures):
        return False
    check(now, made)
    return True

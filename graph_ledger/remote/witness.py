"""Witness: the checkpoint in a file on this machine; it gives way to nothing but what follows from it, checked here."""

from collections.abc import Callable
from pathlib import Path

from graph_ledger.errors import HistoryEditedError, ValidationError
from graph_ledger.values.checkpoint import Checkpoint, checkpoint_of, held, parse
from graph_ledger.values.keys import PrivateKey
from graph_ledger.values.proof import Consistency
from graph_ledger.values.proof_check import check_consistency
from graph_ledger.values.replacing import reason
from graph_ledger.values.seal import Seal

Grown = Callable[[Checkpoint], Consistency]
"""Asks the service whether its log begins with what a checkpoint closed."""


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


def signed(seal: Seal, signer: PrivateKey | None) -> Seal:
    """Return a seal with its checkpoint signed here; the key never leaves this machine.

    Raises:
        HistoryEditedError: The checkpoint that came with the seal is not its own.
    """
    told = parse(seal.checkpoint)
    if (told.size, told.root.hex()) != (seal.size, seal.root_hash):
        raise HistoryEditedError("the checkpoint that the service gave is not that of its seal: nothing was signed")
    return seal if signer is None else seal.model_copy(update={"checkpoint": checkpoint_of(told.origin, told.size, told.root, signer).text})


def check_before(kept: Checkpoint, grown: Grown, origin: str | None, signer: PrivateKey | None) -> None:
    """Refuse to seal a log that has lost what the checkpoint knows, or whose checkpoint could not take its place."""
    told = grown(kept)
    checked = check_consistency(told, checkpoint=kept.text)
    if checked.status == "failed":
        raise _edited(checked.reason)
    newest = None if told.checkpoint is None else parse(told.checkpoint)
    if newest is not None and newest.origin != kept.origin and origin is None:
        raise ValidationError(
            f"the checkpoint in the file is of {kept.origin}, and this ledger is called {newest.origin}: "
            f"seal with the origin that is right, or name another file"
        )
    if kept.signatures and signer is None and not (newest is not None and newest.signatures):
        raise ValidationError("the checkpoint in the file is signed, and this one would not be: give the key, or name another file")


def check_after(kept: Checkpoint, grown: Grown, sealed: Seal) -> None:
    """Refuse to let the file give way to a checkpoint that does not follow from what it holds."""
    checked = check_consistency(grown(kept), checkpoint=kept.text, new_checkpoint=sealed.checkpoint)
    if not checked.ok:
        raise _edited(checked.reason)


def gives_way(path: Path, kept: Checkpoint | None, grown: Grown, sealed: Seal) -> bool:
    """Say whether the file may still be replaced: another seal may have written it meanwhile, and a newer checkpoint stays."""
    now, made = read(path), parse(sealed.checkpoint)
    if now is None or now == kept:
        return True
    if now.size > made.size or (now.is_like(made) and now.signatures and not made.signatures):
        return False
    check_after(now, grown, sealed)
    return True


def _edited(why: str) -> HistoryEditedError:
    return HistoryEditedError(f"what is sealed does not follow from the checkpoint in the file: {why}; the file was left as it is")

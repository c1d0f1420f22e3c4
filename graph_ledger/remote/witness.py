"""Witness: the checkpoint in a file on this machine; it gives way to nothing but what follows from it, checked here."""

from collections.abc import Callable
from pathlib import Path

from graph_ledger.errors import HistoryEditedError
from graph_ledger.values import witness
from graph_ledger.values.checkpoint import Checkpoint, checkpoint_of, parse
from graph_ledger.values.keys import PrivateKey
from graph_ledger.values.proof import Consistency
from graph_ledger.values.proof_check import check_consistency
from graph_ledger.values.seal import Seal
from graph_ledger.values.witness import check_alike

Grown = Callable[[Checkpoint], Consistency]
"""Asks the service whether its log begins with what a checkpoint closed."""


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
    named = kept.origin if newest is None or origin is not None else newest.origin
    check_alike(kept, named, signed=signer is not None or bool(newest is not None and newest.signatures))


def check_after(kept: Checkpoint, grown: Grown, sealed: Seal) -> None:
    """Refuse to let the file give way to a checkpoint that does not follow from what it holds."""
    checked = check_consistency(grown(kept), checkpoint=kept.text, new_checkpoint=sealed.checkpoint)
    if not checked.ok:
        raise _edited(checked.reason)


def gives_way(path: Path, kept: Checkpoint | None, grown: Grown, sealed: Seal) -> bool:
    """Say whether the file may still be replaced by what follows from it."""
    return witness.gives_way(path, kept, sealed, lambda now, _: check_after(now, grown, sealed))


def _edited(why: str) -> HistoryEditedError:
    return HistoryEditedError(f"what is sealed does not follow from the checkpoint in the file: {why}; the file was left as it is")

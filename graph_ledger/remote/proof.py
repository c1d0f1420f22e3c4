"""Proof: whether what happened was edited; proved by a service, checked and signed on this machine."""

import pathlib

from graph_ledger.errors import ValidationError
from graph_ledger.remote import witness
from graph_ledger.remote.base import Asking
from graph_ledger.remote.plain import flag_of
from graph_ledger.values.asked import name_of
from graph_ledger.values.checkpoint import Checkpoint, check_origin, held
from graph_ledger.values.keys import private_key
from graph_ledger.values.model import ModelLike
from graph_ledger.values.proof import Consistency, Proof
from graph_ledger.values.replacing import replacing
from graph_ledger.values.seal import Seal
from graph_ledger.values.snapshot import Snapshot
from graph_ledger.values.verification import Verification
from graph_ledger.values.witness import read

File = str | pathlib.Path


class RemoteProving(Asking):
    """Whether the history is what was recorded."""

    def verify(self, model: ModelLike | None = None, *, deep: bool = False) -> Verification:
        """Have every hash of one model's events recomputed, or of all; the service says what it found."""
        return self._value("verify", Verification, model=None if model is None else name_of(model), deep=flag_of(deep, "deep"))

    def seal(self, *, checkpoint: File | None = None, key: File | None = None, origin: str | None = None) -> Seal:
        """Have the service close every event under a root; its checkpoint is signed and written here.

        The ledger itself keeps the checkpoint without this signature. What the file held is compared with the log of the service, by a
        path that is checked here, before and after.
        """
        signer = None if key is None else private_key(key)
        name = None if origin is None else check_origin(origin)
        if checkpoint is None:
            return witness.signed(self._value("seal", Seal, origin=name), signer)
        path = pathlib.Path(checkpoint)
        kept = read(path)
        if kept is not None:
            witness.check_before(kept, self._grown, name, signer)
        with replacing(path, lambda: witness.gives_way(path, kept, self._grown, sealed)) as file:
            sealed = witness.signed(self._value("seal", Seal, origin=name), signer)
            if kept is not None:
                witness.check_after(kept, self._grown, sealed)
            file.write(sealed.checkpoint)
        return sealed

    def prove(self, snapshot: Snapshot | str, *, checkpoint: File | None = None) -> Proof:
        """Have it proved that an event is in the log of the newest seal, or of a checkpoint on this machine; `check_proof` checks it."""
        name = snapshot.snapshot_hash if isinstance(snapshot, Snapshot) else snapshot
        if not isinstance(name, str):
            raise ValidationError(f"a Snapshot or its snapshot_hash is needed, not {type(name).__name__}")
        kept = None if checkpoint is None else held(checkpoint).text
        return self._service.told("prove", Proof.of_json, snapshot=name, checkpoint=kept)

    def prove_consistency(self, checkpoint: File) -> Consistency:
        """Have all that was sealed recomputed, and compared with a checkpoint that you kept; `check_consistency` checks the answer."""
        return self._grown(held(checkpoint))

    def _grown(self, checkpoint: Checkpoint) -> Consistency:
        return self._service.told("prove_consistency", Consistency.of_json, checkpoint=checkpoint.text)

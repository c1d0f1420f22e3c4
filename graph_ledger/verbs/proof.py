"""Proof: whether what happened was edited, also shown to others."""

import pathlib

from graph_ledger.contracts.graph.replay import compare
from graph_ledger.discovery.deep_verify import deepen
from graph_ledger.history.prove import prove
from graph_ledger.history.prove_consistency import prove_consistency
from graph_ledger.history.seal import seal
from graph_ledger.history.verify import verify
from graph_ledger.registry.rebuilt import compare_versions
from graph_ledger.values.model import ModelLike
from graph_ledger.values.proof import Consistency, Proof
from graph_ledger.values.proof_check import check_consistency, check_proof
from graph_ledger.values.seal import Seal
from graph_ledger.values.snapshot import Snapshot
from graph_ledger.values.verification import Verification
from graph_ledger.verbs.base import Verbs

File = str | pathlib.Path


class Proving(Verbs):
    """Whether the history is what was recorded."""

    def verify(self, model: ModelLike | None = None, *, deep: bool = False) -> Verification:
        """Recompute every hash of one model's events, or of all and what was sealed; report whatever is not as it was recorded.

        ``deep``: also rebuild fields, claims on ports, memberships and tags from the events, and report what drifted;
        of all, the elements, contracts and addresses of data models, and model versions, too.
        """
        found = None if model is None else self._found(model)
        verification = verify(self._database, None if found is None else found.model_hash)
        if not deep:
            return verification
        drifted = [] if found is not None else [*compare(self._database), *compare_versions(self._database)]
        told = verification.model_copy(update={"findings": (*verification.findings, *drifted)})
        return deepen(self._database, told, None if found is None else found.key)

    def seal(self, *, checkpoint: File | None = None, key: File | None = None, origin: str | None = None) -> Seal:
        """Give every event not sealed yet its position in the log, and close them under a root; nothing new returns the newest seal.

        Args:
            checkpoint: File to which the seal's checkpoint is written, to be kept where the ledger's writers cannot write. An
                earlier checkpoint in it is replaced only by one that follows from it.
            key: PEM file with the Ed25519 key that signs the checkpoint; None leaves it unsigned.
            origin: What checkpoints call this ledger from now on; at first ``graph-ledger/`` and a name of its own.

        Raises:
            ValidationError: There are no events yet, or key, origin or file will not do; nothing was written to the file.
            HistoryEditedError: What is stored no longer fits the newest seal, or the checkpoint in the file; nothing is sealed.
        """
        return seal(self._database, checkpoint, key, origin)

    def prove(self, snapshot: Snapshot | str, *, checkpoint: File | None = None) -> Proof:
        """Prove that an event (or its ``snapshot_hash``) is in the log of the newest seal, or of an earlier checkpoint.

        Raises:
            ValidationError: There is no such event, it is not sealed yet, or was not when the checkpoint was made.
            HistoryEditedError: The event, or what it was sealed with, is not as it was.
        """
        return prove(self._database, snapshot, checkpoint)

    def prove_consistency(self, checkpoint: File) -> Consistency:
        """Recompute all that was sealed, and say whether it begins with what a checkpoint closed that you kept: text or file."""
        return prove_consistency(self._database, checkpoint)

    check_proof = staticmethod(check_proof)
    check_consistency = staticmethod(check_consistency)

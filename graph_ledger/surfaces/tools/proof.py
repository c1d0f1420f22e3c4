"""The tools about proof: whether what happened was edited, also shown to others."""

import re
from typing import TYPE_CHECKING, Any

from pydantic import Field

from graph_ledger.errors import ValidationError
from graph_ledger.surfaces.tools.tool import Asked, tool
from graph_ledger.values.proof import Consistency, Proof, ProofCheck
from graph_ledger.values.proof_check import check_consistency as check_offline
from graph_ledger.values.proof_check import check_proof as check_proof_offline
from graph_ledger.values.seal import Seal
from graph_ledger.values.verification import Verification

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger

CHECKPOINT = "\n"
"""A checkpoint has several lines; a path has one, and no file of the machine that answers is ever read for somebody else."""

VKEY = re.compile(r"[^+\s\x00]{1,1024}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}")
"""A public key as a line of text."""
HASH = "0123456789abcdef0123456789abcdef"


class VerifyInput(Asked):
    """Of which model."""

    model: str | None = Field(default=None, min_length=1)
    """The model: its key `platform/name`, a bare name that one model has, or its hash. Left out: all, and what was sealed."""
    deep: bool = False
    """Whether fields, claims on ports, memberships and tags are rebuilt from the events, too."""


@tool({"model": "fraud_scoring"})
def verify(ledger: "Ledger", asked: VerifyInput) -> Verification:
    """Recompute every hash of one model's events, or of all; report whatever is not as it was recorded."""
    return ledger.verify(asked.model, deep=asked.deep)


class SealInput(Asked):
    """How it is sealed."""

    origin: str | None = Field(default=None, min_length=1)
    """What checkpoints call this ledger from now on."""


@tool({}, role="admin")
def seal(ledger: "Ledger", asked: SealInput) -> Seal:
    """Close every event not sealed yet under a root; keep the `checkpoint` of the answer where the ledger's writers cannot write."""
    return ledger.seal(origin=asked.origin)


class ProveInput(Asked):
    """Which event."""

    snapshot: str = Field(min_length=1)
    """The event, by its hash."""
    checkpoint: str | None = None
    """The text of an earlier checkpoint, to prove that the event was in it. Left out: the newest seal."""


@tool({"snapshot": HASH})
def prove(ledger: "Ledger", asked: ProveInput) -> Proof:
    """Prove that an event is in the sealed log; whoever keeps a checkpoint can check it without the ledger."""
    return ledger.prove(asked.snapshot, checkpoint=None if asked.checkpoint is None else text(asked.checkpoint))


class ProveConsistencyInput(Asked):
    """Since when."""

    checkpoint: str
    """The text of a checkpoint that you kept."""


@tool({"checkpoint": "graph-ledger/demo\n240\nMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n"})
def prove_consistency(ledger: "Ledger", asked: ProveConsistencyInput) -> Consistency:
    """Recompute all that was sealed, and say whether it begins with what a checkpoint closed that you kept."""
    return ledger.prove_consistency(text(asked.checkpoint))


class CheckProofInput(Asked):
    """Which proof, and against what."""

    proof: dict[str, Any]
    """What `prove` returned."""
    checkpoint: str | None = None
    """The text of a checkpoint that you kept; without it, and without a key, nothing is anchored."""
    public_key: str | None = Field(default=None, max_length=10_000)
    """The text of the public key that signs checkpoints: `name+hash+base64`."""


@tool({"proof": {}})
def check_proof(ledger: "Ledger", asked: CheckProofInput) -> ProofCheck:
    """Check a proof, as anybody can without a ledger."""
    del ledger
    checkpoint = None if asked.checkpoint is None else text(asked.checkpoint)
    return check_proof_offline(asked.proof, checkpoint=checkpoint, public_key=_key(asked.public_key))


class CheckConsistencyInput(Asked):
    """Which proof, and against what."""

    consistency: dict[str, Any]
    """What `prove_consistency` returned."""
    checkpoint: str | None = None
    """The text of the earlier checkpoint that you kept."""
    new_checkpoint: str | None = None
    """The text of the later one."""
    public_key: str | None = Field(default=None, max_length=10_000)
    """The text of the public key that signs checkpoints: `name+hash+base64`."""


@tool({"consistency": {}})
def check_consistency(ledger: "Ledger", asked: CheckConsistencyInput) -> ProofCheck:
    """Check that a later checkpoint follows from an earlier one, as anybody can without a ledger."""
    del ledger
    first, second = (None if each is None else text(each) for each in (asked.checkpoint, asked.new_checkpoint))
    return check_offline(asked.consistency, checkpoint=first, new_checkpoint=second, public_key=_key(asked.public_key))


def text(checkpoint: str) -> str:
    """Refuse what the library would take for the path of a file.

    Raises:
        ValidationError: It is no text of a checkpoint.
    """
    if CHECKPOINT not in checkpoint.strip():
        raise ValidationError("checkpoint: its text is needed, which has at least three lines")
    return checkpoint


def _key(given: str | None) -> str | None:
    if given is not None and not VKEY.fullmatch(given):
        raise ValidationError("public_key: its text is needed, name+hash+base64")
    return given

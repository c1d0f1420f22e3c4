"""Proofs: that an event is in the log as it was recorded, and that the log only grew; to be checked without the ledger."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from graph_ledger.errors import ValidationError
from graph_ledger.values.checkpoint import parse
from graph_ledger.values.document import Document
from graph_ledger.values.hashed import is_canonical_object, is_normal
from graph_ledger.values.snapshot import chain_hash, snapshot_hash


def _canonical_object(text: str) -> str:
    if not is_canonical_object(text):
        raise ValueError("this is no JSON object in canonical form")
    return text


def _normal(text: str) -> str:
    if not is_normal(text):
        raise ValueError("this is not in Unicode normalization form C, in which it was hashed")
    return text


def _checkpoint(text: str) -> str:
    try:
        parse(text)
    except ValidationError as error:
        raise ValueError(str(error)) from None
    return text


Short = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Long = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Time = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$")]
Text = Annotated[str, AfterValidator(_normal)]
Json = Annotated[str, AfterValidator(_canonical_object)]
Path = Annotated[tuple[Long, ...], Field(max_length=128)]
CheckpointText = Annotated[str, AfterValidator(_checkpoint)]
Count = Annotated[int, Field(ge=0, lt=10**18)]


class ProvenEvent(Document):
    """An event to the letter as it was hashed; times and JSON are texts, so that no reader writes them another way."""

    model_hash: Short
    """Whose event it is."""
    event_type: Text
    """What happened."""
    actor: Text
    """Who did it."""
    source: Text | None
    """The connector or system that said so."""
    timestamp: Time
    """When it was so, UTC."""
    payload: Json
    """What else was said, as canonical JSON."""
    tags: Json
    """Labels of the event, as canonical JSON."""
    parent_hash: Text | None
    """The `snapshot_hash` of the event that it answers to."""
    repetition: Count
    """How many events of the model said the very same before."""
    snapshot_hash: Short
    """Its name: over everything above."""
    sequence: Count
    """Its place among the events of its model, from 1."""
    recorded_at: Time
    """When the ledger learned it, UTC."""
    previous_hash: Long | None
    """The `chain_hash` of the event before it."""
    chain_hash: Long
    """Over its name, place, recording time and the event before: the leaf of the log."""

    def named(self) -> str:
        """Return the name that its content gives it."""
        return snapshot_hash(
            model_hash=self.model_hash,
            event_type=self.event_type,
            actor=self.actor,
            source=self.source,
            timestamp=self.timestamp,
            payload=self.payload,
            tags=self.tags,
            parent_hash=self.parent_hash,
            repetition=self.repetition,
        )

    def linked(self) -> str:
        """Return the link that its name, place and time give it."""
        return chain_hash(self.snapshot_hash, self.sequence, self.recorded_at, self.previous_hash)


class Proof(Document):
    """Shows that an event, to the letter, is in the log of a checkpoint; `check_proof` checks it without any database.

    >>> seal = ledger.seal()
    >>> proof = ledger.prove(ledger.latest("fraud"))
    >>> check_proof(proof, checkpoint=seal.checkpoint).status
    'ok'
    """

    format: Literal["graph-ledger/proof/1"] = "graph-ledger/proof/1"
    """What this document is."""
    event: ProvenEvent
    """The event, all of it."""
    position: Count
    """Its place in the log, from 0."""
    size: Count
    """How many events the log of the checkpoint has."""
    path: Path
    """RFC 6962 audit path from the event to the root, from below, in hex."""
    checkpoint: CheckpointText
    """The checkpoint with that root; signed where the seal was."""


class Consistency(Document):
    """Whether a log only grew since an earlier checkpoint, and the path that shows it; `check_consistency` checks it offline.

    >>> before = ledger.seal()
    >>> event = ledger.record("fraud", event="retrained", actor="ml-pipeline")
    >>> after = ledger.seal()
    >>> ledger.prove_consistency(before.checkpoint).status
    'ok'
    """

    format: Literal["graph-ledger/consistency/1"] = "graph-ledger/consistency/1"
    """What this document is."""
    status: Literal["ok", "failed"]
    """Whether all that is stored now begins with what the earlier checkpoint closed."""
    reason: str
    """What was found, in words."""
    old_size: Count
    """How many events the earlier checkpoint closed."""
    new_size: Count
    """How many are closed now."""
    path: Path
    """RFC 6962 consistency path, in hex; empty where both sizes are one, or it failed."""
    old_checkpoint: CheckpointText
    """The earlier checkpoint."""
    checkpoint: CheckpointText | None
    """That of the newest seal; None where there is none."""

    @property
    def ok(self) -> bool:
        """Whether the log only grew."""
        return self.status == "ok"


def growth(old_size: int, new_size: int) -> str:
    """Say what a log is known to have done between two checkpoints.

    >>> growth(7, 7)
    'nothing was sealed since: the log has 7 events, as it had then, and all are as they were'
    """
    if old_size == new_size:
        return f"nothing was sealed since: the log has {new_size} events, as it had then, and all are as they were"
    return f"the log grew from {old_size} to {new_size} events, and the first {old_size} are as they were"


class ProofCheck(Document):
    """What a check without the ledger found.

    >>> ProofCheck(status="unanchored", reason="nothing was given to check it against").ok
    False
    """

    status: Literal["ok", "failed", "unanchored"]
    """``failed``: something does not fit. ``unanchored``: it fits in itself, but nothing that you hold vouches for it."""
    reason: str
    """Why, in words."""

    @property
    def ok(self) -> bool:
        """Whether it fits, and what you hold vouches for it."""
        return self.status == "ok"

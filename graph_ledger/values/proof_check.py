"""Checks of proofs, without the ledger and its database: hashes, and what the caller holds."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph_ledger.values.checkpoint import Checkpoint, held, parse
from graph_ledger.values.keys import PublicKey, public_key
from graph_ledger.values.merkle import leaf_hash, root_above, roots_after
from graph_ledger.values.proof import Consistency, Proof, ProofCheck, ProvenEvent, growth

Given = str | Path | Mapping[str, Any]
NOTHING_HELD = "it fits in itself, but whoever made it could have made up all of it: give a checkpoint that you kept, or the public key"


def check_proof(
    proof: Proof | Given, *, checkpoint: str | Path | None = None, public_key: str | Path | None = None
) -> ProofCheck:  # the name of the argument is that of the command's option
    """Check that an event is, to the letter, in the log of a checkpoint that you hold, or of one that a key signed.

    Args:
        proof: What `Ledger.prove` returned: the value, its dictionary, or the file it was written to.
        checkpoint: The text of a checkpoint that you kept, or its file. It must be of as many events as the proof.
        public_key: PEM file, or ``name+hash+base64``, which also says which log; given both, both must vouch for it.

    Returns:
        ProofCheck: ``ok``; ``failed`` where a hash or a signature does not fit; ``unanchored`` where all fits, but nothing that
            you gave vouches for it: you gave nothing, a checkpoint of another size, or a key that signed none of it.

    Raises:
        ValidationError: Proof, checkpoint or key is none.

    >>> seal = ledger.seal()
    >>> check_proof(ledger.prove(ledger.latest("fraud"))).status
    'unanchored'
    """
    made, kept, key = Proof.of(proof), *_held(checkpoint, public_key)
    own = parse(made.checkpoint)
    wrong = _misfit(made.event) or _misplaced(made, own)
    if wrong:
        return _said("failed", wrong)
    if kept is not None and kept.size != own.size:
        return _said("unanchored", _other_size(kept, own))
    if kept is not None and not kept.is_like(own):
        return _said("failed", f"your checkpoint has another root over its {kept.size} events: the history was rewritten")
    said = f"the event is number {made.position} (from 0) of the {own.size} that were sealed"
    return _unsigned(key, _both(kept, own)) or _anchored(kept, key, said)


def check_consistency(
    consistency: Consistency | Given,
    *,
    checkpoint: str | Path | None = None,
    new_checkpoint: str | Path | None = None,
    public_key: str | Path | None = None,
) -> ProofCheck:
    """Check that a log only grew, from what `Ledger.prove_consistency` returned.

    Whoever knows the earlier checkpoint can make up a future that follows from it: something has to vouch for the later one, too.

    Args:
        consistency: The value, its dictionary, or the file it was written to.
        checkpoint: The earlier checkpoint that you kept, text or file.
        new_checkpoint: The later one, if you have it from elsewhere than from who made the proof.
        public_key: PEM file, or ``name+hash+base64``; both checkpoints must be signed by it, either maybe in what you kept.

    Returns:
        ProofCheck: ``ok``, ``failed`` or ``unanchored``, as for `check_proof`.

    >>> before = ledger.seal()
    >>> event = ledger.record("fraud", event="retrained", actor="ml-pipeline")
    >>> after, grown = ledger.seal(), ledger.prove_consistency(before.checkpoint)
    >>> check_consistency(grown, checkpoint=before.checkpoint, new_checkpoint=after.checkpoint).status
    'ok'
    """
    made, kept, key = Consistency.of(consistency), *_held(checkpoint, public_key)
    later = None if new_checkpoint is None else held(new_checkpoint)
    old = parse(made.old_checkpoint)
    if made.status == "failed" or made.checkpoint is None:
        return _said("failed", made.reason)
    new = parse(made.checkpoint)
    if (old.size, new.size) != (made.old_size, made.new_size):
        return _said("failed", "its checkpoints are not of the sizes that it names")
    roots = roots_after(old.size, new.size, old.root, [bytes.fromhex(each) for each in made.path])
    if roots != (old.root, new.root):
        return _said("failed", "its path does not lead from the earlier root to the later one")
    for mine, own, word in ((kept, old, "begins"), (later, new, "ends")):
        if mine is not None and not mine.is_like(own):
            status = "failed" if mine.size == own.size else "unanchored"
            return _said(status, f"it {word} with another checkpoint, of {own.size} events, than yours of {mine.size}")
    return _unsigned(key, _both(kept, old)) or _unsigned(key, _both(later, new)) or _grown(old, new, key, kept, later)


def _grown(old: Checkpoint, new: Checkpoint, key: PublicKey | None, kept: Checkpoint | None, later: Checkpoint | None) -> ProofCheck:
    if key is None and kept is not None and later is None and not new.is_like(kept):
        return _said(
            "unanchored",
            f"it begins with the checkpoint you hold, but nothing vouches for the later one, of {new.size} events, which whoever made "
            "this could have made up: give that checkpoint from elsewhere, or the public key",
        )
    return _anchored(kept, key, growth(old.size, new.size))


def _both(mine: Checkpoint | None, own: Checkpoint) -> list[Checkpoint]:
    return [own] if mine is None else [mine, own]


def _held(checkpoint: str | Path | None, key: str | Path | None) -> tuple[Checkpoint | None, PublicKey | None]:
    return None if checkpoint is None else held(checkpoint), None if key is None else public_key(key)


def _misfit(event: ProvenEvent) -> str:
    if event.named() != event.snapshot_hash:
        return f"the event's content has the hash {event.named()}, not {event.snapshot_hash}: it was edited"
    if event.linked() != event.chain_hash:
        return "the event's link does not follow from its hash, number, time of recording and the event before: it was edited"
    return ""


def _misplaced(proof: Proof, own: Checkpoint) -> str:
    if proof.size != own.size:
        return f"the proof is of {proof.size} events, and its checkpoint of {own.size}"
    leaf = leaf_hash(proof.event.chain_hash.encode())
    if root_above(leaf, proof.position, proof.size, [bytes.fromhex(each) for each in proof.path]) != own.root:
        return "the path does not lead from the event to the root of the checkpoint"
    return ""


def _other_size(kept: Checkpoint, own: Checkpoint) -> str:
    return (
        f"your checkpoint is of {kept.size} events and the proof of {own.size}: ask for one with "
        "prove(snapshot, checkpoint=yours), or for prove_consistency(yours), which shows that the log only grew"
    )


def _unsigned(key: PublicKey | None, texts: list[Checkpoint]) -> ProofCheck | None:
    """Say so unless the key, where one is given, signed one of these texts of one checkpoint."""
    if key is None:
        return None
    found = [each.signed_by(key) for each in texts]
    if "wrong" in found:
        return _said("failed", "a signature in the name of this key was not made by it")
    if "signed" not in found:
        return _said("unanchored", f"no signature by this key on the checkpoint of {texts[-1].size} events of {texts[-1].origin}")
    return None


def _anchored(kept: Checkpoint | None, key: PublicKey | None, said: str) -> ProofCheck:
    if kept is None and key is None:
        return _said("unanchored", NOTHING_HELD)
    by = [text for text, given in (("the checkpoint you hold", kept), ("the key's signature", key)) if given is not None]
    return _said("ok", f"{said}; {' and '.join(by)} vouch{'es' if len(by) == 1 else ''} for it")


def _said(status: str, reason: str) -> ProofCheck:
    return ProofCheck(status=status, reason=reason)  # type: ignore[arg-type]  # one of three words

"""Proofs: what was sealed can be shown to others, and whatever was edited since is found by who kept a checkpoint."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_ledger import (
    Consistency,
    HistoryEditedError,
    Ledger,
    Proof,
    Seal,
    ValidationError,
    check_consistency,
    check_proof,
)
from graph_ledger.database.database import Transaction
from graph_ledger.values.checkpoint import checkpoint_of, parse
from graph_ledger.values.keys import vkey
from graph_ledger.values.merkle import leaf_hash, node_hash
from tests.graph import empty
from tests.history.tampering import TILE, Image, forge, make_small, model, positions, reseal, small, tamper
from tests.history.test_seal import write_key

__all__ = ["small"]

pytestmark = pytest.mark.usefixtures("small")


@pytest.fixture(scope="module")
def image(opened: Ledger) -> tuple[Image, Seal, Seal]:
    """Eleven events of two models under two seals: of seven, then of all."""
    with pytest.MonkeyPatch.context() as patch:
        make_small(patch)
        empty(opened)
        model(opened, "m", 7)
        first = opened.seal()
        model(opened, "n", 4)
        second = opened.seal()
        return Image(opened), first, second


@pytest.fixture
def sealed(image: tuple[Image, Seal, Seal], ledger: Ledger) -> tuple[Ledger, Seal, Seal]:
    """A ledger with that in it."""
    kept, first, second = image
    kept.put_back(ledger)
    return ledger, first, second


Sealed = tuple[Ledger, Seal, Seal]


def test_every_sealed_event_is_proved_without_the_ledger(sealed: Sealed, tmp_path: Path) -> None:
    ledger, first, second = sealed
    for event in ledger.history("m") + ledger.history("n"):
        proof = ledger.prove(event)
        assert proof == ledger.prove(event.snapshot_hash)
        proof.write(tmp_path / "proof.json")
        assert Proof.read(tmp_path / "proof.json") == proof
        for made in (proof, tmp_path / "proof.json", str(tmp_path / "proof.json"), proof.model_dump(mode="json")):
            assert check_proof(made, checkpoint=second.checkpoint).status == "ok"
        assert (proof.event.snapshot_hash, proof.event.actor, proof.size) == (event.snapshot_hash, event.actor, 11)
        assert json.loads(proof.event.payload) == event.payload
        assert Ledger.check_proof(proof).status == "unanchored"
        other = check_proof(proof, checkpoint=first.checkpoint)
        assert other.status == "unanchored"
        assert "prove_consistency" in other.reason


def test_an_earlier_checkpoint_has_proofs_of_its_own(sealed: Sealed, tmp_path: Path) -> None:
    ledger, first, _ = sealed
    (tmp_path / "kept").write_text(first.checkpoint, encoding="utf-8")
    for event in ledger.history("m"):
        proof = ledger.prove(event, checkpoint=tmp_path / "kept")
        assert (proof.size, proof.checkpoint) == (7, first.checkpoint)
        assert check_proof(proof, checkpoint=tmp_path / "kept").ok
    with pytest.raises(ValidationError, match="sealed after that checkpoint"):
        ledger.prove(ledger.history("n")[0], checkpoint=first.checkpoint)


def test_a_signature_vouches_for_a_proof_as_a_checkpoint_does(ledger: Ledger, tmp_path: Path) -> None:
    key, other = write_key(tmp_path / "key.pem"), write_key(tmp_path / "other.pem")
    model(ledger, "m", 3)
    ledger.seal()
    unsigned = ledger.prove(ledger.history("m")[1])
    seal = ledger.seal(key=tmp_path / "key.pem", origin="example.com/ledger")
    proof, mine = ledger.prove(ledger.history("m")[1]), vkey("example.com/ledger", key.raw)
    (tmp_path / "mine.vkey").write_text(mine + "\n", encoding="utf-8")
    for public in (mine, tmp_path / "mine.vkey"):
        assert check_proof(proof, public_key=public).ok
        assert check_proof(proof, public_key=public, checkpoint=seal.checkpoint).ok
        assert check_proof(unsigned, public_key=public).status == "unanchored"
        assert check_proof(unsigned, public_key=public, checkpoint=unsigned.checkpoint).status == "unanchored"
        assert check_proof(unsigned, public_key=public, checkpoint=seal.checkpoint).ok, "what the caller keeps is signed"
    for stranger in (vkey("example.com/ledger", other.raw), vkey("example.com/other", key.raw)):
        assert check_proof(proof, public_key=stranger).status == "unanchored"
    text = parse(proof.checkpoint)
    (mark,) = text.signatures
    wrong = text._replace(signatures=(mark._replace(signature=bytes(64)),)).text
    assert check_proof(proof.model_copy(update={"checkpoint": wrong}), public_key=mine).status == "failed"


@pytest.fixture
def never(ledger: Ledger) -> Ledger:
    """Three events that nobody sealed."""
    model(ledger, "m", 3)
    return ledger


def test_what_is_not_sealed_is_not_proved_and_the_error_says_how(never: Ledger) -> None:
    newest = never.history("m")[0]
    with pytest.raises(ValidationError, match=r"call seal\(\)"):
        never.prove(newest)
    never.seal()
    later = never.record("m", event="later", actor="me")
    with pytest.raises(ValidationError, match=r"call seal\(\)"):
        never.prove(later)
    assert never.prove(newest).position == 2
    for unknown in ("0" * 32, "", 7):
        with pytest.raises(ValidationError, match=r"no event|is needed"):
            never.prove(unknown)  # type: ignore[arg-type]


EDITED = {
    "the actor": "SET e.actor = 'you'",
    "the time": "SET e.timestamp = e.timestamp + duration({microseconds: 1})",
    "a time finer than any": "SET e.timestamp = e.timestamp + duration({nanoseconds: 1})",
    "a time that is none": "SET e.timestamp = 'yesterday'",
    "the time of recording": "SET e.recorded_at = e.recorded_at + duration({microseconds: 1})",
    "the payload": "SET e.payload = '{\"n\":9}'",
    "the payload, which is none": "SET e.payload = 'n'",
    "the number": "SET e.sequence = 99",
    "the link before": "SET e.previous_hash = 'x'",
    "the link": "SET e.chain_hash = 'x'",
    "the type, away": "REMOVE e.event_type",
    "the place": "SET e.position = 30 WITH e MATCH (o:Snapshot {position: 3}) SET o.position = 2 SET e.position = 3",
    "the place, which is none": "SET e.position = -1",
}


@pytest.mark.parametrize("edit", EDITED)
def test_an_event_that_was_edited_is_not_proved_and_is_found_from_the_checkpoint(edit: str, sealed: Sealed) -> None:
    ledger, first, second = sealed
    name = positions(ledger)[2][1]
    tamper(ledger, f"MATCH (e:Snapshot {{position: 2}}) {EDITED[edit]}")
    with pytest.raises(HistoryEditedError):
        ledger.prove(name)
    for kept in (first, second):
        assert ledger.prove_consistency(kept.checkpoint).status == "failed"
    assert not ledger.verify().ok


def leave(ledger: Ledger) -> None:
    """The forger leaves tiles and seals as they are."""


def cut(ledger: Ledger, name: str, left: int) -> None:
    """Cut the history of a model short."""
    tamper(
        ledger,
        "MATCH (node:ModelRef {name: $name})-[:HAS_SNAPSHOT]->(e) WITH node, e ORDER BY e.sequence WITH node, collect(e) AS events "
        "SET node.last_sequence = $left, node.head_hash = events[$left - 1].chain_hash "
        "WITH events UNWIND events[$left..] AS gone DETACH DELETE gone",
        name=name, left=left,
    )  # fmt: skip


def close_gaps(ledger: Ledger) -> None:
    """Give those that are left new positions without a gap."""
    names = [name for _, name in positions(ledger)]
    tamper(ledger, "MATCH (e:Snapshot) SET e.position = null")
    tamper(ledger, "UNWIND range(0, size($names) - 1) AS n MATCH (e:Snapshot {snapshot_hash: $names[n]}) SET e.position = n", names=names)


FORGERIES = {
    "a chain rewritten to its end": lambda ledger: forge(ledger, "m", 3),
    "the last events of a model cut off": lambda ledger: cut(ledger, "m", 5),
    "a model deleted with its events": lambda ledger: tamper(
        ledger, "MATCH (node:ModelRef {name: 'm'})-[:HAS_SNAPSHOT]->(e) DETACH DELETE node, e"
    ),
    "two that change places": lambda ledger: tamper(
        ledger,
        "MATCH (e:Snapshot) WHERE e.position IN [1, 2] WITH e ORDER BY e.position WITH collect(e) AS both WITH both[0] AS a, both[1] AS b "
        "SET a.position = 90 SET b.position = 1 SET a.position = 2",
    ),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forgery_is_found_once_sealed_and_from_the_checkpoint_even_if_the_seals_were_forged_too(forgery: str, sealed: Sealed) -> None:
    ledger, first, _ = sealed
    FORGERIES[forgery](ledger)
    assert {finding.model.partition(" ")[0] for finding in ledger.verify().findings} & {"seal", "tile"}
    assert ledger.prove_consistency(first.checkpoint).status == "failed"
    close_gaps(ledger)
    reseal(ledger)
    assert ledger.verify().ok, "inside the database nothing is left to be found"
    found = ledger.prove_consistency(first.checkpoint)
    assert found.status == "failed"
    assert check_consistency(found, checkpoint=first.checkpoint).status == "failed"
    ledger.seal()
    assert ledger.prove_consistency(first.checkpoint).status == "failed"


def test_a_forgery_behind_the_checkpoint_is_told_apart(sealed: Sealed) -> None:
    ledger, first, _ = sealed
    forge(ledger, "n", 2)
    assert (
        "the first 7 events are as they were, and later ones are not those of seal 2" in ledger.prove_consistency(first.checkpoint).reason
    )
    reseal(ledger)
    assert ledger.prove_consistency(first.checkpoint).ok, "the checkpoint knows nothing of what came after it"


def test_an_older_state_and_another_ledger_are_found(sealed: Sealed) -> None:
    ledger, first, second = sealed
    empty(ledger)
    assert "nothing is sealed here" in ledger.prove_consistency(second.checkpoint).reason
    model(ledger, "m", 7)
    ledger.seal()
    assert "only 7 are sealed here" in ledger.prove_consistency(second.checkpoint).reason
    assert "or it is another ledger" in ledger.prove_consistency(first.checkpoint).reason
    with pytest.raises(HistoryEditedError, match="is of 11 events, and 7 are sealed"):
        ledger.prove(ledger.history("m")[0], checkpoint=second.checkpoint)


def test_growth_is_checked_without_the_ledger(sealed: Sealed, tmp_path: Path) -> None:
    ledger, first, second = sealed
    grown = ledger.prove_consistency(first.checkpoint)
    grown.write(tmp_path / "growth.json")
    assert (grown.ok, grown.old_size, grown.new_size, grown.checkpoint) == (True, 7, 11, second.checkpoint)
    both = {"checkpoint": first.checkpoint, "new_checkpoint": second.checkpoint}
    assert check_consistency(tmp_path / "growth.json", **both).ok
    assert check_consistency(grown, new_checkpoint=second.checkpoint).status == "unanchored"
    assert check_consistency(grown, checkpoint=first.checkpoint, new_checkpoint=first.checkpoint).status == "unanchored"
    assert Ledger.check_consistency(grown).status == "unanchored"
    assert check_consistency(grown, checkpoint=second.checkpoint).status == "unanchored"
    same = ledger.prove_consistency(second.checkpoint)
    assert (same.ok, same.path, check_consistency(same, checkpoint=second.checkpoint).ok) == (True, (), True)
    rewritten = first.checkpoint.replace(first.checkpoint.split("\n")[2], second.checkpoint.split("\n")[2])
    assert check_consistency(grown, checkpoint=rewritten).status == "failed"
    for wrong in (
        {"path": grown.path[:-1]}, {"path": (*grown.path, "0" * 64)}, {"path": ("0" * 64, *grown.path[1:])}, {"old_size": 6},
        {"old_checkpoint": rewritten}, {"status": "failed"}, {"checkpoint": None},
    ):  # fmt: skip
        spoilt = Consistency.model_validate(grown.model_dump() | wrong)
        assert check_consistency(spoilt, **both).status == "failed", wrong
    other = second.checkpoint.replace(second.checkpoint.split("\n")[2], first.checkpoint.split("\n")[2])
    assert check_consistency(grown, checkpoint=first.checkpoint, new_checkpoint=other).status == "failed"


def test_a_future_made_up_by_who_knows_the_checkpoint_is_not_anchored(ledger: Ledger) -> None:
    """Four events are a whole tree: whoever has its root hangs a fifth beside it, without knowing any of the four."""
    model(ledger, "m", 4)
    kept = parse(ledger.seal().checkpoint)
    leaf = leaf_hash(b"never recorded")
    made_up = checkpoint_of(kept.origin, 5, node_hash(kept.root, leaf))
    grown = Consistency(
        status="ok", reason="", old_size=4, new_size=5, path=(leaf.hex(),), old_checkpoint=kept.text, checkpoint=made_up.text
    )  # fmt: skip
    found = check_consistency(grown, checkpoint=kept.text)
    assert (found.status, "nothing vouches for the later one" in found.reason) == ("unanchored", True)


def test_growth_may_be_vouched_for_by_a_key(ledger: Ledger, tmp_path: Path) -> None:
    public = write_key(tmp_path / "key.pem")
    key = vkey("example.com/ledger", public.raw)
    model(ledger, "m", 3)
    first = ledger.seal(origin="example.com/ledger", key=tmp_path / "key.pem")
    model(ledger, "n", 3)
    unsigned = ledger.seal()
    assert check_consistency(ledger.prove_consistency(first.checkpoint), public_key=key).status == "unanchored"
    ledger.seal(key=tmp_path / "key.pem")
    assert check_consistency(ledger.prove_consistency(first.checkpoint), public_key=key).ok
    assert check_consistency(ledger.prove_consistency(unsigned.checkpoint), public_key=key).status == "unanchored"


def test_a_proof_reads_two_tiles_of_leaves_however_long_the_log_is(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    model(ledger, "m", 10 * TILE + 3)
    ledger.seal()
    run, read = Transaction.run, []

    def counted(self: Transaction, name: str, /, **parameters: Any) -> Any:
        row = run(self, name, **parameters)
        if name == "history/leaves":
            read.extend(row["positions"])
        return row

    monkeypatch.setattr(Transaction, "run", counted)
    for event in ledger.history("m"):
        read.clear()
        assert ledger.prove(event).size == 10 * TILE + 3
        assert len(read) <= 2 * TILE


@given(steps=st.lists(st.sampled_from(["record", "other", "seal"]), min_size=1, max_size=14))
@settings(max_examples=8)
def test_whatever_is_sealed_stays_provable_while_the_log_grows(steps: list[str], opened: Ledger) -> None:
    empty(opened)
    model(opened, "m", 2)
    model(opened, "n", 1)
    seals: list[Seal] = []
    for number, step in enumerate([*steps, "seal"]):
        if step == "seal":
            seals.append(opened.seal())
        else:
            opened.record("m" if step == "record" else "n", event=f"e{number}", actor="me", payload={"n": number, "x": "y"})
    for seal in seals:
        grown = opened.prove_consistency(seal.checkpoint)
        assert check_consistency(grown, checkpoint=seal.checkpoint, new_checkpoint=seals[-1].checkpoint).ok
        assert (grown.old_size, grown.new_size) == (seal.size, seals[-1].size)
    for _, name in positions(opened):
        assert check_proof(opened.prove(name), checkpoint=seals[-1].checkpoint).ok
    assert opened.verify().ok


@given(data=st.data())
@settings(max_examples=100)
def test_no_byte_of_a_proof_can_be_changed(data: st.DataObject, proofs: tuple[str, str]) -> None:
    text, checkpoint = proofs
    fields: dict[str, Any] = json.loads(text)
    at = data.draw(st.sampled_from(["event", "path", "size", "position"]))
    if at == "event":
        name = data.draw(st.sampled_from(sorted(fields["event"])))
        fields["event"][name] = changed(data, fields["event"][name])
    elif at == "path":
        place = data.draw(st.integers(0, len(fields["path"]) - 1))
        fields["path"][place] = changed(data, fields["path"][place])
    else:
        fields[at] = changed(data, fields[at])
    try:
        status = check_proof(fields, checkpoint=checkpoint).status
    except ValidationError:
        status = "failed"
    assert status == "failed"


def changed(data: st.DataObject, value: Any) -> Any:
    """Return another value: a letter more, less or another, another number, something for nothing."""
    if isinstance(value, int):
        return data.draw(st.integers(0, 100).filter(lambda each: each != value))
    if not value:
        return data.draw(st.text("abc0123456789{}", min_size=1))
    place = data.draw(st.integers(0, len(value) - 1))
    letter = data.draw(st.sampled_from(["", *'abcdef0123456789Z:, {}"x']).filter(lambda each: each != value[place]))
    return value[:place] + letter + value[place + 1 :]


@pytest.fixture
def proofs(sealed: Sealed) -> tuple[str, str]:
    """A proof as text, and the checkpoint kept; the event has two words in its payload, a tag and nobody it answers to."""
    ledger, _, _ = sealed
    event = ledger.record("m", event="validated", actor="mrm", payload={"a": 1, "b": 2}, tags={"c": "d"}, timestamp="2026-01-01")
    kept = ledger.seal()
    return ledger.prove(event).to_json(), kept.checkpoint


def test_a_comma_moved_from_one_field_to_the_next_is_no_proof(proofs: tuple[str, str]) -> None:
    """The text that is hashed stays the same to the letter: only that each part is a JSON object tells them apart."""
    fields = json.loads(proofs[0])
    assert (fields["event"]["payload"], fields["event"]["tags"]) == ('{"a":1,"b":2}', '{"c":"d"}')
    fields["event"] |= {"payload": '{"a":1', "tags": '"b":2},{"c":"d"}'}
    with pytest.raises(ValidationError, match="no JSON object"):
        check_proof(fields, checkpoint=proofs[1])

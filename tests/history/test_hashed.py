"""What is stored is what was hashed, to the letter: no text and no JSON can be exchanged for another of the same hash."""

import pytest

from graph_ledger import HistoryEditedError, Ledger, ValidationError, check_proof
from tests.history.tampering import model, tamper


def test_a_text_that_is_hashed_as_another_is_no_proof(ledger: Ledger) -> None:
    """Kelvin is hashed as K, a Greek question mark as a semicolon: the hash is over the normal form."""
    model(ledger, "m", 2)
    event = ledger.record("m", event="KYC;done", actor="KLAUS", source="MLKit", parent="K", timestamp="2026-01-01")
    kept = ledger.seal().checkpoint
    fields = ledger.prove(event).model_dump(mode="json")
    for name, text in {"event_type": "KYC\u037edone", "actor": "\u212aLAUS", "source": "ML\u212ait", "parent_hash": "\u212a"}.items():
        spoilt = fields | {"event": fields["event"] | {name: text}}
        with pytest.raises(ValidationError, match=f"{name}.*normalization form"):
            check_proof(spoilt, checkpoint=kept)
        tamper(ledger, f"MATCH (e:Snapshot {{snapshot_hash: $name}}) SET e.{name} = $text", name=event.snapshot_hash, text=text)
        assert [(each.kind, each.field) for each in ledger.verify("m").findings] == [("edited", "content")]
        assert ledger.prove_consistency(kept).status == "failed"
        with pytest.raises(HistoryEditedError):
            ledger.prove(event)
        tamper(
            ledger, f"MATCH (e:Snapshot {{snapshot_hash: $name}}) SET e.{name} = $text",
            name=event.snapshot_hash, text=fields["event"][name],
        )  # fmt: skip


def test_what_is_stored_is_what_is_hashed(ledger: Ledger) -> None:
    model(ledger, "m", 2)
    apart, composed = "re\u0301ne\u0301", "r\u00e9n\u00e9"
    recorded = ledger.record("m", event=apart, actor=apart, source=apart, parent=apart, timestamp="2026-01-01")
    assert ledger.record("m", event=composed, actor=composed, source=composed, parent=composed, timestamp="2026-01-01") == recorded
    assert (recorded.event_type, recorded.actor, recorded.source, recorded.parent_hash) == (composed,) * 4
    assert ledger.verify().ok


def test_a_comma_moved_is_found_from_the_checkpoint_too(ledger: Ledger) -> None:
    model(ledger, "m", 2)
    event = ledger.record("m", event="validated", actor="mrm", payload={"a": 1, "b": 2}, tags={"c": "d"})
    kept = ledger.seal().checkpoint
    tamper(
        ledger,
        'MATCH (e:Snapshot {snapshot_hash: $name}) SET e.payload = \'{"a":1\', e.tags = \'"b":2},{"c":"d"}\'',
        name=event.snapshot_hash,
    )
    assert ledger.prove_consistency(kept).status == "failed"

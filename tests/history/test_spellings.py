"""A text is one text however its letters are composed: what is said twice is said once, and is found by either spelling."""

from typing import Any
from unicodedata import normalize

from graph_ledger import DataNode, Ledger

COMPOSED, APART = "caf\u00e9", normalize("NFD", "caf\u00e9")
BOTH = (APART, COMPOSED)
IDENTITY: dict[str, Any] = {"owner": APART, "model_type": "t", "tier": APART, "purpose": APART}


def test_a_text_is_one_text_however_it_is_composed(ledger: Ledger) -> None:
    assert APART != COMPOSED
    for name in "gm":
        ledger.register(name=name, actor=APART, **IDENTITY)
    ledger.add(DataNode("n", platform=APART, metadata={"owner": APART, "note": APART}, outputs=[APART]), source=APART)
    told: list[set[Any]] = [
        {ledger.add_member("g", "m", role=text, actor=text).snapshot_hash for text in BOTH},
        {ledger.tag("m", text, actor=text).updated_at for text in BOTH},
        {ledger.record_observation("m", observation_id=text, observation="x", status="open", actor=text).snapshot_hash for text in BOTH},
        {ledger.resolve_observation("m", observation_id=text, resolution="y", actor=text).snapshot_hash for text in BOTH},
        {ledger.link_dependency("m", "n", relationship=text, actor=text)[0].snapshot_hash for text in BOTH},
        {
            ledger.record("m", event=text, actor=text, source=text, payload={text: text}, timestamp="2026-01-01").snapshot_hash
            for text in BOTH
        },
    ]
    assert [len(each) for each in told] == [1] * len(told)
    for text in BOTH:
        assert ledger.latest("m", text) == ledger.tag_at("m", text, "2030-01-01")
        assert len(ledger.tag_history("m", text)) == 1
        assert ledger.query(owner=text).total == 3
        assert len(ledger.list(text=text.upper())) == 2
        assert len(ledger.history("m", actor=text, event_type=text, source=text)) == 1
        assert ledger.changelog(actor=text, event_type=text, platform=text).total == 0
        assert ledger.changelog(actor=text, event_type=text).total == 1
    assert ledger.untag("m", APART, actor="me") == ledger.untag("m", COMPOSED, actor="me")
    assert ledger.verify(deep=True).findings == ()

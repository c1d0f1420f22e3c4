"""Which models fit a question: the examiner's, too."""

from typing import Any

import pytest

from graph_ledger import Ledger, ValidationError


def register(ledger: Ledger, name: str, tier: str = "high", **more: Any) -> None:
    ledger.register(name=name, platform="ml", owner="o", model_type="t", tier=tier, purpose="scores", timestamp="2026-01-01", **more)


def names(ledger: Ledger, **asked: Any) -> list[str]:
    return [row.name for row in ledger.query(**asked).models]


def test_which_high_risk_models_changed_and_have_not_been_validated_since(ledger: Ledger) -> None:
    for name in ("changed", "checked", "late", "quiet"):
        register(ledger, name)
    register(ledger, "small", tier="low")
    for name in ("changed", "checked", "late", "small"):
        ledger.record(name, event="retrained", actor="ml", timestamp="2026-03-01")
    ledger.record_validation("checked", result="pass", actor="mrm", timestamp="2026-03-02")
    ledger.record_validation("late", result="pass", actor="mrm", timestamp="2026-02-01")
    ledger.record_observation("late", observation_id="1", observation="x", status="open", actor="me", timestamp="2026-03-05")
    ledger.tag("quiet", "production", timestamp="2026-03-05")
    asked: dict[str, Any] = {"tier": "high", "changed_since": "2026-03-01"}
    assert names(ledger, validated=False, **asked) == ["changed", "late"]
    assert names(ledger, validated=True, **asked) == ["checked"]
    assert names(ledger, validated=False, tier="high", changed_since="2026-03-02") == []
    assert names(ledger, validated=False, as_of="2026-02-15") == ["changed", "checked", "quiet", "small"]
    assert names(ledger, known_at="2026-01-01") == []


def test_a_page_tells_how_many_there_are_and_what_happened_last(ledger: Ledger) -> None:
    for number in range(4):
        register(ledger, f"m{number}")
    event = ledger.record("m1", event="retrained", actor="ml")
    page = ledger.query(limit=2)
    assert (page.total, page.has_more, [row.name for row in page.models]) == (4, True, ["m0", "m1"])
    row = page.models[1]
    assert (row.key, row["last_event"], row.event_count, row.last_changed, row.last_validated) == (
        "ml/m1",
        "retrained",
        2,
        event.timestamp,
        None,
    )
    assert (ledger.query(limit=2, offset=2).has_more, ledger.query(offset=100).models) == (False, ())
    assert ledger.query("SCORES", owner="o", platform="ML").total == 4
    assert ledger.query("nothing").total == 0


def test_what_cannot_be_asked_is_refused(ledger: Ledger) -> None:
    for wrong in (
        {"limit": 0},
        {"offset": -1},
        {"colour": "red"},
        {"changed_since": "yesterday"},
        {"validated": "no"},
        {"validated": 1},
        {"owner": 5},
        {"owner": ["o"]},
        {"text": 5},
    ):
        with pytest.raises(ValidationError):
            ledger.query(**wrong)

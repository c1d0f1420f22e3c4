"""Reading a history: how many events may be asked for."""

import pytest

from graph_ledger import Ledger, ValidationError


def test_a_limit_that_is_no_number_of_events_is_refused(ledger: Ledger) -> None:
    ledger.register(name="m", owner="o", model_type="t", tier="high", purpose="p")
    for bad in ("5", 2**80, 0, -1, 1.5, True):
        for order in ("asc", "desc"):
            with pytest.raises(ValidationError, match="limit is a whole number from 1 to 1,000,000,000, not "):
                ledger.history("m", order=order, limit=bad)


def test_a_limit_keeps_the_first_in_either_order(ledger: Ledger) -> None:
    ledger.register(name="m", owner="o", model_type="t", tier="high", purpose="p", timestamp="2026-01-01")
    for day in ("2026-01-02", "2026-01-03"):
        ledger.record("m", event=day, actor="a", timestamp=day)
    assert [event.event_type for event in ledger.history("m", limit=2)] == ["2026-01-03", "2026-01-02"]
    assert [event.event_type for event in ledger.history("m", limit=2, order="asc")] == ["registered", "2026-01-02"]
    assert len(ledger.history("m", limit=1_000_000_000)) == 3

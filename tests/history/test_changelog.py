"""The changelog holds every event once, page after page, also while others write."""

from typing import Any

import pytest

from graph_ledger import DataNode, Ledger, Snapshot, ValidationError


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    """Two models on two platforms; twelve events, several of one time."""
    ledger.add([DataNode("a", platform="etl"), DataNode("b", platform="ml")], source="s", observed_at="2026-01-01")
    for number in range(8):
        ledger.record(
            "ab"[number % 2], event="metrics", actor=f"bot {number % 3}", payload={"n": number}, timestamp=f"2026-02-0{1 + number // 4}"
        )
    return ledger


def test_pages_hold_every_event_once_in_order(told: Ledger) -> None:
    whole = told.changelog()
    assert (whole.total, len(whole), whole.next_cursor) == (12, 12, None)
    assert [event.timestamp for event in whole] == sorted((event.timestamp for event in whole), reverse=True)
    assert {event.snapshot_hash for event in whole} == {event.snapshot_hash for name in "ab" for event in told.history(name)}
    for limit in (1, 3, 5, 12):
        pages: list[Snapshot] = []
        cursor = None
        while True:
            page = told.changelog(limit=limit, cursor=cursor)
            pages += page.events
            cursor = page.next_cursor
            if cursor is None:
                break
        assert pages == list(whole.events)


def test_what_is_recorded_meanwhile_shifts_no_page(told: Ledger) -> None:
    whole, page = told.changelog(), told.changelog(limit=4)
    told.record("a", event="new", actor="me")
    told.record("b", event="backdated", actor="me", timestamp="2026-02-01")
    rest = [event for event in told.changelog(cursor=page.next_cursor) if event.event_type not in {"new", "backdated"}]
    assert [*page.events, *rest] == list(whole.events)


FILTERS: dict[str, tuple[dict[str, Any], int]] = {
    "event_type": ({"event_type": "metrics"}, 8),
    "actor": ({"actor": "bot 0"}, 3),
    "platform": ({"platform": "ETL"}, 6),
    "model": ({"model": "b"}, 6),
    "since": ({"since": "2026-02-02"}, 4),
    "until": ({"until": "2026-02-01"}, 8),
    "several": ({"model": "a", "event_type": "metrics", "since": "2026-02-02"}, 2),
    "nothing": ({"actor": "nobody"}, 0),
}


@pytest.mark.parametrize("name", FILTERS)
def test_filters_are_counted_and_applied_alike(name: str, told: Ledger) -> None:
    given, total = FILTERS[name]
    page = told.changelog(limit=2, **given)
    assert (page.total, len(page), page.next_cursor is None) == (total, min(total, 2), total <= 2)


@pytest.mark.parametrize(
    "given", [{"limit": 0}, {"limit": 10_001}, {"limit": "5"}, {"cursor": "x"}, {"cursor": "W10"}, {"since": "yesterday"}]
)
def test_bad_questions_are_refused(given: dict[str, Any], told: Ledger) -> None:
    with pytest.raises(ValidationError):
        told.changelog(**given)

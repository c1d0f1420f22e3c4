"""Get and list: one rule for the last sight, filters as things are kept, bounds, and why there is no answer."""

import pytest

from graph_ledger import DataNode, Ledger, ModelNotFoundError, ValidationError
from graph_ledger.values.moment import point_in_time


def registered(ledger: Ledger, timestamp: str) -> None:
    """Register a model that has been there since a day."""
    ledger.register(name="fraud", owner="risk", model_type="ml_model", tier="high", purpose="Cards", timestamp=timestamp)


@pytest.mark.parametrize(
    ("as_of", "last"), [("2026-01-15", "2026-01-10"), ("2026-02-15", "2026-02-10"), ("2026-03-15", "2026-02-10"), ("2026-01-05", None)]
)
def test_a_last_sight_is_the_newest_that_is_known_of_by_then(ledger: Ledger, as_of: str, last: str | None) -> None:
    registered(ledger, "2026-01-01")
    for source, days in {"jan": ["2026-01-10"], "feb": ["2026-02-05", "2026-02-10"], "jun": ["2026-01-20", "2026-06-01"]}.items():
        for day in days:
            ledger.add(DataNode("fraud"), source=source, observed_at=day)
    got, listed = ledger.get("fraud", as_of=as_of), ledger.list(as_of=as_of)
    assert got.last_seen == (None if last is None else point_in_time(last))
    assert listed == [got]


def test_a_list_of_a_date_keeps_its_order_and_shows_each_its_own_sight(ledger: Ledger) -> None:
    for day, names in {"2026-01-03": "ca", "2026-01-02": "b"}.items():
        ledger.add([DataNode(name, platform="p") for name in names], source=day, observed_at=day)
    listed = ledger.list(as_of="2026-02-01", offset=1, limit=2)
    assert [(ref.name, ref.last_seen) for ref in listed] == [("b", point_in_time("2026-01-02")), ("c", point_in_time("2026-01-03"))]


def test_a_list_at_a_date_looks_up_sights_only_of_what_it_returns(ledger: Ledger) -> None:
    filters = dict.fromkeys(("owner", "platform", "model_type", "tier", "status", "text"))
    when = point_in_time("2026-02-01")
    plan = ledger.database.plan("models/list_at", as_of=when, known_at=when, open_end=when, skip=0, most=1, **filters)
    assert plan.index("RollUpApply") < plan.index("Skip")
    assert ledger.database.plan("models/get_at", key="a", as_of=when, known_at=when).count("NodeUniqueIndexSeek") == 1


def test_a_platform_is_found_however_it_is_spelt_and_nothing_else_is(ledger: Ledger) -> None:
    ledger.add([DataNode("a", platform="CLI", metadata={"owner": "Ada"}), DataNode("b", platform="cafe\u0301")])
    ledger.register(name="c", owner="Ada", model_type="t", tier="high", purpose="p")
    for as_of in (None, ledger.get("a").created_at):
        assert [ref.name for spelt in ("CLI", "cli") for ref in ledger.list(platform=spelt, as_of=as_of)] == ["a", "a"]
        assert [ref.name for ref in ledger.list(platform="CAF\u00c9", as_of=as_of)] == ["b"]
        assert ledger.list(owner="ada", as_of=as_of) == []
    assert [ref.name for ref in ledger.list(platform="")] == ["c"]


@pytest.mark.parametrize(
    "bad",
    [
        {"limit": "5"},
        {"limit": 2**80},
        {"limit": 2.0},
        {"limit": True},
        {"limit": -1},
        {"offset": "1"},
        {"offset": 10**20},
        {"offset": None},
    ],
)
def test_a_bound_that_is_no_number_of_models_is_refused(ledger: Ledger, bad: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match=f"{next(iter(bad))} is a whole number from 0 to 1,000,000,000, not "):
        ledger.list(**bad)  # type: ignore[arg-type]
    assert ledger.list(limit=0) == []


def test_what_was_there_but_not_known_yet_is_told_apart_from_what_was_not_there(ledger: Ledger) -> None:
    registered(ledger, "2026-01-01")
    recorded = ledger.history("fraud")[0].recorded_at
    with pytest.raises(ModelNotFoundError, match="nothing of it at that time had been recorded by known_at") as unknown:
        ledger.get("fraud", as_of="2026-06-01", known_at="2026-06-01")
    assert (unknown.value.first_known, unknown.value.first_seen) == (recorded, None)
    assert recorded is not None
    assert recorded.isoformat() in str(unknown.value)
    assert ledger.get("fraud", as_of="2026-06-01", known_at=recorded).owner == "risk"
    for known_at in (None, "2026-06-01"):
        with pytest.raises(ModelNotFoundError, match="ask about a later moment") as early:
            ledger.get("fraud", as_of="2025-12-31", known_at=known_at)
        assert (early.value.first_known, early.value.first_seen) == (None, ledger.get("fraud").created_at)


def test_a_time_that_was_only_learnt_of_later_is_first_known_from_then(ledger: Ledger) -> None:
    registered(ledger, "2026-03-01")
    first = ledger.history("fraud")[0].recorded_at
    ledger.record("fraud", event="trained", actor="me", timestamp="2026-01-01")
    ledger.update("fraud", owner="ops", actor="me", timestamp="2026-02-01")
    learnt = ledger.history("fraud", event_type="trained")[0].recorded_at
    with pytest.raises(ModelNotFoundError) as unknown:
        ledger.get("fraud", as_of="2026-02-15", known_at=first)
    assert unknown.value.first_known == learnt
    assert ledger.get("fraud", as_of="2026-02-15", known_at=learnt).name == "fraud"
    assert ledger.get("fraud", as_of="2026-03-15", known_at=first).owner == "risk"

"""Stages: versions move, at most one is in production, and every move can be read and undone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_ledger import Ledger
from graph_ledger.errors import ConflictError, DatabaseError, GraphLedgerError, ValidationError
from graph_ledger.registry import InMemoryModelStore, ModelRegistry, ModelStage
from tests.graph import counts, empty, nodes


def production(registry: ModelRegistry, name: str = "clf") -> str | None:
    found = registry.get_production_model(name)
    return None if found is None else found.version


def stages(registry: ModelRegistry, name: str = "clf") -> dict[str, str]:
    return {each.version: each.stage.value for each in registry.list_versions(name)}


@pytest.fixture
def three(registry: ModelRegistry) -> ModelRegistry:
    for version in "123":
        registry.register("clf", version, created_at="2026-01-01")
    return registry


def test_promoting_one_archives_the_other(three: ModelRegistry, ledger: Ledger) -> None:
    for version in "12":
        moved = three.transition_stage("clf", version, ModelStage.PRODUCTION, actor="ann", reason="better")
        assert moved is not None
        assert (moved.version, moved.stage) == (version, ModelStage.PRODUCTION)
    assert stages(three) == {"1": "archived", "2": "production", "3": "development"}
    model = three.get_model("clf")
    assert model is not None
    assert model.production_version == three.get_production_model("clf")
    assert ledger.verify(deep=True).ok


def test_any_stage_leads_to_any_stage(three: ModelRegistry, ledger: Ledger) -> None:
    for stage in [each for one in ModelStage for other in ModelStage for each in (one, other)]:
        moved = three.transition_stage("clf", "1", stage.value)
        assert moved is not None
        assert moved.stage is stage
        assert (production(three) == "1") is (stage is ModelStage.PRODUCTION)
    assert ledger.verify(deep=True).ok


def test_being_there_already_is_silent(three: ModelRegistry, ledger: Ledger) -> None:
    three.transition_stage("clf", "1", "production")
    before = counts(ledger)
    assert three.transition_stage("clf", "1", "production", actor="bob", reason="again") == three.get_version("clf", "1")
    assert counts(ledger) == before


def test_a_stage_that_is_expected_must_be_there(three: ModelRegistry, ledger: Ledger) -> None:
    before = counts(ledger)
    with pytest.raises(ConflictError, match="in development, not in staging"):
        three.transition_stage("clf", "1", "production", expected="staging")
    for wrong in (
        {"stage": "live"},
        {"stage": "staging", "expected": "live"},
        {"stage": "staging", "actor": " "},
        {"stage": "staging", "reason": 3},
    ):
        with pytest.raises(ValidationError):
            three.transition_stage("clf", "1", **wrong)
    assert counts(ledger) == before
    assert three.transition_stage("clf", "1", "production", expected="development") is not None


def test_every_move_is_told_newest_first(three: ModelRegistry) -> None:
    three.transition_stage("clf", "1", "production", actor="ann", reason="first", timestamp="2026-02-01T00:00:00Z")
    three.transition_stage("clf", "2", "production", actor="bob", timestamp="2026-03-01T00:00:00Z")
    moves = [(each.version, each.old.value, each.new.value, each.actor, each.reason, each.at.month) for each in three.stage_history("clf")]
    assert moves == [
        ("2", "development", "production", "bob", None, 3),
        ("1", "production", "archived", "bob", None, 3),
        ("1", "development", "production", "ann", "first", 2),
    ]
    assert [each.actor for each in three.stage_history("clf", "1")] == ["bob", "ann"]


def test_what_was_in_production_at_a_date_is_known(three: ModelRegistry, ledger: Ledger) -> None:
    three.transition_stage("clf", "1", "production", timestamp="2026-02-01T00:00:00Z")
    three.transition_stage("clf", "2", "production", timestamp="2026-03-01T00:00:00Z")
    three.transition_stage("clf", "2", "staging", timestamp="2026-04-01T00:00:00Z")
    asked = {date: three.production_at("clf", date) for date in ("2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01", "2026-04-01")}
    assert [None if each is None else each.version for each in asked.values()] == [None, "1", "1", "2", None]
    was = asked["2026-02-28"]
    assert was is not None
    assert (was.stage, was.updated_at) == (ModelStage.PRODUCTION, datetime(2026, 2, 1, tzinfo=timezone.utc))
    assert three.delete_version("clf", "1")
    gone = three.production_at("clf", "2026-02-28")
    assert gone is not None
    assert (gone.version, three.production_at("other", "2026-02-28")) == ("1", None)
    event = ledger.tag_at("clf", "production", "2026-03-15")
    assert event is not None
    assert event.payload["member_name"] == "clf:2"
    assert three.production_at("clf", "2026-02-28", known_at="2026-01-01") is None


def test_moves_are_told_in_order(three: ModelRegistry, ledger: Ledger) -> None:
    three.transition_stage("clf", "1", "production", timestamp="2026-03-01")
    before = counts(ledger)
    for version, stage in (("1", "staging"), ("2", "production")):
        with pytest.raises(ValidationError, match="told in order"):
            three.transition_stage("clf", version, stage, timestamp="2026-02-01")
    with pytest.raises(ValidationError, match="told in order"):
        three.transition_stage("clf", "3", "staging", timestamp="2025-12-31")
    assert counts(ledger) == before
    assert three.transition_stage("clf", "3", "staging", timestamp="2026-02-01") is not None


def test_a_rollback_goes_back_step_by_step(three: ModelRegistry, ledger: Ledger) -> None:
    with pytest.raises(ConflictError, match="nothing to roll back to"):
        three.rollback("clf", actor="ann")
    with pytest.raises(ConflictError):
        three.rollback("other", actor="ann")
    for version in "123":
        three.transition_stage("clf", version, "production")
    assert three.rollback("clf", actor="ann", reason="drift").version == "2"
    assert stages(three) == {"1": "archived", "2": "production", "3": "archived"}
    assert [(each.actor, each.reason) for each in three.stage_history("clf")[:2]] == [("ann", "drift")] * 2
    assert three.rollback("clf", actor="ann").version == "1"
    with pytest.raises(ConflictError):
        three.rollback("clf", actor="ann")
    three.transition_stage("clf", "3", "production")
    assert three.rollback("clf", actor="ann").version == "1"
    assert ledger.verify(deep=True).ok


def test_a_rollback_that_is_asked_again_goes_no_further(three: ModelRegistry, ledger: Ledger) -> None:
    with pytest.raises(ConflictError, match="nothing is in production, not 3"):
        three.rollback("clf", actor="ann", expected="3")
    for version in "123":
        three.transition_stage("clf", version, "production")
    assert three.rollback("clf", actor="ann", expected="3").version == "2"
    before = counts(ledger)
    with pytest.raises(ConflictError, match="2 is in production, not 3: somebody moved it meanwhile"):
        three.rollback("clf", actor="ann", expected="3")
    assert (counts(ledger), production(three)) == (before, "2")


def test_a_rollback_passes_over_what_was_deleted_and_finds_what_was_demoted(three: ModelRegistry) -> None:
    for version in "123":
        three.transition_stage("clf", version, "production")
    assert three.delete_version("clf", "2")
    assert three.rollback("clf", actor="ann").version == "1"
    three.transition_stage("clf", "1", "archived")
    assert (production(three), three.rollback("clf", actor="ann").version) == (None, "1")


def test_what_is_in_production_is_deleted_by_force_alone(three: ModelRegistry, ledger: Ledger) -> None:
    three.transition_stage("clf", "1", "production")
    before = counts(ledger)
    with pytest.raises(ConflictError, match="in production"):
        three.delete_version("clf", "1")
    assert counts(ledger) == before
    assert three.delete_version("clf", "1", force=True)
    assert (production(three), ledger.list_tags("clf")) == (None, [])
    assert ledger.verify(deep=True).ok


def test_the_database_takes_no_second_version_in_production(three: ModelRegistry, ledger: Ledger) -> None:
    three.transition_stage("clf", "1", "production")
    ((of,),) = {each for each in nodes(ledger, "ModelVersion", "production_of") if each[0] is not None}
    with pytest.raises(GraphLedgerError) as refused:
        ledger.database.write(
            lambda transaction: transaction.run(
                "registry/set_stage", key="registry/clf:2", stage="production", production_of=of, at=datetime.now(timezone.utc)
            )
        )
    assert isinstance(refused.value, DatabaseError)
    assert production(three) == "1"


@given(moves=st.lists(st.tuples(st.sampled_from("1234"), st.sampled_from(list(ModelStage))), min_size=8, max_size=8))
@settings(max_examples=8)
def test_eight_who_move_versions_at_once_leave_one_in_production_at_most(ledger: Ledger, moves: list[tuple[str, ModelStage]]) -> None:
    empty(ledger)
    registry = ModelRegistry(InMemoryModelStore(), ledger=ledger)
    for version in "1234":
        registry.register("clf", version)
    with ThreadPoolExecutor(8) as pool:
        moved = list(pool.map(lambda move: registry.transition_stage("clf", move[0], move[1]), moves))
    assert all(each is not None for each in moved)
    told = list(reversed(registry.stage_history("clf")))
    held: set[str] = set()
    for move in told:
        held -= {move.version}
        held |= {move.version} if move.new is ModelStage.PRODUCTION else set()
        assert len(held) <= 1
    assert {version for version, stage in stages(registry).items() if stage == "production"} == held
    assert production(registry) == next(iter(held), None)
    now = registry.production_at("clf", datetime.now(timezone.utc))
    assert (None if now is None else now.version) == production(registry)
    assert ledger.verify(deep=True).ok


def test_eight_who_promote_at_once_leave_exactly_one(three: ModelRegistry, ledger: Ledger) -> None:
    for version in "45678":
        three.register("clf", version)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda version: three.transition_stage("clf", version, "production"), "12345678"))
    assert sorted(stages(three).values()) == ["archived"] * 7 + ["production"]
    assert len([each for each in three.stage_history("clf") if each.new is ModelStage.PRODUCTION]) == 8
    assert ledger.verify(deep=True).ok


def test_of_two_who_expect_the_same_one_is_refused(three: ModelRegistry) -> None:
    def move(stage: str) -> bool:
        try:
            three.transition_stage("clf", "1", stage, expected="development")
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(move, ["production", "staging"])) == [False, True]


def test_what_came_and_went_before_is_not_told_anew(three: ModelRegistry, ledger: Ledger) -> None:
    three.transition_stage("clf", "1", "production", timestamp="2026-02-01T00:00:00Z")
    three.transition_stage("clf", "1", "staging", timestamp="2026-04-01T00:00:00Z")
    before = counts(ledger)
    with pytest.raises(ValidationError, match="told in order"):
        three.transition_stage("clf", "2", "production", timestamp="2026-03-01T00:00:00Z")
    assert counts(ledger) == before
    assert three.transition_stage("clf", "2", "production", timestamp="2026-04-01T00:00:00Z") is not None
    asked = [three.production_at("clf", date) for date in ("2026-03-15", "2026-04-15")]
    assert [None if each is None else each.version for each in asked] == ["1", "2"]


def test_a_tag_of_somebodys_own_changes_nothing_of_what_was_in_production(registry: ModelRegistry, ledger: Ledger) -> None:
    ledger.register(name="clf", platform="ml", model_type="ml_model", owner="ann", tier="high", purpose="scoring")
    registry.register("clf", "1", created_at="2026-01-01")
    registry.register("clf", "2", created_at="2026-01-01")
    ledger.tag("ml/clf", "production", actor="ann")
    assert registry.production_at("clf", "2100-01-01") is None
    registry.transition_stage("clf", "1", "production", timestamp="2026-02-01T00:00:00Z")
    ledger.tag("ml/clf", "production", actor="ann")
    registry.transition_stage("clf", "2", "production", timestamp="2026-03-01T00:00:00Z")
    asked = [registry.production_at("clf", date) for date in ("2026-01-31", "2026-02-15", "2026-03-15")]
    assert [None if each is None else each.version for each in asked] == [None, "1", "2"]
    now = ledger.tag_at("ml/clf", "production", "2100-01-01")
    assert now is not None
    assert now.payload["member_name"] == "clf:2"
    assert ledger.verify(deep=True).ok


MOVES = st.lists(st.tuples(st.sampled_from("123"), st.sampled_from(list(ModelStage)), st.integers(2, 9)), min_size=1, max_size=8)


@given(moves=MOVES)
@settings(max_examples=12)
def test_what_was_in_production_is_what_the_accepted_moves_say(ledger: Ledger, moves: list[tuple[str, ModelStage, int]]) -> None:
    empty(ledger)
    registry = ModelRegistry(InMemoryModelStore(), ledger=ledger)
    for version in "123":
        registry.register("clf", version, created_at="2026-01-01")
    held: dict[int, str | None] = dict.fromkeys(range(1, 10))
    stage, since, last = dict.fromkeys("123", ModelStage.DEVELOPMENT), dict.fromkeys("123", 1), 1
    for version, wanted, day in moves:
        production = ModelStage.PRODUCTION
        fits = day >= since[version] and (wanted is not production or day >= last)
        try:
            registry.transition_stage("clf", version, wanted, timestamp=f"2026-01-0{day}T00:00:00Z")
        except ValidationError:
            assert not fits
            continue
        if stage[version] is wanted:
            continue
        assert fits
        leaves = stage[version] is production
        if wanted is production:
            for other in [each for each in stage if stage[each] is production]:
                stage[other], since[other] = ModelStage.ARCHIVED, day
        stage[version], since[version] = wanted, day
        if wanted is production or leaves:
            last = day
            held |= dict.fromkeys(range(day, 10), version if wanted is production else None)
    found = {day: registry.production_at("clf", f"2026-01-0{day}T00:00:00Z") for day in held}
    assert {day: None if each is None else each.version for day, each in found.items()} == held

"""Back and forth within one date, twins in one load, declarations and sources of one name: each is what it says, and can be repeated."""

from collections.abc import Callable

import pytest

from graph_ledger import DataNode, Event, Ledger, Snapshot
from tests.discovery.test_late import Source, said
from tests.graph import counts

DAY = "2026-01-01"


def version(ledger: Ledger, text: str) -> None:
    ledger.add(DataNode("m", platform="p", metadata={"version": text}), observed_at=DAY)


def tier(ledger: Ledger, text: str) -> None:
    ledger.update("m", tier=text, actor="me", timestamp=DAY)


def linked(ledger: Ledger, text: str) -> None:
    verb = ledger.link_dependency if text == "a" else ledger.unlink_dependency
    verb("m", "n", actor="me", timestamp=DAY)


def listed(ledger: Ledger, text: str) -> None:
    names = {"x": said("t"), "y": said("t")} if text == "a" else {"y": said("t")}
    ledger.discover(Source("s", names), observed_at=DAY, allow_removals=True)


SAYS: dict[str, tuple[Callable[[Ledger, str], None], Callable[[Ledger], object]]] = {
    "a source": (version, lambda ledger: ledger.get("m").metadata["version"]),
    "a person": (tier, lambda ledger: ledger.get("m").tier),
    "a declaration": (linked, lambda ledger: ledger.downstream("m")),
    "a complete listing": (listed, lambda ledger: ledger.get("x").present),
}


@pytest.mark.parametrize("who", SAYS)
def test_whoever_changes_back_and_forth_within_one_date_is_followed(who: str, ledger: Ledger) -> None:
    say, answer = SAYS[who]
    if who != "a source":
        for name in "mn":
            ledger.register(name=name, owner="o", model_type="t", tier="a", purpose="", timestamp="2025-12-01")
    answers = []
    for text in ("a", "b", "a", "b", "a", "b"):
        say(ledger, text)
        answers.append(answer(ledger))
        before = counts(ledger)
        if who != "a declaration":  # what is not declared cannot be taken back
            say(ledger, text)
        assert counts(ledger) == before
    assert answers[:2] * 3 == answers
    assert answers[0] != answers[1]
    assert ledger.verify(deep=True).ok


def test_events_without_a_time_that_say_the_same_are_two(ledger: Ledger) -> None:
    ledger.register(name="m", owner="o", model_type="t", tier="a", purpose="")
    first, second = ledger.record_many([Event(model="m", event="ping", actor="a"), Event(model="m", event="ping", actor="a")])
    assert first.snapshot_hash != second.snapshot_hash
    assert len(ledger.history("m", event_type="ping")) == 2
    assert ledger.verify(deep=True).ok


def test_what_history_returns_can_be_hashed_anew(ledger: Ledger) -> None:
    for text in ("1", "2", "1", "2"):
        version(ledger, text)
    for event in ledger.history("m"):
        again = {name: getattr(event, name) for name in Snapshot.model_fields if name != "snapshot_hash"}
        assert Snapshot(**again).snapshot_hash == event.snapshot_hash


def test_twins_far_apart_are_one_model_and_the_last_counts(ledger: Ledger) -> None:
    nodes = [DataNode(f"n{number}", platform="p") for number in range(2_050)]
    twin = DataNode("n0", platform="P", metadata={"last": True})
    for added in (2_050, 0):
        assert ledger.add([*nodes, twin], observed_at=DAY).added == added
        assert ledger.get("n0").metadata == {"last": True}
    assert len(ledger.history("n0")) == 2


def test_a_bare_name_is_the_one_with_a_platform_in_the_same_load(ledger: Ledger) -> None:
    twins = [DataNode("tw"), DataNode("tw", platform="ml", inputs=["t"])]
    for order in (twins, twins[::-1], twins):
        assert ledger.add(order).errors == ()
        assert [model.key for model in ledger.list()] == ["ml/tw"]


@pytest.mark.parametrize("source", ["ann", None])
def test_a_source_that_has_a_persons_name_ends_no_declaration(source: str | None, ledger: Ledger) -> None:
    ledger.add([DataNode("a", outputs=["t"]), DataNode("b", inputs=["u"])], source=source)
    ledger.link_dependency("a", "b", actor=source or "client")
    ledger.add(DataNode("b", metadata={"x": 1}), source=source)
    assert ledger.downstream("a") == ["b"]
    ledger.add(DataNode("b", metadata={"x": 2}), source=source, observed_at="2026-01-01")
    assert ledger.downstream("a") == ["b"]


def test_declaring_again_sets_right_what_was_edited_by_hand(ledger: Ledger) -> None:
    ledger.add([DataNode("a"), DataNode("b")])
    ledger.link_dependency("a", "b", actor="me")
    ledger.database.driver.execute_query("MATCH ()-[claim:FEEDS]->(:DataNode {name: 'b'}) DELETE claim", database_="neo4j")
    assert ledger.downstream("a") == []
    ledger.link_dependency("a", "b", actor="me")
    assert ledger.downstream("a") == ["b"]

"""Whatever is edited, removed, moved or forged is reported; what was recorded in any other way is not."""

from collections.abc import Callable
from typing import Any

import pytest

from graph_ledger import DataNode, Ledger
from graph_ledger.values.moment import from_microseconds, isoformat, microseconds
from graph_ledger.values.snapshot import chain_hash
from graph_ledger.values.verification import Finding


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    """Two models with five events each, one of them found by sources, late and changed back."""
    ledger.register(name="m", owner="o", model_type="t", tier="high", purpose="p", timestamp="2026-01-01")
    for number in range(4):
        ledger.record(
            "m", event="metrics", actor="me", source="s", payload={"n": number}, tags={"k": "v"}, timestamp=f"2026-02-0{number + 1}"
        )
    for version in ("1", "2", "1"):
        ledger.add(DataNode("n", platform="p", outputs=["t"], metadata={"version": version}), source="a", observed_at="2026-03-01")
    ledger.add(DataNode("n", platform="p", inputs=["u"]), source="b", observed_at="2026-01-15")
    return ledger


def tamper(ledger: Ledger, text: str, **parameters: Any) -> None:
    """Do what a person with a password can do in Neo4j Browser."""
    with ledger.database.driver.session(database="neo4j") as session:
        session.run(
            f"MATCH (node:ModelRef {{key: '/m'}})-[has:HAS_SNAPSHOT]->(event:Snapshot {{sequence: 3}}) {text}", parameters
        ).consume()


def found(ledger: Ledger) -> set[tuple[Any, ...]]:
    """What is reported, without the words."""
    both = ledger.verify(), ledger.verify("/m")
    for verification in both:
        assert verification.ok is not bool(verification.findings)
    reported: list[set[tuple[Any, ...]]] = [
        {(each.model, each.sequence, each.kind, each.field) for each in verification.findings} for verification in both
    ]
    assert {each for each in reported[0] if each[0] == "/m"} == reported[1]
    return reported[0]


def test_what_was_recorded_is_well(told: Ledger) -> None:
    verification = told.verify()
    assert (verification.ok, verification.findings, verification.models) == (True, (), 2)
    assert verification.checked == len(told.history("m")) + len(told.history("n"))
    assert told.verify("m").checked == 5


def test_an_empty_ledger_is_well(ledger: Ledger) -> None:
    assert (ledger.verify().ok, ledger.verify().checked) == (True, 0)


EDITS = {
    "event.event_type = 'validated'": {("/m", 3, "edited", "content")},
    "event.actor = 'you'": {("/m", 3, "edited", "content")},
    "event.source = null": {("/m", 3, "edited", "content")},
    "event.timestamp = event.timestamp + duration({nanoseconds: 1})": {("/m", 3, "edited", "content")},
    "event.timestamp = event.timestamp + duration({days: 1})": {("/m", 3, "edited", "content")},
    "event.payload = '{\"n\":9}'": {("/m", 3, "edited", "content")},
    "event.payload = null": {("/m", 3, "edited", "content")},
    "event.payload = '['": {("/m", 3, "edited", "content")},
    "event.payload = '[]'": {("/m", 3, "edited", "content")},
    "event.timestamp = 'yesterday'": {("/m", 3, "edited", "content")},
    "event.timestamp = datetime('+12345-01-01T00:00:00Z')": {("/m", 3, "edited", "content")},
    "event.recorded_at = date('2026-01-01')": {("/m", 3, "edited", "content")},
    "event.tags = null": {("/m", 3, "edited", "content")},
    "event.parent_hash = 'x'": {("/m", 3, "edited", "content")},
    "event.actor = 7": {("/m", 3, "edited", "content")},
    "event.recorded_at = event.recorded_at + duration({days: 1})": {("/m", 3, "edited", "recorded_at")},
    "event.previous_hash = 'x'": {("/m", 3, "edited", "previous_hash")},
    "event.chain_hash = 'x'": {("/m", 3, "edited", "recorded_at"), ("/m", 4, "forged", "previous_hash")},
    "event.snapshot_hash = 'x'": {("/m", 3, "edited", "content"), ("/m", 3, "edited", "recorded_at")},
    "has.sequence = 9": {("/m", 3, "edited", "HAS_SNAPSHOT.sequence")},
    "node.head_hash = 'x'": {("/m", 5, "forged", "head_hash")},
    "node.last_sequence = 4": {("/m", 5, "forged", "head_hash")},
    "node.last_sequence = 6": {("/m", 6, "missing", "sequence")},
    "event.sequence = 6": {
        ("/m", 3, "missing", "sequence"), ("/m", 6, "reordered", "sequence"), ("/m", 6, "edited", "HAS_SNAPSHOT.sequence"),
        ("/m", 6, "forged", "head_hash"),
    },
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_every_stored_field_is_watched(edit: str, told: Ledger) -> None:
    tamper(told, f"SET {edit}")
    assert found(told) == EDITS[edit]


def test_a_comma_moved_from_one_field_to_the_next_is_found(told: Ledger) -> None:
    """The text that is hashed stays the same to the letter: only that each part is a JSON object tells them apart."""
    event = told.record("m", event="validated", actor="me", payload={"a": 1, "b": 2}, tags={"c": "d"})
    tamper(
        told,
        'MATCH (e:Snapshot {snapshot_hash: $name}) SET e.payload = \'{"a":1\', e.tags = \'"b":2},{"c":"d"}\'',
        name=event.snapshot_hash,
    )
    assert found(told) == {("/m", 6, "edited", "content")}


def test_an_event_given_to_another_model_is_missed_here_and_a_stranger_there(told: Ledger) -> None:
    tamper(told, "MATCH (other:ModelRef {key: 'p/n'}) SET event.model_hash = other.model_hash, event.sequence = 90")
    kinds = {(model, kind) for model, _, kind, _ in found(told)}
    assert {("/m", "missing"), ("p/n", "orphaned")} <= kinds


def test_events_without_a_place_in_any_chain_are_found(told: Ledger) -> None:
    tamper(told, "REMOVE event.sequence")
    assert ("/m", 3, "missing", "sequence") in found(told) | {(f.model, f.sequence, f.kind, f.field) for f in told.verify().findings}
    assert any(finding.field == "sequence" and finding.kind == "edited" for finding in told.verify().findings)


REMOVALS = {
    "DETACH DELETE event": {("/m", 3, "missing", "sequence")},
    "DELETE has": {("/m", 3, "orphaned", "HAS_SNAPSHOT")},
    "WITH node MATCH (node)-[:HAS_SNAPSHOT]->(last {sequence: 5}) DETACH DELETE last": {("/m", 5, "missing", "sequence")},
    "WITH node MATCH (node)-[:HAS_SNAPSHOT]->(first {sequence: 1}) DETACH DELETE first": {("/m", 1, "missing", "sequence")},
    "MATCH (other:ModelRef {key: 'p/n'}) CREATE (other)-[:HAS_SNAPSHOT {sequence: 3}]->(event)": {("/m", 3, "orphaned", "HAS_SNAPSHOT")},
}


@pytest.mark.parametrize("removal", REMOVALS)
def test_what_is_removed_or_hangs_elsewhere_is_found(removal: str, told: Ledger) -> None:
    tamper(told, removal)
    reported = found(told)
    assert REMOVALS[removal] <= reported
    assert {model for model, *_ in reported} <= {"/m", "p/n"}


def test_two_that_change_places_are_found_where_they_stand(told: Ledger) -> None:
    tamper(
        told,
        "MATCH (node)-[:HAS_SNAPSHOT]->(next:Snapshot {sequence: 4}) SET event.sequence = 99 SET next.sequence = 3 SET event.sequence = 4",
    )
    assert {("/m", 3, "reordered", "sequence"), ("/m", 4, "reordered", "sequence")} <= found(told)


def test_every_event_of_a_model_gone_is_found(told: Ledger) -> None:
    tamper(told, "WITH node MATCH (node)-[:HAS_SNAPSHOT]->(each) DETACH DELETE each")
    (finding,) = told.verify().findings
    assert (finding.model, finding.sequence, finding.kind) == ("/m", 1, "missing")


def test_the_model_gone_leaves_its_events_orphaned(told: Ledger) -> None:
    tamper(told, "DETACH DELETE node")
    assert {finding.kind for finding in told.verify().findings} == {"orphaned"}
    assert len(told.verify().findings) == 5


def forge(ledger: Ledger, until: int) -> None:
    """Rewrite event 3 with every hash that follows from it, as far as ``until``."""
    events = {event.sequence: event for event in ledger.history("m")}
    previous = events[2].chain_hash
    for number in range(3, until + 1):
        event = events[number]
        assert event.recorded_at is not None
        when = event.recorded_at if number > 3 else from_microseconds(microseconds(event.recorded_at) + 1)
        link = chain_hash(event.snapshot_hash, number, isoformat(when), previous)
        with ledger.database.driver.session(database="neo4j") as session:
            session.run(
                "MATCH (:ModelRef {key: '/m'})-[:HAS_SNAPSHOT]->(event:Snapshot {sequence: $number}) "
                "SET event.recorded_at = $when, event.previous_hash = $previous, event.chain_hash = $link",
                number=number, when=when, previous=previous, link=link,
            ).consume()  # fmt: skip
        previous = link
    if until == len(events):
        tamper(ledger, "SET node.head_hash = $head", head=previous)


def test_a_link_forged_in_the_middle_is_found_at_the_next(told: Ledger) -> None:
    forge(told, 3)
    assert found(told) == {("/m", 4, "forged", "previous_hash")}


def test_a_chain_forged_to_its_end_is_found_by_nobody_who_has_kept_nothing(told: Ledger) -> None:
    """The limit of any chain that its keeper can rewrite; `docs/guarantees.md` says so."""
    forge(told, 5)
    assert found(told) == set()


def test_a_finding_says_in_words_what_does_not_fit(told: Ledger) -> None:
    tamper(told, "SET event.actor = 'you'")
    (finding,) = told.verify().findings
    assert isinstance(finding, Finding)
    assert told.history("m", event_type="metrics", actor="you")[0].snapshot_hash in finding.detail


ORDERED: dict[str, Callable[[Ledger], list[str]]] = {
    "history/chains": lambda ledger: ledger.database.plan("history/chains"),
    "history/chain": lambda ledger: ledger.database.plan("history/chain", model_hash="x"),
}


@pytest.mark.parametrize("name", ORDERED)
def test_the_chains_come_in_the_order_of_an_index(name: str, ledger: Ledger) -> None:
    plan = ORDERED[name](ledger)
    assert not [step for step in plan if "Sort" in step or step in {"NodeByLabelScan", "AllNodesScan"}], plan
    assert any("Index" in step for step in plan), plan

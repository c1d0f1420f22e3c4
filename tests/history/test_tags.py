"""Tags: a name that points at one event; moving and deleting it are events of their own, which no tag takes for news."""

from datetime import datetime, timedelta, timezone

import pytest

from graph_ledger import Ledger, Snapshot, ValidationError
from tests.graph import edges, nodes

DAYS = [datetime(2026, 1, number, tzinfo=timezone.utc) for number in range(1, 10)]


@pytest.fixture
def deployed(ledger: Ledger) -> Snapshot:
    """The newest event of a model, which was registered, retrained and deployed."""
    ledger.register(name="fraud", owner="o", model_type="ml_model", tier="high", purpose="p", timestamp=DAYS[0])
    ledger.record("fraud", event="retrained", actor="ml", payload={}, timestamp=DAYS[1])
    return ledger.record("fraud", event="deployed", actor="ml", payload={}, timestamp=DAYS[2])


def pointing(ledger: Ledger) -> set[tuple[str, str]]:
    """What each tag points at in the graph."""
    return {(name, event) for name, event in edges(ledger, "Tag", "POINTS_AT", "Snapshot", "name", "snapshot_hash")}


def test_a_tag_points_at_the_newest_event_and_moves_when_it_is_given_again(ledger: Ledger, deployed: Snapshot) -> None:
    tag = ledger.tag("fraud", "production")
    assert (tag.name, tag.model_hash, tag.snapshot_hash) == ("production", deployed.model_hash, deployed.snapshot_hash)
    assert ledger.latest("fraud", tag="production") == deployed
    ledger.tag("fraud", "candidate")
    validated = ledger.record("fraud", event="validated", actor="mrm", payload={"result": "pass"})
    assert ledger.latest("fraud", tag="production") == deployed
    assert ledger.tag("fraud", "production").snapshot_hash == validated.snapshot_hash
    assert ledger.latest("fraud", tag="production") == validated
    named = [(each.name, each.snapshot_hash) for each in ledger.list_tags("fraud")]
    assert named == [("candidate", deployed.snapshot_hash), ("production", validated.snapshot_hash)]
    assert pointing(ledger) == set(named)
    assert edges(ledger, "ModelRef", "HAS_TAG", "Tag", end_property="name") == {("/fraud", "candidate"), ("/fraud", "production")}


def test_a_move_is_an_event_that_no_tag_and_no_latest_takes_for_news(ledger: Ledger, deployed: Snapshot) -> None:
    ledger.tag("fraud", "production", actor="release-bot")
    event = ledger.history("fraud")[0]
    assert (event.event_type, event.actor) == ("tagged", "release-bot")
    assert event.payload == {"name": "production", "snapshot_hash": deployed.snapshot_hash, "previous_hash": None}
    assert ledger.latest("fraud") == deployed
    assert ledger.tag("fraud", "candidate").snapshot_hash == deployed.snapshot_hash
    recorded = len(ledger.history("fraud"))
    ledger.tag("fraud", "candidate")
    assert len(ledger.history("fraud")) == recorded
    assert ledger.verify(deep=True).ok


def test_a_tag_may_point_at_an_older_event_of_its_own_model_alone(ledger: Ledger, deployed: Snapshot) -> None:
    registered = ledger.history("fraud", order="asc")[0]
    assert ledger.tag("fraud", "approved", snapshot=registered).snapshot_hash == registered.snapshot_hash
    assert ledger.tag("fraud", "approved", snapshot=deployed.snapshot_hash).snapshot_hash == deployed.snapshot_hash
    ledger.register(name="other", owner="o", model_type="t", tier="low", purpose="p")
    before = nodes(ledger, "Snapshot", "snapshot_hash")
    for stranger in (ledger.history("other")[0], "0" * 32):
        with pytest.raises(ValidationError):
            ledger.tag("fraud", "approved", snapshot=stranger)
    with pytest.raises(ValidationError):
        ledger.tag("fraud", " ")
    assert nodes(ledger, "Snapshot", "snapshot_hash") == before
    assert pointing(ledger) == {("approved", deployed.snapshot_hash)}


def test_every_move_of_a_tag_is_kept_and_a_date_asks_where_it_pointed(ledger: Ledger, deployed: Snapshot) -> None:
    registered, retrained = ledger.history("fraud", order="asc")[:2]
    for target, actor, number in ((registered, "ann", 3), (deployed, "bob", 6), (retrained, "cleo", 4), (deployed, "dora", 5)):
        ledger.tag("fraud", "production", snapshot=target, actor=actor, timestamp=DAYS[number])
    assert pointing(ledger) == {("production", deployed.snapshot_hash)}
    assert [(tag.snapshot_hash, tag.updated_at) for tag in ledger.list_tags("fraud")] == [(deployed.snapshot_hash, DAYS[6])]
    ledger.untag("fraud", "production", actor="eve", timestamp=DAYS[7])
    ledger.tag("fraud", "production", snapshot=retrained, actor="fay", timestamp=DAYS[5] + timedelta(hours=1))
    assert [(move.name, move.snapshot_hash, move.actor, move.at) for move in ledger.tag_history("fraud", "production")] == [
        ("production", None, "eve", DAYS[7]),
        ("production", deployed.snapshot_hash, "bob", DAYS[6]),
        ("production", retrained.snapshot_hash, "fay", DAYS[5] + timedelta(hours=1)),
        ("production", deployed.snapshot_hash, "dora", DAYS[5]),
        ("production", retrained.snapshot_hash, "cleo", DAYS[4]),
        ("production", registered.snapshot_hash, "ann", DAYS[3]),
    ]
    pointed = [ledger.tag_at("fraud", "production", day) for day in DAYS[2:9]]
    assert pointed == [None, registered, retrained, deployed, deployed, None, None]
    assert ledger.tag_at("fraud", "production", DAYS[5], known_at=DAYS[5]) is None
    assert ledger.history("fraud")[0].event_type == "untagged"
    assert (ledger.list_tags("fraud"), ledger.latest("fraud", tag="production"), pointing(ledger)) == ([], None, set())
    assert ledger.latest("fraud") == deployed
    assert ledger.verify(deep=True).ok


def test_what_is_no_tag_points_nowhere_and_cannot_be_deleted(ledger: Ledger, deployed: Snapshot) -> None:
    assert ledger.latest("fraud", tag="nope") is None
    assert ledger.list_tags("fraud") == []
    assert ledger.tag_history("fraud", "nope") == []
    with pytest.raises(ValidationError):
        ledger.untag("fraud", "nope", actor="me")
    assert ledger.history("fraud")[0] == deployed

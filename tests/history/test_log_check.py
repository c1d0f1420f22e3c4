"""Whatever does not fit in positions, tiles and seals is reported, and what was sealed in the usual way never is."""

from typing import Any

import pytest

from graph_ledger import Ledger
from graph_ledger.database.database import Transaction
from tests.history.tampering import forge, model, small, tamper

__all__ = ["small"]

pytestmark = pytest.mark.usefixtures("small")


@pytest.fixture
def sealed(ledger: Ledger) -> Ledger:
    """Eleven events under three seals, of five, nine and eleven, and one that is not sealed."""
    model(ledger, "m", 5)
    ledger.seal()
    model(ledger, "n", 4)
    ledger.seal()
    model(ledger, "o", 2)
    ledger.seal()
    ledger.record("o", event="later", actor="me")
    return ledger


def found(ledger: Ledger) -> set[tuple[str, str, str]]:
    """What is reported of the log, without the words."""
    return {(each.model, each.kind, each.field) for each in ledger.verify().findings}


def test_what_was_sealed_is_well(sealed: Ledger) -> None:
    verification = sealed.verify()
    assert (verification.ok, verification.checked, verification.models) == (True, 12, 3)


SWAP = """
MATCH (e:Snapshot) WHERE e.position IN [0, 8] WITH e ORDER BY e.position WITH collect(e) AS both
WITH both[0] AS a, both[1] AS b SET a.position = 90 SET b.position = 0 SET a.position = 8
"""
EDITS: dict[str, tuple[str, set[tuple[str, str, str]]]] = {
    "a root": ("MATCH (s:Seal {number: 2}) SET s.root_hash = 'x'", {("seal 2", "forged", "root_hash"), ("seal 2", "edited", "checkpoint")}),
    "a count": ("MATCH (s:Seal {number: 2}) SET s.count = 7", {("seal 2", "edited", "count")}),
    "a beginning": ("MATCH (s:Seal {number: 2}) SET s.first = 4, s.count = 5", {("seal 2", "edited", "first")}),
    "an end": (
        "MATCH (s:Seal {number: 2}) SET s.last = 7, s.count = 3",
        {("seal 2", "forged", "root_hash"), ("seal 2", "edited", "checkpoint"), ("seal 3", "edited", "first")},
    ),
    "an end behind the log": (
        "MATCH (s:Seal {number: 3}) SET s.last = 20",
        {("seal 3", "missing", "position"), ("seal 3", "edited", "count"), ("seal 3", "edited", "checkpoint")},
    ),
    "a text": ("MATCH (s:Seal {number: 2}) SET s.checkpoint = 'x'", {("seal 2", "edited", "checkpoint")}),
    "a property away": (
        "MATCH (s:Seal {number: 2}) REMOVE s.last",
        {("seal 2", "edited", "content"), ("seal 3", "missing", "number")},
    ),
    "a seal away": ("MATCH (s:Seal {number: 1}) DELETE s", {("seal 2", "missing", "number")}),
    "a tile": ("MATCH (t:Tile {number: 1}) SET t.root_hash = 'x'", {("tile 1", "forged", "root_hash")}),
    "a tile away": ("MATCH (t:Tile {number: 1}) DELETE t", {("tile 1", "missing", "root_hash")}),
    "a position away": ("MATCH (e:Snapshot {position: 6}) REMOVE e.position", {("seal 2", "missing", "position")}),
    "a position edited": (
        "MATCH (e:Snapshot {position: 6}) SET e.position = 30",
        {("seal 2", "missing", "position"), ("/n", "edited", "position")},
    ),
    "a position below all": (
        "MATCH (e:Snapshot {position: 6}) SET e.position = -3",
        {("seal 2", "missing", "position"), ("/n", "edited", "position")},
    ),
    "a position that is none": (
        "MATCH (e:Snapshot {position: 6}) SET e.position = 'six'",
        {("seal 2", "missing", "position"), ("/n", "edited", "position")},
    ),
    "a position given by hand": (
        "MATCH (e:Snapshot {event_type: 'later'}) SET e.position = 30",
        {("/o", "edited", "position")},
    ),
    "the last events": (
        "MATCH (e:Snapshot) WHERE e.position >= 10 REMOVE e.position",
        {("seal 3", "missing", "position")},
    ),
    "two that changed places": (
        SWAP,
        {("tile 0", "forged", "root_hash"), ("seal 1", "forged", "root_hash")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_every_edit_of_the_log_is_found(edit: str, sealed: Ledger) -> None:
    text, expected = EDITS[edit]
    tamper(sealed, text)
    reported = found(sealed)
    if edit == "two that changed places":
        assert expected <= reported
    else:
        assert reported == expected
    assert sealed.verify("m").ok, "a model by itself is checked without the log"


def test_a_place_with_two_events_is_found(sealed: Ledger) -> None:
    sealed.database.install("DROP CONSTRAINT constraint_unique_Snapshot_position")
    try:
        sealed.database.install("CREATE INDEX instead FOR (s:Snapshot) ON (s.position)")
        sealed.database.install("CALL db.awaitIndexes()")
        tamper(sealed, "MATCH (e:Snapshot {event_type: 'later'}) SET e.position = 6")
        ((model_, kind, field),) = found(sealed)
        assert (model_ in {"/n", "/o"}, kind, field) == (True, "edited", "position")
    finally:
        tamper(sealed, "MATCH (e:Snapshot {event_type: 'later'}) REMOVE e.position")
        sealed.database.install("DROP INDEX instead")
        sealed.database.install("CREATE CONSTRAINT constraint_unique_Snapshot_position FOR (s:Snapshot) REQUIRE s.position IS UNIQUE")


def test_a_sealed_event_that_was_deleted_is_missed_by_its_model_and_its_seal(sealed: Ledger) -> None:
    tamper(sealed, "MATCH (e:Snapshot {position: 6}) DETACH DELETE e")
    assert found(sealed) == {("/n", "missing", "sequence"), ("seal 2", "missing", "position")}


def test_seals_in_a_row_that_an_edit_spoils_are_one_finding(sealed: Ledger) -> None:
    forge(sealed, "n", 2)
    assert found(sealed) == {("seal 2", "forged", "root_hash"), ("tile 1", "forged", "root_hash")}
    (finding,) = [each for each in sealed.verify().findings if each.model == "seal 2"]
    assert "seal 3" in finding.detail


def test_a_chain_forged_to_its_end_before_it_is_sealed_is_not_found(sealed: Ledger) -> None:
    """What lies in one database alone can be rewritten: a seal protects from when it is set."""
    sealed.record("o", event="last", actor="me")
    forge(sealed, "o", 3)
    assert sealed.verify().ok


def test_a_seal_that_is_just_being_set_is_no_finding(sealed: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads along an index while another writes into it may see what comes later before what comes first."""
    tamper(sealed, "MATCH (e:Snapshot {event_type: 'later'}) SET e.position = 30")
    assert found(sealed) == {("/o", "edited", "position")}
    run, asked = Transaction.run, []

    def meanwhile(self: Transaction, name: str, /, **parameters: Any) -> Any:
        if name == "history/seals":
            asked.append(name)
            if len(asked) == 2:
                tamper(sealed, "MATCH (log:Log) SET log.lock = 'another'")
        return run(self, name, **parameters)

    monkeypatch.setattr(Transaction, "run", meanwhile)
    assert found(sealed) == set()

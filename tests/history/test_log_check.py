"""Whatever does not fit in positions, tiles and seals is reported, and what was sealed in the usual way never is."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from graph_ledger import HistoryEditedError, Ledger, ValidationError
from tests.graph import empty
from tests.history.tampering import Image, forge, make_small, model, small, tamper

__all__ = ["small"]

pytestmark = pytest.mark.usefixtures("small")


@pytest.fixture(scope="module")
def image(opened: Ledger) -> Image:
    """Eleven events under three seals, of five, nine and eleven, and one that is not sealed."""
    with pytest.MonkeyPatch.context() as patch:
        make_small(patch)
        empty(opened)
        for name, events in (("m", 5), ("n", 4), ("o", 2)):
            model(opened, name, events)
            opened.seal()
        opened.record("o", event="later", actor="me")
        return Image(opened)


@pytest.fixture
def sealed(image: Image, ledger: Ledger) -> Ledger:
    """A ledger with that in it."""
    image.put_back(ledger)
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
        {
            ("seal 3", "missing", "position"), ("seal 3", "edited", "count"), ("seal 3", "edited", "checkpoint"),
            ("log", "edited", "sealed"),
        },
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
    "a position that is no number": (
        "MATCH (e:Snapshot {position: 0}) SET e.position = false",
        {("/m", "edited", "position"), ("seal 1", "missing", "position")},
    ),
    "the newest seal": ("MATCH (s:Seal {number: 3}) DELETE s", {("log", "missing", "sealed")}),
    "the number of the newest seal": ("MATCH (s:Seal {number: 3}) REMOVE s.number", {("log", "missing", "sealed")}),
    "all seals": ("MATCH (s:Seal) DELETE s", {("log", "missing", "sealed")}),
    "all seals, tiles and positions": (
        "MATCH (s:Seal|Tile) DELETE s WITH count(*) AS gone MATCH (e:Snapshot) REMOVE e.position",
        {("log", "missing", "sealed")},
    ),
    "the log": ("MATCH (log:Log) DELETE log", {("log", "missing", "Log")}),
    "the name of the log": ("MATCH (log:Log) SET log.origin = 'example.com/other'", {("log", "edited", "origin")}),
    "the name of the log, with a checkpoint in it": (
        "MATCH (log:Log) SET log.origin = log.origin + '\\n7\\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='",
        {("log", "edited", "origin")},
    ),
    "how far the log is sealed": ("MATCH (log:Log) SET log.sealed = 2, log.size = 9", {("log", "edited", "sealed")}),
    "a tile below all": ("CREATE (:Tile {number: -1, root_hash: 'x'})", {("tile -1", "edited", "number")}),
    "a tile ahead": ("CREATE (:Tile {number: 3, root_hash: 'x'})", {("tile 3", "edited", "number")}),
    "a tile without a number": ("CREATE (:Tile {root_hash: 'x'})", {("tile None", "edited", "number")}),
    "a line in a text": ("MATCH (s:Seal {number: 3}) SET s.checkpoint = s.checkpoint + 'yes\\n'", {("seal 3", "edited", "checkpoint")}),
    "the name in a text": (
        "MATCH (s:Seal {number: 2}) SET s.checkpoint = replace(s.checkpoint, s.origin, 'example.com/other')",
        {("seal 2", "edited", "checkpoint")},
    ),
    "a signature by nobody": (
        "MATCH (s:Seal {number: 2}) SET s.checkpoint = s.checkpoint + '\\n\u2014 ' + s.origin + ' AAAAAAAA\\n'",
        {("seal 2", "edited", "checkpoint")},
    ),
    "the number of a seal": (
        "MATCH (s:Seal {number: 1}) SET s.number = true", {("seal False", "edited", "content"), ("seal 2", "missing", "number")}
    ),
    "when a seal was set": (
        "MATCH (s:Seal {number: 3}) SET s.sealed_at = datetime('+12345-01-01T00:00:00Z')",
        {("seal 3", "edited", "content"), ("log", "missing", "sealed")},
    ),
    "how often an event was said": ("MATCH (e:Snapshot {position: 6}) SET e.repetition = false", {("/n", "edited", "content")}),
    "how many events a model has": ("MATCH (m:ModelRef {name: 'm'}) REMOVE m.last_sequence", {("/m", "edited", "last_sequence")}),
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
    if "/m" not in {model_ for model_, _, field in expected if field != "position"}:
        assert sealed.verify("m").ok, "a model by itself is checked without the log"


def test_a_place_with_two_events_is_found(sealed: Ledger) -> None:
    sealed.database.install("DROP CONSTRAINT constraint_unique_Snapshot_position")
    try:
        sealed.database.install("CREATE INDEX instead FOR (s:Snapshot) ON (s.position)")
        sealed.database.install("CALL db.awaitIndexes()")
        tamper(sealed, "MATCH (e:Snapshot {event_type: 'later'}) SET e.position = 6")
        assert found(sealed) & {("/n", "edited", "position"), ("/o", "edited", "position")}
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


VALUES = ("'x'", "77", "true", "[1]", "datetime('+12345-01-01T00:00:00Z')")
PROPERTIES = {
    "Snapshot": (
        "snapshot_hash", "model_hash", "sequence", "event_type", "actor", "source", "timestamp", "recorded_at", "payload", "tags",
        "parent_hash", "previous_hash", "chain_hash", "position", "repetition",
    ),
    "ModelRef": ("model_hash", "last_sequence", "head_hash"),
    "Seal": ("number", "first", "last", "count", "root_hash", "sealed_at", "checkpoint", "origin"),
    "Tile": ("number", "root_hash"),
    "Log": ("number", "origin", "sealed", "size"),
}  # fmt: skip
"""What `verify` watches."""


@pytest.mark.parametrize("turn", [0, 2])
def test_a_value_of_any_type_in_any_place_is_a_finding_and_no_breakdown(turn: int, sealed: Ledger) -> None:
    kept, event = sealed.seal().checkpoint, sealed.history("n")[0]
    for place, (label, name) in enumerate((label, name) for label, names in PROPERTIES.items() for name in names):
        with one_of(sealed, label) as number:
            value = VALUES[(place + turn) % len(VALUES)]
            tamper(sealed, f"MATCH (n:{label}) WHERE elementId(n) = $id SET n.{name} = {value}", id=number)
            assert not sealed.verify().ok, (label, name, value)
            for ask in (lambda: sealed.prove(event), lambda: sealed.prove_consistency(kept), sealed.seal):
                with suppress(HistoryEditedError, ValidationError):
                    ask()
    assert sealed.verify().ok


@pytest.mark.parametrize("value", VALUES)
def test_what_is_kept_beside_the_events_may_have_any_value(value: str, sealed: Ledger) -> None:
    names = ("key", "name", "owner", "believed", "present", "created_at", "state_from", "metadata", "last_recorded", "lock")
    with one_of(sealed, "ModelRef") as number:
        said = ", ".join(f"n.{name} = {value}" for name in names)
        tamper(sealed, f"MATCH (n:ModelRef) WHERE elementId(n) = $id SET {said}", id=number)
        tamper(sealed, "MATCH (n)-->(e:Snapshot {sequence: 2}) WHERE elementId(n) = $id SET e.actor = 'you'", id=number)
        assert [each.field for each in sealed.verify().findings] == ["content"]


@contextmanager
def one_of(ledger: Ledger, label: str) -> Iterator[str]:
    """Name a node of the label, neither the first nor the newest where there are more; put back what it holds."""
    rows = ledger.database.table(f"MATCH (n:{label}) RETURN elementId(n), properties(n) ORDER BY elementId(n)")[1]
    number, properties = rows[len(rows) // 2]
    yield number
    tamper(ledger, "MATCH (n) WHERE elementId(n) = $id SET n = $properties", id=number, properties=properties)

"""What a person with a password can do to the history, from a slip in Neo4j Browser to a forger who recomputes every hash."""

from typing import Any

import pytest

from graph_ledger import Ledger
from graph_ledger.history import log, log_check, log_lock, seal
from graph_ledger.values.checkpoint import checkpoint_of
from graph_ledger.values.merkle import leaf_hash, root_of
from graph_ledger.values.moment import isoformat
from graph_ledger.values.snapshot import Snapshot, chain_hash

TILE = 4


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tiles of 4 leaves, batches of 3 and looks of 6, so that a few events have several of each."""
    make_small(monkeypatch)


def make_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do so."""
    for module in (log, log_check, log_lock, seal):
        monkeypatch.setattr(module, "TILE", TILE)
    monkeypatch.setattr(seal, "BATCH", 3)
    monkeypatch.setattr(seal, "LOOK", 6)


class Image:
    """All that a ledger holds, to be put back in one statement where recording it anew takes dozens."""

    def __init__(self, ledger: Ledger) -> None:
        nodes = ledger.database.table("MATCH (n) WHERE NOT n:Migration|Stripe RETURN elementId(n), labels(n), properties(n)")[1]
        places = {number: place for place, (number, _, _) in enumerate(nodes)}
        edges = ledger.database.table("MATCH (a)-[r]->(b) RETURN elementId(a), elementId(b), type(r), properties(r)")[1]
        self.nodes = [row[1:] for row in nodes]
        self.edges = [[places[start], places[end], *row] for start, end, *row in edges]

    def put_back(self, ledger: Ledger) -> None:
        """Fill an empty ledger with it."""
        tamper(
            ledger,
            "UNWIND $nodes AS row CREATE (n:$(row[0])) SET n = row[1] WITH collect(n) AS made UNWIND $edges AS row "
            "WITH made[row[0]] AS start, made[row[1]] AS end, row CREATE (start)-[r:$(row[2])]->(end) SET r = row[3]",
            nodes=self.nodes, edges=self.edges,
        )  # fmt: skip


def tamper(ledger: Ledger, text: str, /, **parameters: Any) -> None:
    """Write what no verb writes."""
    with ledger.database.driver.session(database="neo4j") as session:
        session.run(text, parameters).consume()


def model(ledger: Ledger, name: str, events: int) -> None:
    """Register a model and record so many events in all."""
    ledger.register(name=name, owner="o", model_type="t", tier="high", purpose="p")
    for number in range(1, events):
        ledger.record(name, event="metrics", actor="me", payload={"n": number})


def positions(ledger: Ledger) -> list[tuple[int, str]]:
    """Return position and snapshot_hash of the events that have one, in order."""
    return [(row[0], row[1]) for row in ledger.database.table(
        "MATCH (s:Snapshot) WHERE s.position IS NOT NULL RETURN s.position, s.snapshot_hash ORDER BY s.position"
    )[1]]  # fmt: skip


def chains(ledger: Ledger) -> list[str]:
    """Return the links of the log, in order."""
    return [row[0] for row in ledger.database.table(
        "MATCH (s:Snapshot) WHERE s.position IS NOT NULL RETURN s.chain_hash ORDER BY s.position"
    )[1]]  # fmt: skip


def forge(ledger: Ledger, name: str, sequence: int) -> None:
    """Change what an event says, and every hash of the model from it on: its chain has no flaw."""
    events = {event.sequence: event for event in ledger.history(name)}
    previous = events[sequence].previous_hash
    for number in range(sequence, len(events) + 1):
        event = events[number]
        said = event.model_dump(include={"model_hash", "event_type", "source", "timestamp", "payload", "tags", "parent_hash", "repetition"})
        forged = Snapshot(**said, actor="nobody" if number == sequence else event.actor)
        assert event.recorded_at is not None
        link = chain_hash(forged.snapshot_hash, number, isoformat(event.recorded_at), previous)
        tamper(
            ledger,
            "MATCH (e:Snapshot {snapshot_hash: $old})<-[:HAS_SNAPSHOT]-(node) SET e.snapshot_hash = $new, e.actor = $actor, "
            "e.previous_hash = $previous, e.chain_hash = $link, node.head_hash = $link",
            old=event.snapshot_hash, new=forged.snapshot_hash, actor=forged.actor, previous=previous, link=link,
        )  # fmt: skip
        previous = link


def reseal(ledger: Ledger) -> None:
    """Make tiles and seals fit whatever is stored now, texts and all: inside the database nothing is left to be found."""
    leaves = [leaf_hash(chain.encode()) for chain in chains(ledger)]
    tiles = [[number, root_of(leaves[number * TILE : (number + 1) * TILE]).hex()] for number in range(len(leaves) // TILE)]
    tamper(ledger, "MATCH (tile:Tile) DELETE tile")
    tamper(ledger, "UNWIND $rows AS row CREATE (:Tile {number: row[0], root_hash: row[1]})", rows=tiles)
    tamper(ledger, "MATCH (seal:Seal) WHERE seal.first >= $size DELETE seal", size=len(leaves))
    for number, last, text in ledger.database.table("MATCH (seal:Seal) RETURN seal.number, seal.last, seal.checkpoint")[1]:
        end = min(last + 1, len(leaves))
        made = checkpoint_of(text.split("\n")[0], end, root_of(leaves[:end]))
        tamper(
            ledger,
            "MATCH (seal:Seal {number: $number}) SET seal.last = $last, seal.count = $last - seal.first + 1, "
            "seal.root_hash = $root, seal.checkpoint = $text",
            number=number, last=end - 1, root=made.root.hex(), text=made.text,
        )  # fmt: skip
    tamper(
        ledger,
        "MATCH (log:Log) OPTIONAL MATCH (seal:Seal) WITH log, seal ORDER BY seal.number DESC LIMIT 1 "
        "SET log.sealed = seal.number, log.size = seal.last + 1",
    )

"""Sealing: every event gets one place for ever, in whatever way a seal is broken off, repeated or run beside another."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from graph_ledger import DatabaseError, HistoryEditedError, Ledger, Seal, ValidationError
from graph_ledger.database.database import Database, Transaction
from graph_ledger.history import seal as seal_module
from graph_ledger.values.checkpoint import parse
from graph_ledger.values.keys import PublicKey
from tests.conftest import Address
from tests.graph import empty, nodes
from tests.history.tampering import chains, forge, model, positions, reseal, small, tamper
from tests.values.test_merkle import naive_root

__all__ = ["small"]

pytestmark = pytest.mark.usefixtures("small")
PEM, PKCS8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8


def write_key(path: Path, key: Any = None, password: bytes | None = None) -> PublicKey:
    """Write a private key to a file."""
    made = key or Ed25519PrivateKey.generate()
    hidden = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    path.write_bytes(made.private_bytes(PEM, PKCS8, hidden))
    return PublicKey(made.public_key().public_bytes_raw()) if isinstance(made, Ed25519PrivateKey) else PublicKey(b"")


def test_each_event_gets_its_place_in_order_of_recording_and_the_root_is_that_of_the_rfc(ledger: Ledger) -> None:
    model(ledger, "m", 5)
    model(ledger, "n", 5)
    rows = ledger.database.table("MATCH (s:Snapshot) RETURN s.snapshot_hash ORDER BY s.recorded_at, s.snapshot_hash")[1]
    seal = ledger.seal()
    assert positions(ledger) == [(number, row[0]) for number, row in enumerate(rows)]
    assert (seal.number, seal.first, seal.last, seal.count, seal.size) == (1, 0, 9, 10, 10)
    assert seal.root_hash == naive_root([chain.encode() for chain in chains(ledger)]).hex()
    assert parse(seal.checkpoint).root.hex() == seal.root_hash
    assert nodes(ledger, "Tile", "number") == {(0,), (1,)}


def test_a_later_seal_goes_on_where_the_one_before_ended(ledger: Ledger) -> None:
    model(ledger, "m", 3)
    first = ledger.seal()
    before = positions(ledger)
    model(ledger, "n", 4)
    second = ledger.seal()
    assert (second.number, second.first, second.last, second.count) == (2, 3, 6, 4)
    assert second.sealed_at >= first.sealed_at
    assert positions(ledger)[:3] == before
    assert second.root_hash == naive_root([chain.encode() for chain in chains(ledger)]).hex()


def test_nothing_new_is_the_newest_seal_again(ledger: Ledger) -> None:
    model(ledger, "m", 7)
    first = ledger.seal()
    assert ledger.seal() == first
    assert nodes(ledger, "Seal", "number") == {(1,)}


def test_an_empty_ledger_has_nothing_to_seal(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="no events yet"):
        ledger.seal(checkpoint=tmp_path / "c")
    assert nodes(ledger, "Seal", "number") == set()
    assert list(tmp_path.iterdir()) == []


def test_an_event_that_was_committed_late_gets_a_later_place(ledger: Ledger) -> None:
    model(ledger, "m", 3)
    ledger.seal()
    late = ledger.record("m", event="late", actor="me")
    tamper(ledger, "MATCH (e:Snapshot {event_type: 'late'}) SET e.recorded_at = datetime('2001-01-01T00:00:00Z')")
    ledger.record("m", event="later", actor="me")
    ledger.seal()
    assert positions(ledger)[3] == (3, late.snapshot_hash)


@pytest.mark.parametrize("committed", [True, False])
@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_a_seal_that_broke_off_is_repeated_without_harm(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, at: int, *, committed: bool
) -> None:
    model(ledger, "m", 8)
    write, done = Database.write, [0]

    def broken(self: Database, work: Any) -> Any:
        done[0] += 1
        if done[0] == at and not committed:
            raise DatabaseError("the line broke")
        result = write(self, work)
        if done[0] == at:
            raise DatabaseError("the line broke before the answer came")
        return result

    with monkeypatch.context() as breaking:
        breaking.setattr(Database, "write", broken)
        with pytest.raises(DatabaseError, match="line broke"):
            ledger.seal()
    given = positions(ledger)
    assert len(given) == min(8, 3 * (at if committed else at - 1))
    assert ledger.verify().ok
    seal = ledger.seal()
    assert (seal.number, seal.first, seal.last) == (1, 0, 7)
    assert positions(ledger)[: len(given)] == given
    assert [position for position, _ in positions(ledger)] == list(range(8))
    assert ledger.verify().ok


def test_two_seals_and_a_writer_at_once_leave_one_log(ledger: Ledger, address: Address) -> None:
    model(ledger, "m", 24)
    others = [Ledger(address[0], auth=address[1]) for _ in range(3)]

    def write() -> Seal:
        for number in range(10):
            others[2].record("m", event="meanwhile", actor="me", payload={"n": number})
        return others[2].seal()

    with ThreadPoolExecutor(3) as pool:
        sealing = [pool.submit(each.seal) for each in others[:2]] + [pool.submit(write)]
        sealed = [each.result() for each in sealing]
    for each in others:
        each.close()
    last = ledger.seal()
    assert [position for position, _ in positions(ledger)] == list(range(34))
    assert last.size == 34
    assert all(ledger.prove_consistency(each.checkpoint).ok for each in sealed)
    assert ledger.verify().ok


def test_no_position_is_given_by_whoever_does_not_hold_the_log(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another seal has placed since the look is left as it is."""
    model(ledger, "m", 5)
    run, between = Transaction.run, [0]

    def meanwhile(self: Transaction, name: str, /, **parameters: Any) -> Any:
        if name == "history/lock_log" and not between[0]:
            between[0] += 1
            ledger.seal()
        return run(self, name, **parameters)

    monkeypatch.setattr(Transaction, "run", meanwhile)
    assert ledger.seal().number == 1
    assert [position for position, _ in positions(ledger)] == list(range(5))
    assert ledger.verify().ok


def test_the_checkpoint_is_written_and_signed(ledger: Ledger, tmp_path: Path) -> None:
    key, file = write_key(tmp_path / "key.pem"), tmp_path / "checkpoint"
    model(ledger, "m", 3)
    unsigned = ledger.seal(checkpoint=file)
    assert file.read_text(encoding="utf-8") == unsigned.checkpoint
    assert parse(unsigned.checkpoint).signatures == ()
    signed = ledger.seal(checkpoint=file, key=tmp_path / "key.pem")
    text = parse(file.read_text(encoding="utf-8"))
    assert text.text == signed.checkpoint
    assert text.signed_by(key) == text.signed_by(key._replace(name=text.origin)) == "signed"
    assert (text.size, text.root.hex()) == (3, unsigned.root_hash)
    assert signed == unsigned.model_copy(update={"checkpoint": signed.checkpoint})
    assert ledger.seal() == signed, "a signature stays"
    assert {path.name for path in tmp_path.iterdir()} == {"checkpoint", "key.pem"}


def test_a_ledger_keeps_its_name(ledger: Ledger) -> None:
    model(ledger, "m", 2)
    default = parse(ledger.seal().checkpoint).origin
    assert default.startswith("graph-ledger/")
    model(ledger, "n", 2)
    assert parse(ledger.seal().checkpoint).origin == default
    assert parse(ledger.seal(origin="example.com/ledger").checkpoint).origin == "example.com/ledger"
    assert parse(ledger.seal().checkpoint).origin == "example.com/ledger"
    empty(ledger)
    model(ledger, "m", 2)
    assert parse(ledger.seal().checkpoint).origin not in {default, "example.com/ledger"}


@pytest.mark.parametrize("origin", ["", "two words", "a+b", "line\nfeed", "x" * 256, 7])
def test_an_origin_that_would_spoil_the_checkpoint_is_refused(ledger: Ledger, origin: Any) -> None:
    model(ledger, "m", 1)
    with pytest.raises(ValidationError, match="origin"):
        ledger.seal(origin=origin)
    assert positions(ledger) == []


def spoil(case: str, folder: Path) -> dict[str, Path]:
    """Return the arguments of a seal that cannot be."""
    write_key(folder / "key.pem")
    if case == "no key":
        return {"key": folder / "missing.pem"}
    if case == "no pem":
        (folder / "key.pem").write_text("hello", encoding="utf-8")
    elif case == "rsa":
        write_key(folder / "key.pem", rsa.generate_private_key(65537, 2048))
    elif case == "encrypted":
        write_key(folder / "key.pem", None, b"secret")
    elif case == "folder":
        return {"checkpoint": folder}
    elif case == "no folder":
        return {"checkpoint": folder / "missing" / "checkpoint"}
    elif case == "another file":
        (folder / "notes.txt").write_text("what I must not forget", encoding="utf-8")
        return {"checkpoint": folder / "notes.txt"}
    return {"key": folder / "key.pem"}


REFUSED = {
    "no key": "cannot be read: No such file", "no pem": "no private key in PEM", "rsa": "no Ed25519 key", "encrypted": "is encrypted",
    "folder": "cannot be written", "no folder": "cannot be written", "another file": "only an earlier checkpoint is overwritten",
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_key_or_file_that_will_not_do_is_refused_before_anything_is_done(case: str, ledger: Ledger, tmp_path: Path) -> None:
    model(ledger, "m", 2)
    given = spoil(case, tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(ValidationError, match=REFUSED[case]):
        ledger.seal(checkpoint=given.get("checkpoint", tmp_path / "checkpoint"), key=given.get("key"))
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert positions(ledger) == []


def test_the_only_witness_does_not_give_way_to_a_forger(ledger: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "checkpoint"
    model(ledger, "m", 6)
    ledger.seal(checkpoint=file)
    witness = file.read_text(encoding="utf-8")
    forge(ledger, "m", 2)
    reseal(ledger)
    model(ledger, "n", 2)
    assert ledger.verify().ok
    with pytest.raises(HistoryEditedError, match="another root over its 6 events; the file was left as it is"):
        ledger.seal(checkpoint=file)
    empty(ledger)
    model(ledger, "m", 2)
    with pytest.raises(HistoryEditedError, match="is of 6 events, and 0 are sealed"):
        ledger.seal(checkpoint=file)
    assert file.read_text(encoding="utf-8") == witness
    assert list(tmp_path.iterdir()) == [file]


BROKEN = {
    "an event behind the last tile is gone": "MATCH (e:Snapshot {position: 5}) DETACH DELETE e",
    "the last event is gone": "MATCH (e:Snapshot {position: 6}) DETACH DELETE e",
    "its link was edited": "MATCH (e:Snapshot {position: 5}) SET e.chain_hash = 'x'",
    "its position was edited": "MATCH (e:Snapshot {position: 6}) SET e.position = 99",
    "its position is none": "MATCH (e:Snapshot {position: 6}) SET e.position = 'last'",
    "the seal was edited": "MATCH (seal:Seal) SET seal.root_hash = 'x'",
    "the seal was emptied": "MATCH (seal:Seal) SET seal.root_hash = null",
    "the seal ends later": "MATCH (seal:Seal) SET seal.last = 7",
    "a tile was edited": "MATCH (tile:Tile {number: 0}) SET tile.root_hash = 'ab'",
    "a tile is no hash": "MATCH (tile:Tile {number: 0}) SET tile.root_hash = 'x'",
    "a tile is gone": "MATCH (tile:Tile {number: 0}) DELETE tile",
    "a tile is ahead": "CREATE (:Tile {number: 2, root_hash: 'x'})",
    "the seal is gone": "MATCH (seal:Seal) DELETE seal",
    "the log is gone": "MATCH (log:Log) DELETE log",
    "the log is called otherwise": "MATCH (log:Log) SET log.origin = 'example.com/other'",
    "the log has a checkpoint in its name": (
        "MATCH (log:Log) SET log.origin = log.origin + '\\n9\\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='"
    ),
    "the log was sealed further": "MATCH (log:Log) SET log.size = 8",
    "the seal was set at no time": "MATCH (seal:Seal) SET seal.sealed_at = 'x'",
    "the seal was set beyond the calendar": "MATCH (seal:Seal) SET seal.sealed_at = datetime('+12345-01-01T00:00:00Z')",
}


TOOK_A_PLACE = {"the last event is gone", "the seal ends later", "the log is gone", "a tile is ahead", "the log was sealed further"}


@pytest.mark.parametrize("case", BROKEN)
def test_nothing_is_sealed_on_top_of_what_does_not_fit(case: str, ledger: Ledger) -> None:
    model(ledger, "m", 7)
    ledger.seal()
    tamper(ledger, BROKEN[case])
    model(ledger, "n", 2)
    before = positions(ledger)
    with pytest.raises(HistoryEditedError, match="graph-ledger verify"):
        ledger.seal()
    assert nodes(ledger, "Seal", "number") == (set() if case == "the seal is gone" else {(1,)})
    assert not ledger.verify().ok
    if case in TOOK_A_PLACE:
        assert positions(ledger) == before, "the place of what is gone stays free"


def test_a_name_that_was_edited_is_mended_by_who_says_the_right_one(ledger: Ledger) -> None:
    model(ledger, "m", 2)
    ledger.seal(origin="example.com/ledger")
    tamper(ledger, "MATCH (log:Log) SET log.origin = 'x\\n7\\nAAAA'")
    with pytest.raises(HistoryEditedError, match="a name that is none"):
        ledger.seal()
    assert parse(ledger.seal(origin="example.com/ledger").checkpoint).origin == "example.com/ledger"
    assert ledger.verify().ok


def test_an_event_without_a_link_is_not_sealed(ledger: Ledger) -> None:
    model(ledger, "m", 2)
    tamper(ledger, "MATCH (e:Snapshot {sequence: 2}) REMOVE e.chain_hash")
    with pytest.raises(HistoryEditedError, match="no link"):
        ledger.seal()


PLANS: dict[str, tuple[dict[str, Any], str]] = {
    "lock_log": ({"token": ""}, "MergeUniqueNode"),
    "place_events": ({"hashes": ["a"], "first": 0}, "NodeUniqueIndexSeek(Locking)"),
    "leaves": ({"first": 0, "end": 9}, "NodeUniqueIndexSeekByRange"),
    "tiles": ({"most": 9}, "NodeUniqueIndexSeekByRange"),
    "write_seal": ({"number": 1, "first": 0, "last": 1, "count": 2, "root_hash": "", "checkpoint": "", "origin": ""}, "MergeUniqueNode"),
    "newest_seal": ({}, "NodeIndexScan"),
    "seals": ({}, "NodeUniqueIndexSeek"),
    "positions": ({}, "NodeIndexScan"),
    "sealed_events": ({"size": 9}, "NodeUniqueIndexSeekByRange"),
    "sealed_event": ({"hash": "x"}, "NodeUniqueIndexSeek"),
}


@pytest.mark.parametrize("name", PLANS)
def test_the_log_is_read_in_the_order_of_an_index(name: str, ledger: Ledger) -> None:
    parameters, operator = PLANS[name]
    plan = ledger.database.plan(f"history/{name}", **parameters)
    assert operator in plan
    assert not {"NodeByLabelScan", "AllNodesScan"} & set(plan), plan
    assert name == "place_events" or "Sort" not in plan, plan


def test_a_look_at_what_is_not_sealed_keeps_what_it_brings_and_no_more(ledger: Ledger) -> None:
    assert "Top" in ledger.database.plan("history/unsealed", most=9)
    assert seal_module.LOOK >= seal_module.BATCH

"""The checkpoint in a file, maybe the only witness: it gives way to nothing but what follows from it, also where seals overlap."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from graph_ledger import HistoryEditedError, Ledger, Seal, ValidationError
from graph_ledger.database.database import Database
from graph_ledger.values.checkpoint import checkpoint_of, parse
from tests.conftest import Address
from tests.history.tampering import model, positions, reseal, small, tamper
from tests.history.test_seal import write_key

__all__ = ["small"]

pytestmark = pytest.mark.usefixtures("small")


def test_the_place_of_what_the_witness_alone_knows_stays_free(ledger: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "checkpoint"
    model(ledger, "m", 3)
    ledger.seal()
    ledger.record("m", event="later", actor="me")
    ledger.seal(checkpoint=file)
    tamper(ledger, "MATCH (seal:Seal {number: 2}) DELETE seal WITH 1 AS one MATCH (e:Snapshot {position: 3}) DETACH DELETE e")
    reseal(ledger)
    model(ledger, "n", 1)
    with pytest.raises(HistoryEditedError, match="of 4 events, and 3 are sealed"):
        ledger.seal(checkpoint=file)
    assert [position for position, _ in positions(ledger)] == [0, 1, 2]


def test_a_file_is_renamed_by_who_says_so_alone(ledger: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "checkpoint"
    model(ledger, "m", 2)
    ledger.seal(checkpoint=file, origin="example.com/ledger")
    ledger.seal(origin="example.com/renamed")
    with pytest.raises(ValidationError, match=r"is of example\.com/ledger, and this ledger is called example\.com/renamed"):
        ledger.seal(checkpoint=file)
    ledger.seal(checkpoint=file, origin="example.com/renamed")
    assert parse(file.read_text(encoding="utf-8")).origin == "example.com/renamed"


def test_a_signature_is_not_dropped_unseen(ledger: Ledger, tmp_path: Path) -> None:
    file, key = tmp_path / "checkpoint", tmp_path / "key.pem"
    write_key(key)
    model(ledger, "m", 2)
    ledger.seal(checkpoint=file, key=key)
    assert ledger.seal(checkpoint=file).checkpoint == file.read_text(encoding="utf-8"), "nothing new keeps it"
    ledger.record("m", event="later", actor="me")
    signed = file.read_text(encoding="utf-8")
    with pytest.raises(ValidationError, match="give the key"):
        ledger.seal(checkpoint=file)
    assert file.read_text(encoding="utf-8") == signed
    assert ledger.seal(checkpoint=file, key=key).size == 3


def test_a_newer_checkpoint_that_was_written_meanwhile_stays(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "checkpoint"
    model(ledger, "m", 2)
    ledger.seal(checkpoint=file)
    ledger.record("m", event="one", actor="me")
    write, done = Database.write, list[str]()

    def overtaken(self: Database, work: Any) -> Any:
        result = write(self, work)
        if isinstance(result, Seal) and not done:
            done.append("overtaken")
            ledger.record("m", event="two", actor="me")
            ledger.seal(checkpoint=file)
        return result

    monkeypatch.setattr(Database, "write", overtaken)
    assert ledger.seal(checkpoint=file).size == 3
    assert parse(file.read_text(encoding="utf-8")).size == 4
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("forged", [False, True])
def test_an_older_checkpoint_that_was_written_meanwhile_gives_way_if_it_is_true(
    forged: bool, ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "checkpoint"
    model(ledger, "m", 2)
    text = ledger.seal().checkpoint
    meant = checkpoint_of(parse(text).origin, 2, bytes(32)).text if forged else text
    ledger.record("m", event="one", actor="me")
    write = Database.write

    def beside(self: Database, work: Any) -> Any:
        file.write_text(meant, encoding="utf-8")
        return write(self, work)

    monkeypatch.setattr(Database, "write", beside)
    if forged:
        with pytest.raises(HistoryEditedError, match="the file was left as it is"):
            ledger.seal(checkpoint=file)
    else:
        ledger.seal(checkpoint=file)
    assert parse(file.read_text(encoding="utf-8")).size == (2 if forged else 3)


def test_many_seals_at_once_leave_the_newest_in_the_file(ledger: Ledger, address: Address, tmp_path: Path) -> None:
    file = tmp_path / "checkpoint"
    model(ledger, "m", 1)

    def work(name: str) -> None:
        with Ledger(address[0], auth=address[1]) as other:
            for number in range(5):
                other.record("m", event=name, actor="me", payload={"n": number})
                other.seal(checkpoint=file)
                parse(file.read_text(encoding="utf-8"))

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(work, "abc"))
    assert file.read_text(encoding="utf-8") == ledger.seal().checkpoint
    assert list(tmp_path.iterdir()) == [file]

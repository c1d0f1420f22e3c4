"""Documents are read strictly, and written whole or not at all."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from graph_ledger.errors import ValidationError
from graph_ledger.values.proof import Consistency, Proof, ProofCheck
from graph_ledger.values.proof_check import check_consistency, check_proof
from graph_ledger.values.replacing import replacing

FIELDS = {"status": "ok", "reason": "\u202e b\u00e4h"}
EVENT: dict[str, Any] = {
    "model_hash": "0" * 32, "event_type": "e", "actor": "a", "source": None, "timestamp": "2026-01-01T00:00:00.000000Z",
    "payload": "{}", "tags": "{}", "parent_hash": None, "repetition": 0, "snapshot_hash": "0" * 32, "sequence": 1,
    "recorded_at": "2026-01-01T00:00:00.000000Z", "previous_hash": None, "chain_hash": "0" * 64,
}  # fmt: skip
PROOF: dict[str, Any] = {
    "format": "graph-ledger/proof/1", "event": EVENT, "position": 0, "size": 1, "path": [],
    "checkpoint": "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
}  # fmt: skip


def test_a_document_is_plain_ascii_and_read_again(tmp_path: Path) -> None:
    made = ProofCheck.of(FIELDS)
    made.write(tmp_path / "d")
    assert (tmp_path / "d").read_bytes().isascii()
    assert ProofCheck.read(tmp_path / "d") == ProofCheck.of(made) == ProofCheck.of(tmp_path / "d") == made
    assert (made.ok, Proof.of(PROOF).size) == (True, 1)


def test_a_proof_whose_hashes_do_not_fit_has_failed() -> None:
    assert "was edited" in check_proof(PROOF).reason


WRONG: dict[str, dict[str, Any]] = {
    "a number as text": {"size": "1"}, "below zero": {"position": -1}, "without end": {"position": 10**30}, "no format": {"format": "x"},
    "more": {"more": 1}, "no hash": {"path": ["x"]}, "capitals": {"path": ["A" * 64]}, "no list": {"path": "x"},
    "too long": {"path": ["0" * 64] * 129}, "no checkpoint": {"checkpoint": "x"},
    "no event": {"event": None},
    "no time": {"event": {**EVENT, "timestamp": "2026-01-01"}},
    "payload no object": {"event": {**EVENT, "payload": "[]"}},
    "payload not canonical": {"event": {**EVENT, "payload": '{"a": 1}'}},
    "payload too deep": {"event": {**EVENT, "payload": "[" * 100_000}},
    "a letter that looks like another": {"event": {**EVENT, "actor": "\u212a"}},
    "a letter in two": {"event": {**EVENT, "parent_hash": "e\u0301"}},
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_proof_is_refused_with_what_is_wrong(case: str) -> None:
    (field,) = WRONG[case]
    with pytest.raises(ValidationError, match=rf"^no proof: {field}"):
        check_proof(PROOF | WRONG[case])


def test_what_is_no_document_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("hello", encoding="utf-8")
    (tmp_path / "binary").write_bytes(b"\xff")
    (tmp_path / "deep").write_text("[" * 100_000, encoding="utf-8")
    for name in ("text", "binary", "deep"):
        with pytest.raises(ValidationError, match=r"^no proof"):
            check_proof(tmp_path / name)
    for path in (tmp_path / "missing", tmp_path, "nul\0"):
        with pytest.raises(ValidationError, match="cannot be read"):
            check_proof(path)
    with pytest.raises(ValidationError, match="not int"):
        check_consistency(7)  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match=r"format.*\(and \d+ more\)"):
        Consistency.of(PROOF)


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "t"
    with replacing(target) as file:
        file.write("one")
    with pytest.raises(TypeError), replacing(target) as file:
        file.write(2)  # type: ignore[arg-type]
    assert target.read_text(encoding="utf-8") == "one"

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ValidationError, match="No space left"):
        ProofCheck.of(FIELDS).write(target)
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [("t", "one")]
    for wrong in (tmp_path, tmp_path / "missing" / "t", "nul\0", "", tmp_path / ("a" * 300)):
        with pytest.raises(ValidationError, match="cannot be written"), replacing(wrong):
            pytest.fail("the work began")


def test_a_link_stays_and_a_mode_is_kept(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o600)
    link.symlink_to(target)
    with replacing(link) as file:
        file.write("new")
    assert (link.is_symlink(), target.read_text(encoding="utf-8"), target.stat().st_mode & 0o777) == (True, "new", 0o600)
    (tmp_path / "dangling").symlink_to(tmp_path / "made")
    with replacing(tmp_path / "dangling") as file:
        file.write("new")
    assert (tmp_path / "made").read_text(encoding="utf-8") == "new"
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(ValidationError, match="cannot be written"), replacing(tmp_path / "loop"):
        pytest.fail("the work began")


def test_a_pipe_and_a_device_are_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    ProofCheck.of(FIELDS).write(pipe)
    assert ProofCheck.of_json(os.read(reader, 65536)).ok
    os.close(reader)
    assert pipe.is_fifo()
    ProofCheck.of(FIELDS).write("/dev/null")
    assert Path("/dev/null").is_char_device()
    for stdout in ("/dev/stdout", "/proc/self/fd/1"):
        code = f"from graph_ledger.values.replacing import replacing\nwith replacing({stdout!r}) as file: file.write('told')"
        assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "told"
        with (tmp_path / "kept").open("a", encoding="utf-8") as kept:
            subprocess.run([sys.executable, "-c", code], stdout=kept, check=True)
    assert (tmp_path / "kept").read_text(encoding="utf-8") == "toldtold"


def test_nobody_knows_the_name_of_the_file_beside(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("precious", encoding="utf-8")
    (tmp_path / f".t.{os.getpid()}.part").symlink_to(tmp_path / "victim")
    with replacing(tmp_path / "t") as one, replacing(tmp_path / "t") as two:
        one.write("one")
        two.write("two")
    assert (tmp_path / "victim").read_text(encoding="utf-8") == "precious"
    assert (tmp_path / "t").read_text(encoding="utf-8") == "one"


def test_a_file_that_does_not_give_way_stays_and_the_folder_need_not_be_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "t").write_text("old", encoding="utf-8")
    with replacing(tmp_path / "t", lambda: False) as file:
        file.write("new")
    assert (tmp_path / "t").read_text(encoding="utf-8") == "old"
    monkeypatch.setitem(sys.modules, "fcntl", None)
    with replacing(tmp_path / "t") as file:
        file.write("new")
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [("t", "new")]


def test_what_two_readers_would_read_otherwise_is_refused(tmp_path: Path) -> None:
    text = json.dumps(PROOF)
    for spoilt, said in {
        text.replace('"actor": "a"', '"actor": "x", "actor": "a"'): "no proof: actor is there twice",
        text.replace('"position": 0', '"position": -0'): "no proof: -0 is no number",
    }.items():
        assert spoilt != text
        (tmp_path / "p").write_text(spoilt, encoding="utf-8")
        with pytest.raises(ValidationError, match=said):
            check_proof(tmp_path / "p")


def test_a_dictionary_that_no_json_can_be_is_refused() -> None:
    circular: dict[Any, Any] = dict(PROOF)
    circular["more"] = circular
    deep: dict[Any, Any] = {}
    for _ in range(100_000):
        deep = {"a": deep}
    unnamed: dict[Any, Any] = {(1, 2): 3}
    for given in (circular, deep, unnamed):
        with pytest.raises(ValidationError, match=r"^no proof"):
            check_proof(given)


def test_a_document_is_json_that_others_read() -> None:
    assert json.loads(Proof.of(PROOF).to_json()) == PROOF

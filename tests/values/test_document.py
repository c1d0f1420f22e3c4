"""Documents are read strictly, and written whole or not at all."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from graph_ledger.errors import ValidationError
from graph_ledger.values.document import replacing
from graph_ledger.values.proof import Consistency, Proof, ProofCheck
from graph_ledger.values.proof_check import check_consistency, check_proof

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
    for wrong in (tmp_path, tmp_path / "missing" / "t", "nul\0", ""):
        with pytest.raises(ValidationError, match="cannot be written"), replacing(wrong):
            pytest.fail("the work began")


def test_a_document_is_json_that_others_read() -> None:
    assert json.loads(Proof.of(PROOF).to_json()) == PROOF

"""``graph-ledger seal``, ``prove`` and ``check``: from the ledger to somebody who has none."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph_ledger.ledger import Ledger
from graph_ledger.values.keys import vkey
from tests.history.tampering import forge
from tests.history.test_seal import write_key
from tests.surfaces.conftest import Say


@pytest.fixture
def kept(estate: Ledger, say: Say, tmp_path: Path) -> Ledger:
    """A ledger that is sealed, its signed checkpoint kept, and a proof of an event handed on."""
    public = write_key(tmp_path / "key.pem")
    (tmp_path / "vkey").write_text(vkey("example.com/ledger", public.raw), encoding="utf-8")
    done = say("seal", "--checkpoint", "kept", "--key", "key.pem", "--origin", "example.com/ledger", "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    assert json.loads(done.stdout) == estate.seal().model_dump(mode="json")
    event = estate.history("fraud", event_type="retrained")[0]
    written = say("prove", event.snapshot_hash, "-o", "proof.json")
    assert (written.exit_code, written.stdout, written.stderr) == (0, "", "written to proof.json\n")
    return estate


def test_a_seal_is_shown_and_where_to_keep_it_is_said(estate: Ledger, say: Say) -> None:
    done = say("seal")
    assert done.exit_code == 0
    lines = {" ".join(line.split()) for line in done.stdout.splitlines()}
    assert {"number 1", "first 0", "last 6", "count 7"} <= lines
    assert "--checkpoint FILE" in done.stderr
    assert say("seal", "--json").stdout == say("seal", "--json").stdout


def test_a_proof_is_checked_by_whoever_has_checkpoint_or_key(kept: Ledger, say: Say) -> None:
    for anchor in (("--checkpoint", "kept"), ("--public-key", "vkey"), ("--checkpoint", "kept", "--public-key", "vkey")):
        done = say("check", "proof.json", *anchor)
        assert (done.exit_code, done.stdout.partition(":")[0]) == (0, "ok")
        assert json.loads(say("check", "proof.json", *anchor, "--json").stdout)["status"] == "ok"
    alone = say("check", "proof.json")
    assert (alone.exit_code, alone.stdout.partition(":")[0]) == (1, "unanchored")


def test_a_check_needs_neither_database_nor_driver(kept: Ledger, tmp_path: Path) -> None:
    code = "import sys; from graph_ledger.surfaces.cli.main import cli; "
    run = f"{code} cli(['check', 'proof.json', '--checkpoint', 'kept'], standalone_mode=False); sys.exit('neo4j' in sys.modules)"
    nowhere = {**os.environ, "GRAPH_LEDGER_URI": "bolt://127.0.0.1:1", "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", run], cwd=tmp_path, env=nowhere, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.partition(":")[0], done.stderr) == (0, "ok", "")


def test_what_was_edited_is_1_in_every_command(kept: Ledger, say: Say, tmp_path: Path) -> None:
    forge(kept, "fraud", 3)
    newest = kept.history("fraud", event_type="retrained")[0].snapshot_hash
    for command in (("prove", newest), ("prove", "--since", "kept"), ("seal", "--checkpoint", "kept"), ("verify",)):
        done = say(*command)
        assert done.exit_code == 1, command
        assert "Traceback" not in done.stderr
    assert "the history was rewritten" in say("prove", "--since", "kept").stdout
    proof = json.loads((tmp_path / "proof.json").read_text(encoding="utf-8"))
    proof["event"]["actor"] = "nobody"
    (tmp_path / "proof.json").write_text(json.dumps(proof), encoding="utf-8")
    done = say("check", "proof.json", "--checkpoint", "kept")
    assert (done.exit_code, done.stdout.partition(":")[0]) == (1, "failed")


def test_growth_is_shown_written_and_checked(kept: Ledger, say: Say) -> None:
    same = "ok: nothing was sealed since: the log has 7 events, as it had then, and all are as they were\n"
    assert (say("prove", "--since", "kept", "-o", "same.json").stdout, say("check", "same.json", "--public-key", "vkey").exit_code) == (
        same,
        0,
    )
    kept.record("fraud", event="later", actor="me")
    say("seal", "--checkpoint", "new", "--key", "key.pem")
    done = say("prove", "--since", "kept", "-o", "growth.json")
    assert (done.exit_code, done.stdout) == (0, "ok: the log grew from 7 to 8 events, and the first 7 are as they were\n")
    assert json.loads(say("prove", "--since", "kept", "--json").stdout)["new_size"] == 8
    assert say("check", "growth.json", "--checkpoint", "kept", "--new-checkpoint", "new").exit_code == 0
    assert say("check", "growth.json", "--checkpoint", "kept").exit_code == 1
    assert say("check", "growth.json", "--public-key", "vkey").exit_code == 0
    assert say("check", "growth.json").exit_code == 1
    event = kept.history("fraud", event_type="retrained")[0].snapshot_hash
    older = say("prove", event, "--for", "kept")
    assert json.loads(older.stdout)["size"] == 7
    assert json.loads(say("prove", event, "--json").stdout)["size"] == 8


WRONG = {
    "prove": "name either a SNAPSHOT",
    "prove x --since kept": "name either a SNAPSHOT",
    "prove --since kept --for kept": "name either a SNAPSHOT",
    "prove 00000000000000000000000000000000": "no event",
    "prove --since missing": "missing",
    "prove --since proof.json": "is none",
    "check missing": "missing",
    "check kept": "no proof",
    "check proof.json --checkpoint proof.json": "is none",
    "check proof.json --public-key kept": "is no public key",
    "check proof.json --new-checkpoint kept": "is for a proof of growth",
    "seal --key missing": "missing",
    "seal --key kept": "no private key",
    "seal --checkpoint proof.json": "only an earlier checkpoint is overwritten",
    "seal --checkpoint nowhere/file": "cannot be written",
    f"seal --checkpoint {'a' * 300}": "File name too long",
    "seal --checkpoint kept --origin another.example.com/ledger": "is signed, and this one would not be",
    "seal --origin a+b": "names no log",
}


@pytest.mark.parametrize("command", WRONG)
def test_wrong_usage_is_2(command: str, kept: Ledger, say: Say) -> None:
    done = say(*command.split())
    assert (done.exit_code, done.stdout) == (2, "")
    assert WRONG[command] in done.stderr


def test_nothing_to_seal_is_2(ledger: Ledger, say: Say) -> None:
    done = say("seal")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "no events yet" in done.stderr

"""Tags and payloads on the command line."""

import json
from pathlib import Path

import pytest

from graph_ledger.ledger import Ledger
from tests.surfaces.conftest import Say
from tests.surfaces.test_answers import dumped

WRONG = {
    "tag fraud production --snapshot 00": "there is no event '00'",
    "tag nobody production": "no model 'nobody'",
    "tags show fraud nothing": "there is no tag 'nothing': the tags of fraud are none",
    "tags delete fraud nothing": "it has none",
    "record fraud x --actor me --payload @no-such-file": "no-such-file cannot be read",
    'record fraud x --actor me --payload {"a":NaN}': "NaN is no number of JSON",
    'record fraud x --actor me --payload {"a":1} --payload-value a=2': "a: said twice",
    "record fraud x --actor me --payload-value a": "'a' is no key=value",
    "record fraud x --actor me --payload-value a=1 --payload-value a=2": "a: said twice",
    "record fraud x --actor me --tag =1": "'=1' is no key=value",
    "record fraud x --actor me --timestamp soon": "write 2026-06-30 or 2026-06-30T12:00:00Z",
}


def test_a_tag_is_set_moved_followed_and_deleted(estate: Ledger, say: Say) -> None:
    first = estate.latest("fraud")
    assert first is not None
    (found,) = [json.loads(say("tag", "fraud", "production", "--actor", "bot", "--json").stdout)]
    assert found == dumped(estate.list_tags("fraud"))[0]
    assert found["snapshot_hash"] == first.snapshot_hash
    second = estate.record("fraud", event="deployed", actor="bot")
    assert say("tag", "fraud", "production", "--actor", "ann").exit_code == 0
    assert say("tag", "fraud", "validated", "--snapshot", first.snapshot_hash).exit_code == 0
    for command, value in (
        ("tags list fraud", estate.list_tags("fraud")),
        ("tags show fraud production", second),
        ("tags history fraud production", estate.tag_history("fraud", "production")),
    ):
        assert json.loads(say(*command.split(), "--json").stdout) == dumped(value)
    told = [line.split()[2] for line in say("tags", "history", "fraud", "production").stdout.splitlines()[1:]]
    assert told == ["ann", "bot"]
    assert say("tags", "delete", "fraud", "production").exit_code == 0
    assert "deleted" in say("tags", "history", "fraud", "production").stdout
    assert [tag.name for tag in estate.list_tags("fraud")] == ["validated"]


def nobody() -> str:
    raise KeyError("getpwuid(): uid not found: 4711")


def test_who_is_at_the_machine_signs_a_tag(estate: Ledger, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "n.okafor")
    assert say("tag", "fraud", "production").exit_code == 0
    assert estate.tag_history("fraud", "production")[0].actor == "n.okafor"
    monkeypatch.setattr("graph_ledger.surfaces.cli.options.getuser", nobody)
    done = say("tag", "fraud", "production")
    assert (done.exit_code, "say --actor NAME" in done.stderr) == (2, True)


def test_a_payload_comes_as_text_from_a_file_from_standard_input_and_by_value(estate: Ledger, say: Say, tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text('{"auc": 0.98}', encoding="utf-8")
    command = ("record", "fraud", "retrained", "--actor", "ml", "--source", "mlflow", "--tag", "version=3.40")
    values = ("--payload-value", "size=12", "--payload-value", 'name="12"', "--payload-value", "text=a=b", "--payload-value", "list=[1]")
    expected = {"auc": 0.98, "size": 12, "name": "12", "text": "a=b", "list": [1]}
    for payload in ("@report.json", "-", '{"auc": 0.98}'):
        done = json.loads(say(*command, *values, "--payload", payload, "--json", given='{"auc": 0.98}').stdout)
        assert (done["payload"], done["source"], done["tags"]) == (expected, "mlflow", {"version": "3.40"})
    done = json.loads(say(*command, "--payload-value", "auc=0.98", "--timestamp", "2026-03-03T00:00:00Z", "--json").stdout)
    assert (done["payload"], done["timestamp"]) == ({"auc": 0.98}, "2026-03-03T00:00:00Z")


@pytest.mark.parametrize("command", WRONG)
def test_wrong_usage_is_2_and_leaves_nothing(command: str, estate: Ledger, say: Say) -> None:
    before = estate.history("fraud")
    done = say(*command.split())
    assert (done.exit_code, done.stdout) == (2, "")
    assert WRONG[command] in done.stderr
    assert "Traceback" not in done.stderr
    assert estate.history("fraud") == before

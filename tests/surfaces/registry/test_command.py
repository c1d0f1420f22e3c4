"""``graph-ledger registry``: what the library can do, with its answers as tables and as JSON."""

import json
from pathlib import Path
from typing import Any

import pytest

from graph_ledger.ledger import Ledger
from tests.surfaces.conftest import Say


@pytest.fixture
def filled(say: Say, stored: Ledger, tmp_path: Path) -> Say:
    (tmp_path / "model.pkl").write_bytes(b"weights")
    run = ["registry", "register", "clf", "1.0", "--artifact", str(tmp_path / "model.pkl"), "--metric", "auc_roc=0.8", "--param", "depth=3",
           "--param", "name=x", "--tag", "env=eu", "--trained-on", "Features", "--actor", "ann", "--owner", "risk"]  # fmt: skip
    assert say(*run).exit_code == 0
    assert say("registry", "register", "clf", "2.0", "--framework", "onnx").exit_code == 0
    return say


def told(say: Say, *words: str) -> Any:
    done = say("registry", *words, "--json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_what_is_registered_is_shown(filled: Say, stored: Ledger) -> None:
    shown = told(filled, "show", "clf", "--version", "1.0")
    known = stored.registry.get_version("clf", "1.0")
    assert known is not None
    assert shown == known.to_dict()
    assert (shown["parameters"], shown["metrics"], shown["tags"]) == ({"depth": 3, "name": "x"}, {"auc_roc": 0.8}, {"env": "eu"})
    assert [each["version"] for each in told(filled, "versions", "clf")] == ["1.0", "2.0"]
    assert [each["name"] for each in told(filled, "list")] == ["clf"]
    assert told(filled, "show", "clf") == stored.registry.get_model("clf").to_dict()  # type: ignore[union-attr]
    table = filled("registry", "versions", "clf").stdout
    assert "auc_roc 0.8" in table
    assert "onnx" in table


def test_versions_move_and_the_moves_are_told(filled: Say) -> None:
    assert told(filled, "stage", "clf", "1.0", "PRODUCTION", "--actor", "ann", "--reason", "review")["stage"] == "production"
    assert told(filled, "stage", "clf", "2.0", "production")["stage"] == "production"
    assert told(filled, "production", "clf")["version"] == "2.0"
    assert told(filled, "rollback", "clf", "--reason", "drift")["version"] == "1.0"
    moves = told(filled, "history", "clf")
    assert [(each["version"], each["new"]) for each in moves][-1] == ("1.0", "production")
    assert len(told(filled, "history", "clf", "--version", "2.0")) == 2
    for words, code in (
        (["stage", "clf", "1.0", "live"], 2), (["stage", "clf", "9", "staging"], 2), (["rollback", "clf"], 2), (["show", "other"], 2),
        (["stage", "clf", "1.0", "staging", "--expected", "archived"], 2), (["production", "clf", "--at", "2020-01-01"], 2),
        (["delete", "clf", "1.0"], 2), (["register", "clf", "1.0"], 2), (["register", "clf", "3", "--metric", "x"], 2),
        (["register", "clf", "3", "--metric", "x=y"], 2), (["artifact", "clf", "2.0", "-o", "x"], 2), (["verify", "other"], 2),
    ):  # fmt: skip
        done = filled("registry", *words)
        assert (done.exit_code, done.stdout) == (code, ""), (words, done.stderr)
    assert "already exists" in filled("registry", "register", "clf", "1.0").stderr


def test_bytes_are_fetched_and_checked(filled: Say, tmp_path: Path) -> None:
    assert told(filled, "artifact", "clf", "1.0", "-o", str(tmp_path / "out.bin"))["size"] == 7
    assert (tmp_path / "out.bin").read_bytes() == b"weights"
    assert [each["ok"] for each in told(filled, "verify")] == [True, True]
    (tmp_path / "artifacts" / "clf" / "1.0" / "model.bin").write_bytes(b"Weights")
    done = filled("registry", "verify", "clf", "1.0")
    assert (done.exit_code, "no" in done.stdout.split()) == (1, True)
    assert filled("registry", "artifact", "clf", "1.0", "-o", str(tmp_path / "out.bin")).exit_code == 1
    assert (tmp_path / "out.bin").read_bytes() == b"weights"
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {"model.pkl", "out.bin"}


def test_versions_are_found_compared_deployed_and_deleted(filled: Say, stored: Ledger) -> None:
    stored.register(name="service", owner="ops", model_type="api", tier="low", purpose="")
    assert [each["version"] for each in told(filled, "search", "--metric", "auc_roc>=0.8", "--tag", "env=eu")] == ["1.0"]
    assert told(filled, "search", "--stage", "archived") == []
    assert [each["name"] for each in told(filled, "compare", "clf", "1.0", "2.0")["parameters"]] == ["depth", "name"]
    assert "a is clf:1.0" in filled("registry", "compare", "clf", "1.0", "2.0").stdout
    assert told(filled, "deploy", "clf", "1.0", "service")["target"] == "/service"
    assert "clf:1.0 -> service" in filled("registry", "lineage", "clf", "1.0").stdout
    assert told(filled, "deploy", "clf", "1.0", "service", "--retire") == {"retired": True}
    assert told(filled, "delete", "clf", "1.0", "--reason", "old") == {"deleted": "clf:1.0"}
    assert [each["version"] for each in told(filled, "versions", "clf")] == ["2.0"]


def test_a_folder_of_bytes_is_taken_over(say: Say, stored: Ledger, tmp_path: Path) -> None:
    for path in ("a/1/model.bin", "a/2/model.bin", "b/1/model.bin"):
        file = tmp_path / "artifacts" / path
        file.parent.mkdir(parents=True)
        file.write_bytes(path.encode())
    assert {(each["model_name"], each["version"]) for each in told(say, "import", str(tmp_path / "artifacts"))} == {
        ("a", "1"),
        ("a", "2"),
        ("b", "1"),
    }
    assert told(say, "import", str(tmp_path / "artifacts")) == []
    assert stored.registry.load_artifact("a", "2") == b"a/2/model.bin"
    bad = tmp_path / "artifacts" / "a*" / "1" / "model.bin"
    bad.parent.mkdir(parents=True)
    bad.write_bytes(b"x")
    done = say("registry", "import", str(tmp_path / "artifacts"))
    assert (done.exit_code, "1 could not be registered, 0 were" in done.stderr) == (1, True)

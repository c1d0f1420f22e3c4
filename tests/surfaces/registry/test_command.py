"""``graph-ledger registry``: what the library can do, with its answers as tables and as JSON."""

import json
from functools import partialmethod
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph_ledger.ledger import Ledger
from graph_ledger.registry import ModelRegistry
from graph_ledger.values.node import DataNode
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
    stored.registry.register("other", "1", description_of_model="Another", model_tags={"domain": "cards"}, owner="ann")
    known_models = [stored.registry.get_model(name) for name in ("clf", "other")]
    assert [each.to_dict() for each in known_models if each is not None] == told(filled, "list")
    assert stored.registry.models() == known_models
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


@pytest.mark.parametrize(
    "words",
    ["stage clf 9 staging", "delete clf 9", "show clf --version 9", "show other", "lineage clf 9", "artifact clf 9 -o x", "verify clf 9",
     "production clf"],
)  # fmt: skip
def test_what_there_is_not_is_said_without_a_lesson_in_usage(filled: Say, words: str) -> None:
    done = filled("registry", *words.split())
    assert (done.exit_code, done.stdout) == (2, "")
    assert "there is no " in done.stderr
    assert "Usage" not in done.stderr


def test_lineage_lists_what_feeds_a_version_and_what_it_feeds(filled: Say, stored: Ledger) -> None:
    nodes = [DataNode("crm", platform="etl", outputs=["a"]), DataNode("ledgers", platform="etl", outputs=["b"]),
             DataNode("service", platform="app", outputs=["alerts"]), DataNode("desk", platform="app", inputs=["alerts"])]  # fmt: skip
    stored.add(nodes)
    stored.registry.register("scorer", "1", trained_on=["a", "b"])
    stored.registry.deploy("scorer", "1", "service", actor="ops")
    lines = filled("registry", "lineage", "scorer", "1").stdout.splitlines()
    assert lines[:4] == ["Upstream:   crm, ledgers", "Version:    scorer:1", "Runs at:    service", "Downstream: service, desk"]
    assert filled("registry", "lineage", "clf", "2.0").stdout.splitlines() == [
        "Upstream:   nothing", "Version:    clf:2.0", "Runs at:    nothing", "Downstream: nothing",
    ]  # fmt: skip
    assert told(filled, "lineage", "scorer", "1")["upstream"] == ["crm", "ledgers"]


def test_a_version_without_bytes_is_verified_as_one(filled: Say) -> None:
    done = filled("registry", "verify")
    assert done.exit_code == 0
    first, second = (line.split() for line in done.stdout.splitlines()[-2:])
    assert (first[1:3], second[1:]) == (["1.0", "yes"], ["2.0", "no", "bytes"]), done.stdout


def test_bytes_are_fetched_and_checked(filled: Say, tmp_path: Path) -> None:
    assert told(filled, "artifact", "clf", "1.0", "-o", str(tmp_path / "out.bin"))["size"] == 7
    assert (tmp_path / "out.bin").read_bytes() == b"weights"
    assert [(each["version"], each["ok"]) for each in told(filled, "verify")] == [("1.0", True), ("2.0", True)]
    assert [each["version"] for each in told(filled, "verify", "clf")] == ["1.0", "2.0"]
    (tmp_path / "artifacts" / "clf" / "1.0" / "model.bin").write_bytes(b"Weights")
    done = filled("registry", "verify", "clf", "1.0")
    assert (done.exit_code, "no" in done.stdout.split()) == (1, True)
    assert filled("registry", "artifact", "clf", "1.0", "-o", str(tmp_path / "out.bin")).exit_code == 1
    assert (tmp_path / "out.bin").read_bytes() == b"weights"
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {"model.pkl", "out.bin"}


def test_what_lies_beside_the_file_stays_and_nothing_is_left_of_a_failure(filled: Say, tmp_path: Path) -> None:
    theirs = {"out.bin.part": b"somebody's", "out.bin": b"older"}
    for name, content in theirs.items():
        (tmp_path / name).write_bytes(content)
    bytes_of = tmp_path / "artifacts" / "clf" / "1.0" / "model.bin"
    bytes_of.write_bytes(b"Weights")
    before = {path.name for path in tmp_path.iterdir()}
    fetch = ["artifact", "clf", "1.0", "-o", str(tmp_path / "out.bin")]
    assert filled("registry", *fetch).exit_code == 1
    bytes_of.unlink()
    done = filled("registry", *fetch)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "the bytes of clf:1.0 are gone from the store file://" in done.stderr
    assert {path.name for path in tmp_path.iterdir()} == before
    assert {name: (tmp_path / name).read_bytes() for name in theirs} == theirs
    bytes_of.write_bytes(b"weights")
    (tmp_path / "out.bin").chmod(0o640)
    assert told(filled, *fetch)["size"] == 7
    assert ((tmp_path / "out.bin").read_bytes(), (tmp_path / "out.bin").stat().st_mode & 0o777) == (b"weights", 0o640)
    assert (tmp_path / "out.bin.part").read_bytes() == b"somebody's"
    nowhere = filled("registry", *fetch[:-1], str(tmp_path / "nowhere" / "out.bin"))
    assert (nowhere.exit_code, "cannot be written" in nowhere.stderr) == (2, True)


def test_bytes_are_given_later(filled: Say, stored: Ledger, tmp_path: Path) -> None:
    (tmp_path / "later.pkl").write_bytes(b"later")
    given = told(filled, "store-artifact", "clf", "2.0", str(tmp_path / "later.pkl"), "--actor", "ann")
    assert given["artifact_path"] == "clf/2.0/model.bin"
    assert stored.registry.load_artifact("clf", "2.0") == b"later"
    assert filled("registry", "store-artifact", "clf", "2.0", str(tmp_path / "model.pkl")).exit_code == 2
    assert filled("registry", "store-artifact", "clf", "9", str(tmp_path / "later.pkl")).exit_code == 2


def test_a_command_behind_a_service_says_how_bytes_that_failed_are_sent(filled: Say, client: httpx.Client, tmp_path: Path) -> None:
    (tmp_path / "large.pkl").write_bytes(bytes(5_000_001))
    there = ["--uri", str(client.base_url), "registry"]
    done = filled(*there, "register", "clf", "3.0", "--artifact", str(tmp_path / "large.pkl"))
    assert done.exit_code == 2
    assert "clf:3.0 is registered without its bytes" in done.stderr
    assert "graph-ledger registry store-artifact clf 3.0 FILE" in done.stderr
    sent = filled(*there, "store-artifact", "clf", "3.0", str(tmp_path / "model.pkl"), "--json")
    assert json.loads(sent.stdout)["artifact_path"] == "clf/3.0/model.bin"


def test_all_bytes_are_verified_from_one_listing(filled: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    for name in ("list_models", "list_versions", "get_version", "search", "verify_artifact"):
        verb = getattr(ModelRegistry, name)
        monkeypatch.setattr(ModelRegistry, name, partialmethod(_noted, verb, asked))
    assert len(told(filled, "verify")) == 2
    assert asked == ["search", "verify_artifact"]  # one version has bytes


def _noted(registry: ModelRegistry, verb: Any, asked: list[str], *arguments: Any, **given: Any) -> Any:
    asked.append(verb.__name__)
    return verb(registry, *arguments, **given)


def test_versions_are_found_compared_deployed_and_deleted(filled: Say, stored: Ledger) -> None:
    stored.register(name="service", owner="ops", model_type="api", tier="low", purpose="")
    assert [each["version"] for each in told(filled, "search", "--metric", "auc_roc>=0.8", "--tag", "env=eu")] == ["1.0"]
    assert told(filled, "search", "--stage", "archived") == []
    assert [each["name"] for each in told(filled, "compare", "clf", "1.0", "2.0")["parameters"]] == ["depth", "name"]
    assert "a is clf:1.0" in filled("registry", "compare", "clf", "1.0", "2.0").stdout
    assert told(filled, "deploy", "clf", "1.0", "service")["target"] == "/service"
    assert "Runs at:    service" in filled("registry", "lineage", "clf", "1.0").stdout
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

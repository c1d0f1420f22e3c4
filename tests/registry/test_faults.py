"""What breaks halfway, or comes at the same time, leaves store and graph as they were, or as one of them would have."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from graph_ledger import DataNode, Ledger
from graph_ledger.database.database import Database, Transaction
from graph_ledger.errors import ConflictError, GraphLedgerError, UnreachableError
from graph_ledger.registry import FileModelStore, InMemoryModelStore, ModelRegistry, ModelStore
from tests.conftest import Address
from tests.graph import counts, nodes
from tests.registry.conftest import files

STATEMENTS = [
    "discovery/open_source", "models/lock_stripes", "history/create_models", "history/append", "composites/write_members",
    "discovery/ports", "discovery/claim_outputs", "registry/write_version", "registry/train_on", "registry/store_artifact",
]  # fmt: skip
SAID: dict[str, Any] = {"artifact": b"weights", "trained_on": ["features"], "metrics": {"mae": 1.0}}


class Plain(ModelStore):
    """A store of somebody's own: the three methods, and it overwrites."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.fails = False

    def save_artifact(self, model_name: str, version: str, artifact: bytes) -> str:
        if self.fails:
            raise OSError("the disk is full")
        self.kept[f"own/{model_name}@{version}"] = artifact
        return f"own/{model_name}@{version}"

    def load_artifact(self, path: str) -> bytes:
        return self.kept[path]

    def delete_artifact(self, path: str) -> bool:
        return self.kept.pop(path, None) is not None


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_registration_that_breaks_leaves_nothing(
    filed: ModelRegistry, folder: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    before, run = counts(ledger), Transaction.run

    def broken(self: Transaction, name: str, /, **parameters: Any) -> Any:
        found = run(self, name, **parameters)
        if name == statement:
            raise ConnectionError(name)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(Transaction, "run", broken)
        with pytest.raises((ConnectionError, GraphLedgerError)):
            filed.register("clf", "1", **SAID)
    assert (counts(ledger), files(folder)) == (before, set())
    assert filed.register("clf", "1", **SAID).artifact_size == 7
    assert (files(folder), ledger.verify(deep=True).ok) == ({"clf/1/model.bin"}, True)


@pytest.fixture
def failing_commit(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Let the commit of the next transaction that publishes bytes fail: all its statements ran, and nothing of it is kept."""
    failed: list[str] = []
    write = Database.write

    def failing(self: Database, work: Any) -> Any:
        def then_fails(transaction: Transaction) -> Any:
            found = work(transaction)
            if not failed:
                failed.append("commit")
                raise UnreachableError("bolt://gone", "the commit failed")
            return found

        return write(self, then_fails)

    with monkeypatch.context() as patched:
        patched.setattr(Database, "write", failing)
        yield failed


@pytest.mark.parametrize("store", ["file", "memory", "plain"])
def test_a_commit_that_fails_leaves_no_bytes(ledger: Ledger, tmp_path: Path, failing_commit: list[str], store: str) -> None:
    kept: ModelStore = {"file": FileModelStore(tmp_path / "m"), "memory": InMemoryModelStore(), "plain": Plain()}[store]
    registry, before = ModelRegistry(kept, ledger=ledger), counts(ledger)
    with pytest.raises(UnreachableError):
        registry.register("clf", "1", **SAID)
    assert failing_commit == ["commit"]
    assert counts(ledger) == before
    assert files(tmp_path) == set()
    for path in ("clf/1/model.bin", "own/clf@1"):
        with pytest.raises((FileNotFoundError, KeyError)):
            kept.load_artifact(path)
    assert registry.register("clf", "1", **SAID).artifact_size == 7
    assert registry.load_artifact("clf", "1") == b"weights"


def test_a_store_that_fails_leaves_no_version(ledger: Ledger) -> None:
    store, before = Plain(), counts(ledger)
    registry, store.fails = ModelRegistry(store, ledger=ledger), True
    with pytest.raises(OSError, match="the disk is full"):
        registry.register("clf", "1", **SAID)
    assert (counts(ledger), registry.get_model("clf")) == (before, None)
    store.fails = False
    assert registry.register("clf", "1", **SAID).artifact_path == "own/clf@1"
    assert registry.verify_artifact("clf", "1").ok  # type: ignore[union-attr]
    with pytest.raises(ConflictError):
        registry.register("clf", "1", artifact=b"other")
    assert (registry.delete_version("clf", "1"), store.kept) == (True, {})


def test_bytes_that_the_graph_does_not_know_are_not_overwritten(filed: ModelRegistry, folder: Path, ledger: Ledger) -> None:
    (folder / "clf" / "1").mkdir(parents=True)
    (folder / "clf" / "1" / "model.bin").write_bytes(b"somebody's")
    before = counts(ledger)
    with pytest.raises(ConflictError, match="never overwritten"):
        filed.register("clf", "1", **SAID)
    assert (counts(ledger), files(folder)) == (before, {"clf/1/model.bin"})
    assert (folder / "clf" / "1" / "model.bin").read_bytes() == b"somebody's"
    assert filed.register("clf", "1", artifact=b"somebody's").artifact_path == "clf/1/model.bin"


def test_bytes_that_were_there_before_survive_a_commit_that_fails(filed: ModelRegistry, folder: Path, failing_commit: list[str]) -> None:
    (folder / "clf" / "1").mkdir(parents=True)
    (folder / "clf" / "1" / "model.bin").write_bytes(b"weights")
    with pytest.raises(UnreachableError):
        filed.register("clf", "1", **SAID)
    assert (failing_commit, files(folder)) == (["commit"], {"clf/1/model.bin"})


KILLED = """
import os, sys
from graph_ledger import DataNode, Ledger
from graph_ledger.database.database import Transaction
from graph_ledger.registry import FileModelStore, ModelRegistry
run = Transaction.run
def dying(self, name, /, **parameters):
    if name == sys.argv[1]:
        os._exit(9)
    return run(self, name, **parameters)
with Ledger(sys.argv[2], auth=(sys.argv[3], sys.argv[4])) as ledger:
    registry = ModelRegistry(FileModelStore(sys.argv[5]), ledger=ledger)
    Transaction.run = dying
    registry.register("clf", "1", artifact=b"weights")
"""


@pytest.mark.parametrize(("statement", "left"), [("discovery/open_source", set()), ("registry/store_artifact", {"clf/1/model.bin"})])
def test_who_is_killed_on_the_way_stands_in_nobodys_way(
    filed: ModelRegistry, folder: Path, ledger: Ledger, address: Address, statement: str, left: set[str]
) -> None:
    before = counts(ledger)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, statement, address[0], *address[1], str(folder)], check=False, env=os.environ.copy()
    )
    assert done.returncode == 9
    assert counts(ledger) == before
    assert {path for path in files(folder) if not path.startswith("~pending/")} == left
    assert filed.register("clf", "1", artifact=b"weights").artifact_size == 7
    check = filed.verify_artifact("clf", "1")
    assert check is not None
    assert check.ok


def test_of_thirty_two_who_register_one_version_one_does(address: Address, ledger: Ledger, tmp_path: Path) -> None:
    def register(number: int) -> str:
        with Ledger(address[0], auth=address[1]) as mine:
            try:
                ModelRegistry(FileModelStore(tmp_path), ledger=mine).register("clf", "1", artifact=bytes([number]))
            except ValueError as error:
                return str(error)
        return f"{number}"

    with ThreadPoolExecutor(32) as pool:
        said = list(pool.map(register, range(32)))
    (winner,) = [each for each in said if each.isdigit()]
    assert len([each for each in said if "already exists" in each]) == 31
    assert ModelRegistry(FileModelStore(tmp_path), ledger=ledger).load_artifact("clf", "1") == bytes([int(winner)])
    assert (files(tmp_path), nodes(ledger, "ModelVersion", "key")) == ({"clf/1/model.bin"}, {("registry/clf:1",)})
    assert ledger.verify(deep=True).ok


def test_many_versions_of_many_models_at_once(registry: ModelRegistry, ledger: Ledger) -> None:
    asked = [(f"m{number % 3}", f"{number}") for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda each: registry.register(each[0], each[1], artifact=b"same", trained_on=["features"]), asked))
    assert {(each.model_name, each.version) for each in registry.search()} == set(asked)
    for name in registry.list_models():
        versions = registry.list_versions(name)
        assert [each.created_at for each in versions] == sorted(each.created_at for each in versions)
    assert ledger.verify(deep=True).ok


def test_a_delete_that_was_cut_off_from_its_store_is_finished_when_asked_again(
    filed: ModelRegistry, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed.register("clf", "1", artifact=b"weights")

    def away(_: str) -> bool:
        raise OSError("away")

    with monkeypatch.context() as patched:
        patched.setattr(filed.store, "delete_artifact", away)
        with pytest.raises(OSError, match="away"):
            filed.delete_version("clf", "1")
    assert (filed.get_version("clf", "1"), files(folder)) == (None, {"clf/1/model.bin"})
    assert (filed.delete_version("clf", "1"), files(folder)) == (False, set())


def test_bytes_in_another_store_are_named_and_not_forgotten(filed: ModelRegistry, folder: Path, ledger: Ledger, tmp_path: Path) -> None:
    filed.register("clf", "1", artifact=b"weights")
    other = ModelRegistry(FileModelStore(tmp_path / "other"), ledger=ledger)
    with pytest.raises(FileNotFoundError, match=f"the bytes of clf:1 lie in the store {folder.as_uri()}, and are not in"):
        other.load_artifact("clf", "1")
    before = counts(ledger)
    with pytest.raises(ConflictError, match="take one with that store, or insist"):
        other.delete_version("clf", "1")
    other.store.save_artifact("clf", "1", b"of another graph")
    with pytest.raises(ConflictError, match="take one with that store, or insist"):
        other.delete_version("clf", "1")
    assert counts(ledger) == before
    assert other.delete_version("clf", "1", force=True)
    assert files(tmp_path) == {"models/clf/1/model.bin", "other/clf/1/model.bin"}
    assert (filed.load_artifact("clf", "1"), other.delete_version("clf", "1"), filed.delete_version("clf", "1")) == (None, False, False)
    assert files(tmp_path) == {"other/clf/1/model.bin"}


def test_a_store_that_was_moved_is_the_same_store(filed: ModelRegistry, folder: Path, ledger: Ledger, tmp_path: Path) -> None:
    filed.register("clf", "1", artifact=b"weights")
    folder.rename(tmp_path / "moved")
    moved = ModelRegistry(FileModelStore(tmp_path / "moved"), ledger=ledger)
    assert moved.load_artifact("clf", "1") == b"weights"
    assert (moved.delete_version("clf", "1"), files(tmp_path)) == (True, set())


def test_what_a_store_of_somebodys_own_has_left_is_deleted_where_it_put_it(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Plain()
    registry = ModelRegistry(store, ledger=ledger)
    registry.register("clf", "1", artifact=b"weights")

    def away(_: str) -> bool:
        raise OSError("away")

    with monkeypatch.context() as patched:
        patched.setattr(store, "delete_artifact", away)
        with pytest.raises(OSError, match="away"):
            registry.delete_version("clf", "1")
    assert (registry.delete_version("clf", "1"), store.kept) == (False, {})


def test_eight_who_roll_back_at_once_go_back_one_step_each(registry: ModelRegistry, ledger: Ledger) -> None:
    for version in "12345":
        registry.register("clf", version)
        registry.transition_stage("clf", version, "production")

    def back(_: int) -> str:
        try:
            return registry.rollback("clf", actor="ann").version
        except ConflictError:
            return "none"

    with ThreadPoolExecutor(8) as pool:
        said = sorted(pool.map(back, range(8)))
    assert said == ["1", "2", "3", "4", *["none"] * 4]
    assert registry.get_production_model("clf").version == "1"  # type: ignore[union-attr]
    assert ledger.verify(deep=True).ok


def test_a_store_that_does_not_answer_is_not_one_without_the_bytes(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    registry = ModelRegistry(FileModelStore(tmp_path), ledger=ledger)
    registry.register("clf", "1", artifact=b"weights")
    before = counts(ledger)

    def silent(_: object, path: str) -> Any:
        raise TimeoutError(path)

    with monkeypatch.context() as patched:
        patched.setattr(FileModelStore, "open_artifact", silent)
        for ask in (lambda: registry.verify_artifact("clf", "1"), lambda: registry.register("clf", "2", artifact=b"weights")):
            with pytest.raises(TimeoutError):
                ask()
        other = ModelRegistry(FileModelStore(tmp_path / "other"), ledger=ledger)
        with pytest.raises(TimeoutError):
            other.delete_version("clf", "1")
    assert (counts(ledger), files(tmp_path)) == (before, {"clf/1/model.bin"})


class Once(Plain):
    """A store of somebody's own that keeps equal bytes once."""

    def save_artifact(self, model_name: str, version: str, artifact: bytes) -> str:
        path = sha256(artifact).hexdigest()
        self.kept[path] = artifact
        return path


def test_equal_bytes_that_a_store_keeps_once_go_with_the_last_version(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Once()
    registry = ModelRegistry(store, ledger=ledger)
    for version in "12":
        registry.register("clf", version, artifact=b"weights")
    assert (registry.delete_version("clf", "1"), registry.load_artifact("clf", "2")) == (True, b"weights")
    assert (registry.delete_version("clf", "1"), registry.load_artifact("clf", "2")) == (False, b"weights")
    run = Transaction.run

    def broken(self: Transaction, name: str, /, **parameters: Any) -> Any:
        found = run(self, name, **parameters)
        if name == "registry/store_artifact":
            raise ConnectionError(name)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(Transaction, "run", broken)
        with pytest.raises(ConnectionError):
            registry.register("clf", "3", artifact=b"weights")
    assert registry.load_artifact("clf", "2") == b"weights"
    assert (registry.delete_version("clf", "2"), store.kept) == (True, {})


def test_where_a_version_runs_is_not_opened_by_asking(registry: ModelRegistry, ledger: Ledger) -> None:
    ledger.add(DataNode("svc", platform="app"))
    registry.register("clf", "1")
    before = nodes(ledger, "Source", "key")
    assert registry.retire("clf", "1", "svc", actor="ops") is False
    assert registry.delete_version("clf", "1")
    assert nodes(ledger, "Source", "key") == before


def test_bytes_of_a_number_that_was_deleted_are_not_taken_in(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    store = InMemoryModelStore()
    registry = ModelRegistry(store, ledger=ledger)
    registry.register("clf", "1")
    registry.delete_version("clf", "1")

    def stage(_: Any) -> Any:
        raise AssertionError("taken in")

    monkeypatch.setattr(store, "stage", stage)
    with pytest.raises(ConflictError, match="already exists"):
        registry.register("clf", "1", artifact=b"weights")

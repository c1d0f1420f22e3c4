"""Stores: bytes in, the same bytes out, nothing overwritten, and nothing outside touched."""

import errno
import io
import os
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from fsspec.implementations.memory import MemoryFile

from graph_ledger.errors import ConflictError, ValidationError
from graph_ledger.registry import FileModelStore, FsspecModelStore, InMemoryModelStore, ModelStore
from graph_ledger.registry.stores.staging_store import FORGOTTEN, StagingModelStore
from graph_ledger.registry.stores.store import Staged
from tests.registry.vault import ADDRESS, VaultFileSystem

MAKERS: dict[str, Callable[[Path], ModelStore]] = {
    "folder": FileModelStore,
    "memory": lambda _: InMemoryModelStore(),
    "fsspec": lambda folder: FsspecModelStore(f"memory://{folder}"),
    "fsspec with credentials": lambda folder: FsspecModelStore(ADDRESS + str(folder)),
}
OUTSIDE = ["../x", "a/../../x", "/etc/passwd", "..", "", "a\\..\\..\\x", "c:/x", "file:///etc/passwd", "a\0b"]
NAMES = ["", " ", ".", "..", "a/b", "a\\b", "/a", "../a", "a:b", "a\0", "a\nb", " a", "a ", "~pending", "ä" * 128, "a*", 3]
DEVICES = ["con", "NUL", "aux.pkl", "Com1", "lpt9.tar.gz", "com¹", "prn .x", "v1.", "1.."]


@pytest.fixture(params=sorted(MAKERS))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ModelStore:
    return MAKERS[request.param](tmp_path / "models")


def test_bytes_come_back_and_go_once(store: ModelStore) -> None:
    path = store.save_artifact("mymodel", "v1", b"weights")
    assert path == "mymodel/v1/model.bin"
    with store.open_artifact(path) as file:
        assert store.load_artifact(path) == file.read() == b"weights"
    assert (store.delete_artifact(path), store.delete_artifact(path)) == (True, False)
    for verb in (store.load_artifact, store.open_artifact):
        with pytest.raises(FileNotFoundError):
            verb(path)


def test_nothing_that_is_stored_is_overwritten(store: ModelStore) -> None:
    path = store.save_artifact("m", "1", b"first")
    assert store.save_artifact("m", "1", b"first") == path
    with pytest.raises(ConflictError, match="never overwritten"):
        store.save_artifact("m", "1", b"second")
    assert store.load_artifact(path) == b"first"


@pytest.mark.parametrize("name", DEVICES)
def test_a_name_that_windows_cannot_have_is_refused_everywhere(name: str) -> None:
    for model, version in ((name, "1"), ("m", name)):
        with pytest.raises(ValidationError, match="Windows"):
            InMemoryModelStore().save_artifact(model, version, b"x")
    assert InMemoryModelStore().save_artifact("console", "com10", b"x") == "console/com10/model.bin"


@pytest.mark.parametrize("name", NAMES, ids=repr)
def test_a_name_that_is_no_segment_of_a_path_is_refused(store: ModelStore, name: str) -> None:
    for model, version in ((name, "1"), ("m", name)):
        with pytest.raises(ValidationError):
            store.save_artifact(model, version, b"x")


@pytest.mark.parametrize("path", OUTSIDE, ids=repr)
def test_a_path_that_leads_out_is_refused(store: ModelStore, path: str) -> None:
    for verb in (store.load_artifact, store.delete_artifact, store.open_artifact):
        with pytest.raises(ValidationError):
            verb(path)


def test_bytes_are_hashed_as_they_come_and_wait_until_they_are_published(store: ModelStore) -> None:
    content = os.urandom(3_000_000)
    staged = store.stage(io.BytesIO(content))
    assert (staged.sha256, staged.size) == (sha256(content).hexdigest(), len(content))
    with pytest.raises(FileNotFoundError):
        store.load_artifact("m/1/model.bin")
    assert store.load_artifact(store.publish(staged, "m", "1")) == content
    store.discard(staged)
    store.discard(store.stage(io.BytesIO(b"never wanted")))
    assert store.load_artifact("m/1/model.bin") == content


@pytest.mark.parametrize("name", ["", "../m/1/model.bin", "..", "a" * 31, "A" * 32, "0" * 32 + "\n", 7], ids=repr)
def test_staged_bytes_that_the_store_did_not_name_are_refused(tmp_path: Path, name: Any) -> None:
    for maker in ("folder", "fsspec", "fsspec with credentials"):
        store = MAKERS[maker](tmp_path / "models")
        store.save_artifact("m", "1", b"kept")
        with pytest.raises(ValidationError, match="no name of staged bytes"):
            store.publish(Staged(name, sha256(b"kept").hexdigest(), 4), "m", "2")
        with pytest.raises(ValidationError, match="no name of staged bytes"):
            store.discard(Staged(name, "", 0))
        assert store.load_artifact("m/1/model.bin") == b"kept"


def test_staged_bytes_have_the_hash_that_is_said_of_them(store: ModelStore) -> None:
    staged = store.stage(io.BytesIO(b"weights"))
    for false in (staged._replace(sha256="0" * 64), staged._replace(size=8)):
        with pytest.raises(ValidationError, match="not those that"):
            store.publish(false, "m", "1")
    with pytest.raises(FileNotFoundError):
        store.load_artifact("m/1/model.bin")
    assert store.load_artifact(store.publish(Staged(*staged), "m", "1")) == b"weights"


def test_what_was_staged_by_another_store_of_the_same_place_is_read_again(tmp_path: Path) -> None:
    for maker in ("folder", "fsspec", "fsspec with credentials"):
        staged = MAKERS[maker](tmp_path).stage(io.BytesIO(b"weights"))
        store = MAKERS[maker](tmp_path)
        with pytest.raises(ValidationError, match="not those that"):
            store.publish(staged._replace(sha256="0" * 64), "m", "1")
        assert store.load_artifact(store.publish(staged, "m", "1")) == b"weights"


def test_a_source_that_breaks_leaves_nothing(tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise OSError("the disk is gone")
            return super().read(10)

    for maker in ("folder", "fsspec", "fsspec with credentials"):
        store = MAKERS[maker](tmp_path / "a")
        with pytest.raises(OSError, match="the disk is gone"):
            store.stage(Broken(b"0123456789" * 10))
        assert waiting(store) == set()
        with pytest.raises(ValidationError, match="binary mode"):
            store.stage(io.StringIO("text"))  # type: ignore[arg-type]
        assert waiting(store) == set()


def test_a_place_that_is_full_elsewhere_is_left_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> int:
        raise OSError(errno.ENOSPC, "no space left")

    store = MAKERS["fsspec with credentials"](tmp_path)
    path = store.save_artifact("m", "1", b"kept")
    with monkeypatch.context() as patched:
        patched.setattr(MemoryFile, "write", full)
        with pytest.raises(OSError, match="no space left"):
            store.save_artifact("m", "2", b"x")
    assert (waiting(store), store.load_artifact(path)) == (set(), b"kept")
    with pytest.raises(FileNotFoundError):
        store.load_artifact("m/2/model.bin")


def test_what_somebody_who_was_killed_left_is_forgotten_after_a_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for maker in ("folder", "fsspec", "fsspec with credentials"):
        store, now = MAKERS[maker](tmp_path), time.time()
        with monkeypatch.context() as past:
            past.setattr(time, "time", lambda now=now: now - FORGOTTEN - 2)
            store.stage(io.BytesIO(b"left"))
            past.setattr(time, "time", lambda now=now: now - FORGOTTEN + 60)
            fresh = store.stage(io.BytesIO(b"fresh"))
        store.discard(store.stage(io.BytesIO(b"next")))
        assert waiting(store) == {fresh.name}


def test_a_file_system_that_lists_and_deletes_nothing_keeps_no_version_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise RuntimeError("403")

    store = MAKERS["fsspec with credentials"](tmp_path)
    for number, verb in enumerate(("ls", "rm_file")):
        with monkeypatch.context() as patched:
            patched.setattr(VaultFileSystem, verb, refused)
            store.discard(store.stage(io.BytesIO(b"x")))
            if verb == "ls":
                assert store.load_artifact(store.save_artifact("m", str(number), b"x")) == b"x"


def test_what_cannot_be_told_is_not_taken_for_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = MAKERS["fsspec with credentials"](tmp_path)
    path = store.save_artifact("m", "1", b"first")

    def away(*_: Any, **__: Any) -> None:
        raise TimeoutError("the network is away")

    with monkeypatch.context() as patched:
        patched.setattr(VaultFileSystem, "info", away)
        for verb in (lambda: store.save_artifact("m", "1", b"second"), lambda: store.delete_artifact(path)):
            with pytest.raises(TimeoutError):
                verb()
    assert store.load_artifact(path) == b"first"


def waiting(store: ModelStore) -> set[str]:
    """Return what is left under temporary names."""
    assert isinstance(store, StagingModelStore)
    return set(store._waiting())

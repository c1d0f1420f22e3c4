"""Stores: bytes in, the same bytes out, nothing overwritten, and nothing outside touched."""

import io
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

from graph_ledger.errors import ConflictError, ValidationError
from graph_ledger.registry import FileModelStore, FsspecModelStore, InMemoryModelStore, ModelStore
from graph_ledger.registry.stores.choose import store_at
from graph_ledger.registry.stores.file_store import FORGOTTEN
from tests.registry.conftest import files

MAKERS: dict[str, Callable[[Path], ModelStore]] = {
    "folder": FileModelStore,
    "memory": lambda _: InMemoryModelStore(),
    "fsspec": lambda folder: FsspecModelStore(f"memory://{folder}"),
    "fsspec on a disk": lambda folder: FsspecModelStore(f"local://{folder}"),
}
OUTSIDE = ["../x", "a/../../x", "/etc/passwd", "..", "", "a\\..\\..\\x", "c:/x", "file:///etc/passwd", "a\0b"]
NAMES = ["", " ", ".", "..", "a/b", "a\\b", "/a", "../a", "a:b", "a\0", "a\nb", " a", "a ", "~pending", "ä" * 128, "a*", 3]


@pytest.fixture(params=sorted(MAKERS))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ModelStore:
    return MAKERS[request.param](tmp_path / "models")


def test_bytes_come_back_and_go_once(store: ModelStore) -> None:
    path = store.save_artifact("mymodel", "v1", b"weights")
    assert path == "mymodel/v1/model.bin"
    with store.open_artifact(path) as file:
        assert store.load_artifact(path) == file.read() == b"weights"
    assert (store.delete_artifact(path), store.delete_artifact(path)) == (True, False)
    with pytest.raises(FileNotFoundError):
        store.load_artifact(path)


def test_nothing_that_is_stored_is_overwritten(store: ModelStore) -> None:
    path = store.save_artifact("m", "1", b"first")
    assert store.save_artifact("m", "1", b"first") == path
    with pytest.raises(ConflictError, match="never overwritten"):
        store.save_artifact("m", "1", b"second")
    assert store.load_artifact(path) == b"first"


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


def test_the_file_lies_where_it_is_said_to(tmp_path: Path) -> None:
    FileModelStore(tmp_path / "base").save_artifact("mymodel", "v1", b"")
    assert files(tmp_path) == {"base/mymodel/v1/model.bin"}
    store = FileModelStore(tmp_path / "base")
    assert store.delete_artifact("mymodel/v1/model.bin")
    assert not (tmp_path / "base" / "mymodel").exists()


def test_a_link_that_leads_out_is_not_followed(tmp_path: Path) -> None:
    outside, base = tmp_path / "outside", tmp_path / "base"
    (outside / "1").mkdir(parents=True)
    (outside / "1" / "model.bin").write_bytes(b"secret")
    base.mkdir()
    (base / "m").symlink_to(outside)
    (base / "f" / "1").mkdir(parents=True)
    (base / "f" / "1" / "model.bin").symlink_to(outside / "1" / "model.bin")
    store = FileModelStore(base)
    for model in "mf":
        for verb in (store.load_artifact, store.delete_artifact):
            with pytest.raises(ValidationError, match="by a link"):
                verb(f"{model}/1/model.bin")
    with pytest.raises(ValidationError, match="by a link"):
        store.save_artifact("m", "2", b"x")
    assert files(outside) == {"1/model.bin"}


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


def test_a_source_that_breaks_leaves_nothing(tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise OSError("the disk is gone")
            return super().read(10)

    for store in (FileModelStore(tmp_path / "a"), FsspecModelStore(f"local://{tmp_path}/b")):
        with pytest.raises(OSError, match="the disk is gone"):
            store.stage(Broken(b"0123456789" * 10))
    assert files(tmp_path) == set()
    with pytest.raises(ValidationError, match="binary mode"):
        FileModelStore(tmp_path / "a").stage(io.StringIO("text"))  # type: ignore[arg-type]


def test_what_somebody_who_was_killed_left_is_forgotten_after_a_day(tmp_path: Path) -> None:
    store = FileModelStore(tmp_path)
    left, fresh = store.stage(io.BytesIO(b"left")), store.stage(io.BytesIO(b"fresh"))
    old = (tmp_path / "~pending" / left.name).stat().st_mtime - FORGOTTEN - 1
    os.utime(tmp_path / "~pending" / left.name, (old, old))
    store.discard(store.stage(io.BytesIO(b"next")))
    assert files(tmp_path) == {f"~pending/{fresh.name}"}


def test_of_many_who_save_at_once_one_wins(tmp_path: Path) -> None:
    store = FileModelStore(tmp_path)

    def save(number: int) -> int | None:
        try:
            store.save_artifact("m", "1", bytes([number]) * 1000)
        except ConflictError:
            return None
        return number

    with ThreadPoolExecutor(16) as pool:
        (winner,) = [each for each in pool.map(save, range(16)) if each is not None]
    assert store.load_artifact("m/1/model.bin") == bytes([winner]) * 1000
    assert files(tmp_path) == {"m/1/model.bin"}


def test_an_address_names_its_store(tmp_path: Path) -> None:
    assert store_at(tmp_path).address == store_at(tmp_path.as_uri()).address == tmp_path.as_uri()
    assert store_at("memory://models/x/").address == "memory://models/x"
    with pytest.raises(ValidationError, match="no address of a store"):
        store_at("moon://bucket")
    with pytest.raises(ModuleNotFoundError, match="graph-ledger\\[stores\\]"):
        store_at("s3://bucket/models")

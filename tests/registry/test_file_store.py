"""A folder as a store: names that last, no link that leads out, disks that are full or know no hard links."""

import errno
import io
import os
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from graph_ledger.errors import ConflictError, ValidationError
from graph_ledger.registry import FileModelStore
from graph_ledger.registry.stores.store import Staged
from tests.registry.conftest import files

NO_LINKS = [errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EPERM, errno.EACCES, errno.EMLINK, errno.EXDEV]

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows syncs no folders")


def failing(code: int) -> Callable[..., Any]:
    """Return what fails as a system call does."""

    def fail(*_: Any, **__: Any) -> Any:
        raise OSError(code, os.strerror(code))

    return fail


def save(store: FileModelStore, number: int) -> int | None:
    """Save bytes of one's own; return None where others were first."""
    try:
        store.save_artifact("m", "1", bytes([number]) * 1000)
    except ConflictError:
        return None
    return number


def test_the_file_lies_where_it_is_said_to(tmp_path: Path) -> None:
    FileModelStore(tmp_path / "base").save_artifact("mymodel", "v1", b"")
    assert files(tmp_path) == {"base/mymodel/v1/model.bin"}
    store = FileModelStore(tmp_path / "base")
    assert store.delete_artifact("mymodel/v1/model.bin")
    assert not (tmp_path / "base" / "mymodel").exists()
    with pytest.raises(ValidationError, match="names none"):
        FileModelStore("")


@pytest.mark.parametrize("place", ["~pending", "m", "m/1", "m/1/model.bin"])
def test_a_link_that_leads_out_is_followed_by_no_method(tmp_path: Path, place: str) -> None:
    outside, base = tmp_path / "outside", tmp_path / "base"
    name = "0" * 32
    for file in ("model.bin", "1/model.bin", name):
        (outside / file).parent.mkdir(parents=True, exist_ok=True)
        (outside / file).write_bytes(b"secret")
    (base / place).parent.mkdir(parents=True)
    (base / place).symlink_to({"m": outside, "m/1": outside / "1", "m/1/model.bin": outside / "model.bin"}.get(place, outside))
    store, before = FileModelStore(base), {file: (outside / file).stat().st_mtime_ns for file in files(outside)}
    path = f"~pending/{name}" if place == "~pending" else "m/1/model.bin"
    verbs: list[Callable[[], object]] = [partial(verb, path) for verb in (store.load_artifact, store.open_artifact, store.delete_artifact)]
    verbs.append(lambda: store.save_artifact("m", "1", b"secret"))
    if place == "~pending":
        verbs += [lambda: store.stage(io.BytesIO(b"x")), lambda: store.publish(Staged(name, "", 0), "m", "1")]
        store.discard(Staged(name, "", 0))
    else:
        verbs.append(lambda: store.publish(store.stage(io.BytesIO(b"secret")), "m", "1"))
    for verb in verbs:
        with pytest.raises(ValidationError, match="by a link"):
            verb()
    assert {file: (outside / file).stat().st_mtime_ns for file in files(outside)} == before


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, list[str]]]:
    """What was synced, in order, with the names that lay in it then, where it is a folder."""
    found: list[tuple[int, list[str]]] = []
    fsync = os.fsync

    def watched(opened: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(opened).st_mode)
        found.append((os.fstat(opened).st_ino, sorted(os.listdir(opened)) if is_folder else []))
        fsync(opened)

    monkeypatch.setattr(os, "fsync", watched)
    return found


@POSIX
def test_names_are_synced_once_they_are_given_and_once_they_are_gone(tmp_path: Path, synced: list[tuple[int, list[str]]]) -> None:
    store = FileModelStore(tmp_path / "a" / "base")
    store.save_artifact("m", "1", b"x")
    base = tmp_path / "a" / "base"
    for folder, name in ((base / "m" / "1", "model.bin"), (base / "m", "1"), (base, "m"), (tmp_path / "a", "base"), (tmp_path, "a")):
        assert any(inode == folder.stat().st_ino and name in names for inode, names in synced), folder
    store.save_artifact("m", "2", b"x")
    synced.clear()
    store.delete_artifact("m/1/model.bin")
    assert synced == [((base / "m").stat().st_ino, ["2"])]
    synced.clear()
    store.delete_artifact("m/2/model.bin")
    assert synced == [(base.stat().st_ino, ["~pending"])]


@POSIX
@pytest.mark.parametrize("code", [errno.EINVAL, errno.EIO])
def test_a_folder_that_its_disk_does_not_sync_is_no_fault_and_a_broken_disk_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda opened: failing(code)() if stat.S_ISDIR(os.fstat(opened).st_mode) else fsync(opened))
    if code == errno.EINVAL:
        assert FileModelStore(tmp_path).save_artifact("m", "1", b"x")
    else:
        with pytest.raises(OSError, match=os.strerror(code)):
            FileModelStore(tmp_path).save_artifact("m", "1", b"x")


@pytest.mark.parametrize("code", NO_LINKS, ids=errno.errorcode.__getitem__)
def test_a_disk_without_hard_links_keeps_what_is_promised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    monkeypatch.setattr(os, "link", failing(code))
    if code == errno.EXDEV:
        replace = Path.replace
        monkeypatch.setattr(
            Path, "replace", lambda self, target: failing(code)() if self.parent != Path(target).parent else replace(self, target)
        )
    store = FileModelStore(tmp_path)
    with ThreadPoolExecutor(16) as pool:
        (winner,) = [each for each in pool.map(lambda number: save(store, number), range(16)) if each is not None]
    assert store.load_artifact("m/1/model.bin") == bytes([winner]) * 1000
    assert files(tmp_path) == {"m/1/model.bin"}


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EXDEV], ids=["the move", "the copy to another disk"])
def test_a_name_that_could_not_be_filled_is_free_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    store = FileModelStore(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(os, "link", failing(errno.EPERM))
        patched.setattr(Path, "replace", failing(code))
        with pytest.raises(OSError, match=os.strerror(code)):
            store.save_artifact("m", "1", b"x" * 1000)
    assert files(tmp_path) == set()
    assert store.load_artifact(store.save_artifact("m", "1", b"y")) == b"y"


def test_of_many_who_save_at_once_one_wins(tmp_path: Path) -> None:
    store = FileModelStore(tmp_path)
    with ThreadPoolExecutor(16) as pool:
        (winner,) = [each for each in pool.map(lambda number: save(store, number), range(16)) if each is not None]
    assert store.load_artifact("m/1/model.bin") == bytes([winner]) * 1000
    assert files(tmp_path) == {"m/1/model.bin"}


@pytest.mark.parametrize("when", ["write", "sync"])
def test_a_disk_that_is_full_is_left_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    resource = pytest.importorskip("resource", reason="no such limits on this system")
    store = FileModelStore(tmp_path / "models")
    store.save_artifact("m", "1", b"kept")
    if when == "sync":
        monkeypatch.setattr(os, "fsync", failing(errno.ENOSPC))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        if when == "write":
            resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, limits[1]))
        with pytest.raises(OSError, match=os.strerror(errno.EFBIG if when == "write" else errno.ENOSPC)):
            store.save_artifact("m", "2", b"x" * 5_000_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert files(tmp_path) == {"models/m/1/model.bin"}
    assert store.load_artifact("m/1/model.bin") == b"kept"


def test_a_truncated_file_is_neither_taken_over_nor_replaced(tmp_path: Path) -> None:
    store = FileModelStore(tmp_path)
    os.truncate(tmp_path / store.save_artifact("m", "1", b"weights"), 3)
    with pytest.raises(ConflictError, match="other bytes"):
        store.save_artifact("m", "1", b"weights")
    assert files(tmp_path) == {"m/1/model.bin"}
    assert (tmp_path / "m/1/model.bin").read_bytes() == b"wei"

"""Installing: every jar is the one that the lock names, or nothing counts as installed. Two small jars stand for all."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copy

import pytest

from graph_ledger import server
from graph_ledger.errors import InstallError
from graph_ledger.server.artifacts import Artifact, Lock, shipped_lock
from graph_ledger.server.download import checksum
from graph_ledger.server.folders import Installation

Install = Callable[..., Installation]


@pytest.fixture
def small(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Return a function that lays a lock of the two smallest jars, changed as told, and both jars beside it."""
    library = Installation.below(cache).library
    jars = sorted(shipped_lock().artifacts, key=lambda jar: (library / jar.file_name).stat().st_size)[:2]

    def lay(**change: str) -> Installation:
        lock = Lock((jars[0]._replace(**change), jars[1]), "small")
        monkeypatch.setattr("graph_ledger.server.folders.shipped_lock", lambda: lock)
        installation = Installation.below(tmp_path)
        installation.library.mkdir(parents=True)
        for jar in jars:
            copy(library / jar.file_name, installation.library)
        return installation

    return lay


def test_sound_jars_stay_untouched_and_a_missing_start_up_cache_is_no_failure(small: Install, tmp_path: Path) -> None:
    installation = small()
    before = {path: path.stat().st_mtime_ns for path in installation.library.iterdir()}
    server.install(tmp_path, progress=False)
    assert server.is_installed(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in installation.library.iterdir()} == before


def test_damaged_jars_are_fetched_again_and_strangers_removed(small: Install, tmp_path: Path) -> None:
    installation = small()
    first, second = (installation.library / jar.file_name for jar in installation.lock.artifacts)
    first.write_bytes(first.read_bytes()[:100])
    second.unlink()
    (installation.library / "stranger.jar").touch()
    server.install(tmp_path, progress=False)
    assert in_place(installation) == {jar.file_name: jar.sha256 for jar in installation.lock.artifacts}


def test_two_installs_at_once_end_well(small: Install, tmp_path: Path) -> None:
    installation = small()
    for path in installation.library.iterdir():
        path.unlink()
    with ThreadPoolExecutor() as pool:
        for done in [pool.submit(server.install, tmp_path, progress=False) for _ in range(2)]:
            done.result()
    assert in_place(installation) == {jar.file_name: jar.sha256 for jar in installation.lock.artifacts}


@pytest.mark.parametrize(("change", "reason"), [({"sha256": "0" * 64}, "SHA-256"), ({"version": "0.0.0"}, "could not be fetched")])
def test_what_the_lock_does_not_name_is_refused(small: Install, tmp_path: Path, change: dict[str, str], reason: str) -> None:
    small(**change)
    with pytest.raises(InstallError, match=reason):
        server.install(tmp_path, progress=False)
    assert not server.is_installed(tmp_path)


def test_the_lock_names_one_server_and_each_jar_once() -> None:
    lock = shipped_lock()
    assert lock.version == "2026.08.1"
    assert len({jar.file_name for jar in lock.artifacts}) == len(lock.artifacts) > 200
    assert all(isinstance(jar, Artifact) and len(jar.sha256) == 64 for jar in lock.artifacts)


def in_place(installation: Installation) -> dict[str, str]:
    """Return the checksum of every file of the library."""
    return {path.name: checksum(path) for path in installation.library.iterdir()}

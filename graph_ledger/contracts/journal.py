"""The journal of a ledger folder: four files become four others at once, also where the machine stops in between.

A writer lays the four new files beside the folder and gives that place its name in one step: from then on they are the ledger. Then a copy
of each takes the place of the old one, and the journal goes. Whoever reads takes all files from the journal where there is one; whoever
writes next finishes what was begun.
"""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from graph_ledger.errors import LedgerFilesError

LOCK, JOURNAL, BEGUN = ".{}.lock", ".{}.journal", ".{}.begun"
PATIENCE = 60.0
"""Seconds to wait for another writer."""
LOOKS = 100
"""So often a reader looks again at files that are being replaced."""

Signature = dict[str, tuple[int, int, int]]


def beside(folder: Path, pattern: str) -> Path:
    """Return the place beside a folder for its lock or its journal; that of a link is beside what it leads to.

    >>> beside(Path("/models/ledger"), JOURNAL).name
    '.ledger.journal'
    """
    real = Path(os.path.realpath(folder))
    return real.parent / pattern.format(real.name)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other writers out of a ledger; what one of them began and did not finish is finished first.

    Raises:
        LedgerFilesError: Another one is at work, and stays so; or the lock file can not be made.
    """
    lock = beside(folder, LOCK)
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(lock, timeout=PATIENCE):
            _finish(folder)
            yield
    except Timeout:
        raise LedgerFilesError(f"another sync has had the lock {lock} for {PATIENCE:g} seconds: try again later", file=folder) from None
    except OSError as error:
        raise LedgerFilesError(f"can not be written: {error.strerror or error}", file=folder) from None


def replace(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Let a folder hold these files, all at once; the caller holds its lock."""
    begun, journal = _empty(beside(folder, BEGUN)), beside(folder, JOURNAL)
    for name, content in contents.items():
        _write(begun / name, content)
    _settle(begun)
    begun.rename(journal)  # from here on the new files are the ledger
    _settle(journal.parent)
    _finish(folder)


def read(folder: Path) -> dict[str, bytes]:
    """Return the files of a ledger as they were at one moment, by name; none where there is no folder.

    Nothing is written and no lock is taken: a folder that nobody may write to can be read.

    Raises:
        LedgerFilesError: They can not be read, or are being replaced without end.
    """
    if folder.exists() and not folder.is_dir():
        raise LedgerFilesError("is no folder", file=folder)
    for _ in range(LOOKS):
        found = _look(folder)
        if found is not None:
            return found
    raise LedgerFilesError("the files are being replaced again and again: try again later", file=folder)


def _look(folder: Path) -> dict[str, bytes] | None:
    """Return the files, or None where one was replaced, or went with the journal, while they were read."""
    try:
        paths = _paths(folder)
        before = _signature(paths)
        found = {path.name: _content(path) for path in paths}
        return found if _signature(_paths(folder)) == before else None
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LedgerFilesError(f"can not be read: {error.strerror or error}", file=folder) from None


def _finish(folder: Path) -> None:
    """Let what the journal holds take its place; until it has, the journal stays whole."""
    journal = beside(folder, JOURNAL)
    if not journal.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    begun = _empty(beside(folder, BEGUN))
    for file in sorted(journal.iterdir()):
        _write(begun / file.name, file.read_bytes())
        (begun / file.name).replace(folder / file.name)
    _settle(folder)
    begun.rmdir()
    journal.rename(begun)  # from here on the folder is the ledger again
    _settle(begun.parent)
    shutil.rmtree(begun)


def _empty(place: Path) -> Path:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    return place


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _paths(folder: Path) -> list[Path]:
    """Return what the journal holds; where there is none, what the folder does."""
    try:
        return sorted(beside(folder, JOURNAL).iterdir())
    except FileNotFoundError:
        return sorted(folder.iterdir()) if folder.is_dir() else []


def _content(path: Path) -> bytes:
    return b"" if path.is_dir() else path.read_bytes()


def _signature(paths: Sequence[Path]) -> Signature:
    """Return what differs when a file was replaced, or a journal came or went."""
    stamps = ((path, path.lstat()) for path in paths)
    return {str(path): (found.st_ino, found.st_mtime_ns, found.st_size) for path, found in stamps}


def _settle(folder: Path) -> None:
    """Let the entries of a folder outlast a loss of power, where the system can."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

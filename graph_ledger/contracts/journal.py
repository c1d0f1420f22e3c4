"""The journal of a ledger folder: four files become four others at once, also where the machine stops in between.

A writer lays the four new files beside the folder and gives that place its name in one step: from then on they are the ledger. Then each
takes the place of the old one. Whoever reads takes a file from the journal where it is there, and from the folder where it is not; whoever
writes next finishes what was begun.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from graph_ledger.errors import LedgerFilesError

LOCK, JOURNAL, BEGUN = ".{}.lock", ".{}.journal", ".{}.begun"
PATIENCE = 60.0
"""Seconds to wait for another writer."""
LOOKS = 100
"""So often a reader looks again at files that are being replaced."""

Signature = dict[str, tuple[int, int, int] | None]


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
    begun, journal = beside(folder, BEGUN), beside(folder, JOURNAL)
    shutil.rmtree(begun, ignore_errors=True)
    begun.mkdir()
    for name, content in contents.items():
        with (begun / name).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
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
        before = _signature(folder)
        try:
            found = {name: _content(folder, name) for name in _names(folder)}
        except FileNotFoundError:
            continue  # moved between the two places just now
        except OSError as error:
            raise LedgerFilesError(f"can not be read: {error.strerror or error}", file=folder) from None
        if _signature(folder) == before:
            return found
    raise LedgerFilesError("the files are being replaced again and again: try again later", file=folder)


def _finish(folder: Path) -> None:
    journal = beside(folder, JOURNAL)
    if not journal.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for file in sorted(journal.iterdir()):
        file.replace(folder / file.name)
    _settle(folder)
    journal.rmdir()


def _names(folder: Path) -> list[str]:
    places = [place for place in (folder, beside(folder, JOURNAL)) if place.is_dir()]
    found: set[str] = set()
    for place in places:
        with suppress(FileNotFoundError):
            found.update(entry.name for entry in place.iterdir())
    return sorted(found)


def _content(folder: Path, name: str) -> bytes:
    try:
        return (beside(folder, JOURNAL) / name).read_bytes()
    except FileNotFoundError:
        path = folder / name
        return b"" if path.is_dir() else path.read_bytes()


def _signature(folder: Path) -> Signature:
    """Return what differs when a file was replaced, or a journal came or went."""
    journal = beside(folder, JOURNAL)
    return {str(path): _stamp(path) for path in (journal, *(place / name for name in _names(folder) for place in (journal, folder)))}


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _settle(folder: Path) -> None:
    """Let the entries of a folder outlast a loss of power, where the system can."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

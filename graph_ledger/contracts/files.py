"""A ledger folder: read, written and synced as a whole."""

from collections.abc import Callable
from os import PathLike
from pathlib import Path

from graph_ledger.contracts import journal
from graph_ledger.contracts.check_tables import check_tables
from graph_ledger.contracts.columns import file_name
from graph_ledger.contracts.parse_tables import parsed, written
from graph_ledger.contracts.uris import TABLES
from graph_ledger.errors import LedgerFilesError
from graph_ledger.values.collecting import not_collecting
from graph_ledger.values.contracts.kinds import Profile
from graph_ledger.values.contracts.tables import Tables

FilePath = str | PathLike[str]
NAMES = tuple(file_name(table) for table in TABLES)


def empty_tables() -> Tables:
    """Return four tables without rows.

    >>> empty_tables().concepts
    ()
    """
    return Tables()


@not_collecting()
def read_tables(folder: FilePath, *, new: bool = False) -> Tables:
    """Read a ledger folder, and check it.

    What is read is what one sync left, also while another one writes. Nothing is written.

    Args:
        folder: The ledger.
        new: Whether a folder that is not there, or is empty, is a ledger without rows, as it is for what writes one.

    Raises:
        LedgerFilesError: There is no such folder, a file is missing, is one too many, can not be read, or holds what is no ledger.

    >>> read_tables("a folder that is not there", new=True) == empty_tables()
    True
    """
    contents = journal.read(Path(folder))
    if not contents and new:
        return empty_tables()
    if not contents:
        said = f"holds none of {', '.join(NAMES)}" if Path(folder).is_dir() else "there is no such folder"
        raise LedgerFilesError(f"{said}: `graph-ledger contract sync -o DIR` makes a ledger", file=folder)
    missing, others = [name for name in NAMES if name not in contents], sorted(set(contents) - set(NAMES))
    if missing:
        raise LedgerFilesError(f"missing files: {', '.join(missing)}", file=folder)
    if others:
        raise LedgerFilesError(f"unexpected files: {', '.join(others)}: a ledger folder holds its four files alone", file=folder)
    tables = parsed(contents, folder)
    check_tables(tables, file=folder)
    return tables


def write_tables(tables: Tables, folder: FilePath, columns: Profile = "seed") -> None:
    """Check four tables, and let a folder hold them: all four files, or none of them.

    Args:
        tables: The tables.
        folder: Where; it is made where it is not there.
        columns: Whose order of columns: ``seed`` or ``head``.

    Raises:
        LedgerFilesError: The tables are no ledger, the folder holds something else, or it can not be written.
    """
    update_tables(folder, lambda _: tables, columns)


def update_tables(folder: FilePath, change: Callable[[Tables], Tables], columns: Profile = "seed") -> None:
    """Read a ledger folder, change its tables, check and write them, while nobody else writes it.

    Args:
        folder: The ledger.
        change: What makes the new tables of the old ones; it may be asked twice.
        columns: Whose order of columns is written.

    Raises:
        LedgerFilesError: As with `read_tables` and `write_tables`.
    """
    place = Path(folder)
    if not journal.beside(place, journal.LOCK).exists():
        check_tables(change(read_tables(place, new=True)))  # what is refused leaves no trace: no folder, and no file of the lock
    with journal.locked(place):
        tables = change(read_tables(place, new=True))
        check_tables(tables)
        journal.replace(place, written(tables, columns))

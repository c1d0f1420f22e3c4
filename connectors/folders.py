"""What lies in a folder: each file once, whatever links there are, and what could not be looked at."""

import os
from collections.abc import Container
from pathlib import Path

from graph_ledger.connectors.paths import shown
from graph_ledger.errors import SourceError
from graph_ledger.values.listing import RowError

LINKED = "a link to a folder, which is not followed"
BACK = "a link that leads back to a folder around it"


def files_below(folder: Path, suffixes: Container[str]) -> tuple[list[Path], list[RowError]]:
    """Return the files with these suffixes below a folder, sorted, and an error for each folder that was not looked into.

    A link to a file is a file. A link to a folder is an error, so that no loop of links is ever walked; so is anything of
    such a name that is neither file nor folder, as a pipe would be waited for.

    Raises:
        SourceError: The folder itself cannot be listed.
    """
    found: list[Path] = []
    errors: list[RowError] = []

    def refuse(path: Path, reason: str) -> None:
        errors.append(RowError(where=shown(path.relative_to(folder).as_posix()), reason=reason))

    def unlisted(error: OSError) -> None:
        if Path(error.filename) == folder:
            raise SourceError(f"{shown(str(folder))} could not be read: {reason_of(error)}: nothing was")
        refuse(Path(error.filename), reason_of(error))

    for here, folders, files in os.walk(folder, onerror=unlisted):
        for path in (Path(here, name) for name in folders):
            if path.is_symlink():
                refuse(path, LINKED)
        for path in (Path(here, name) for name in files if Path(name).suffix.lower() in suffixes):
            found.append(path) if path.is_file() else refuse(path, _no_file(path))
    return sorted(found), sorted(errors, key=lambda error: error.where)


def leads_back(link: Path) -> bool:
    """Whether a link leads to a folder that it lies in, so that following it has no end."""
    here = Path(os.path.realpath(link.parent))
    return here.is_relative_to(os.path.realpath(link))


def reason_of(error: OSError | UnicodeDecodeError) -> str:
    """Say in words why a file was not read."""
    if isinstance(error, UnicodeDecodeError):
        return f"not UTF-8: byte {error.start + 1} is {error.object[error.start]:#04x}"
    return error.strerror or str(error)


def _no_file(path: Path) -> str:
    try:
        path.stat()
    except OSError as error:
        return reason_of(error)
    return "neither a file nor a folder"

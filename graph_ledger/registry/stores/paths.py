"""Paths: where the bytes of a version lie in every store; names are one segment each, so no two share a path and none leads out."""

import unicodedata
from pathlib import PurePosixPath

from graph_ledger.errors import ValidationError

FILE = "model.bin"
PENDING = "~pending"
"""Where bytes wait for their version; no model can be called so."""
SIGNS = frozenset("._-+")
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in "123456789¹²³")})
"""Names of devices on Windows, whatever extension they have: no file can be called so."""
LONGEST = 255
"""Most bytes of a name."""


def check_segment(name: str, what: str) -> str:
    """Refuse a name that cannot be one segment of a path; return it in Unicode normalization form C.

    Raises:
        ValidationError: It holds anything but letters, digits, ``. _ - +`` and spaces inside, ends in a dot, is too long, or is
            the name of a device on Windows: a store may move there.

    >>> check_segment("fraud scoring", "name")
    'fraud scoring'
    """
    if not isinstance(name, str):
        raise ValidationError(f"{what} is a text, not {name!r}")
    text = unicodedata.normalize("NFC", name)
    fits = all(each == " " or each in SIGNS or unicodedata.category(each)[0] in "LMN" for each in text)
    if not fits or not text or text != text.strip(" ") or text in {".", ".."}:
        raise ValidationError(f"{what}: {name[:60]!r} must be letters, digits, '.', '_', '-', '+' and spaces inside, and not '.' or '..'")
    if text.endswith(".") or text.partition(".")[0].rstrip(" ").lower() in DEVICES:
        raise ValidationError(
            f"{what}: {name[:60]!r} cannot name a file on Windows: no name ends in '.' or is a device, as con, nul and com1 are"
        )
    if len(text.encode()) > LONGEST:
        raise ValidationError(f"{what}: {name[:60]!r}... is longer than {LONGEST} bytes")
    return text


def path_of(model_name: str, version: str) -> str:
    """Return the path of a version's bytes.

    >>> path_of("clf", "1.0")
    'clf/1.0/model.bin'
    """
    return f"{check_segment(model_name, 'name')}/{check_segment(version, 'version')}/{FILE}"


def check_path(path: str) -> PurePosixPath:
    """Refuse a path that leads out of a store.

    Raises:
        ValidationError: It is absolute, or goes up.
    """
    if not isinstance(path, str) or not path or "\0" in path or "\\" in path:
        raise ValidationError(f"an artifact's path is what save_artifact returned, not {path!r}")
    found = PurePosixPath(path)
    if found.is_absolute() or ":" in path or ".." in found.parts or str(found) == ".":
        raise ValidationError(f"the path {path!r} leads out of the store: a path in it is relative")
    return found

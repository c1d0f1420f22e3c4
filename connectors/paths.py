"""Where a file is, as text that can be printed and kept, and which day a folder is of."""

import os
import re
from datetime import date
from pathlib import Path

DAY = re.compile(r"\d{4}-\d\d-\d\d")


def shown(path: str) -> str:
    r"""Return a path, or a name made of one, in which a byte that is no UTF-8 is an escape.

    >>> shown(os.fsdecode(b"a/\xff.json"))
    'a/\\xff.json'
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def day_of(folder: Path) -> str | None:
    """Return the day that a folder is named after, where it is."""
    here = Path(os.path.abspath(folder))  # noqa: PTH100  # resolve() would name what a link leads to
    name = (here.parent if here.name == "sql" else here).name
    try:
        return date.fromisoformat(name).isoformat() if DAY.fullmatch(name) else None
    except ValueError:
        return None

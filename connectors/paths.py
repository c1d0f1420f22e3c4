"""Where a file is, as text that can be printed and kept."""

import os


def shown(path: str) -> str:
    r"""Return a path, or a name made of one, in which a byte that is no UTF-8 is an escape.

    >>> shown(os.fsdecode(b"a/\xff.json"))
    'a/\\xff.json'
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace")

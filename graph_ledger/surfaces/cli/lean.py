"""Lean: the driver without the libraries that it would take along for parameters of theirs; no command hands it one."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

HEAVY = ("numpy", "pandas", "pyarrow")
"""Half a second of a cold start, and eighty megabytes of a service."""


@contextmanager
def lean() -> Iterator[None]:
    """Let these look as if they were not installed while something is imported; what is loaded already stays."""
    hidden = [name for name in HEAVY if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # the way to say so
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]

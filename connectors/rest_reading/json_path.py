"""Where something is in JSON: names and list indexes, divided by dots."""

import re
from collections.abc import Mapping
from typing import Any

from graph_ledger.errors import ValidationError

STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
WHOLE = re.compile(r"(?:[^.\[\]]+|\[\d+\])(?:\.[^.\[\]]+|\[\d+\])*")


def check_path(path: str | None, argument: str) -> str | None:
    """Refuse a path that cannot lead anywhere.

    Raises:
        ValidationError: It is neither nothing nor names and indexes divided by dots.
    """
    if path is not None and (not isinstance(path, str) or (path and not WHOLE.fullmatch(path))):
        raise ValidationError(f'{argument} is a path like "data.models" or "pages[0].models", not {path!r}')
    return path


def found(value: Any, path: str | None) -> Any:
    """Return what stands at a path; None where nothing does, or null. No path is the whole.

    A name with a dot in it counts before the path that it looks like.

    >>> [found({"data": [{"models": [1]}], "a.b": 2}, path) for path in ("data[0].models", "data.0.models", "a.b", "c.d")]
    [[1], [1], 2, None]
    """
    if not path or (isinstance(value, Mapping) and path in value):
        return value[path] if path else value
    for step in STEP.finditer(path):
        index, name = step[1], step[2]
        value = _inside(value, index or name, indexed=index is not None)
        if value is None:
            return None
    return value


def _inside(value: Any, step: str, *, indexed: bool) -> Any:
    if isinstance(value, Mapping) and not indexed:
        return value.get(step)
    if isinstance(value, list) and step.isascii() and step.isdigit() and int(step) < len(value):
        return value[int(step)]
    return None

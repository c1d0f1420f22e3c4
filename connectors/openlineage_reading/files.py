"""Events in files: a line each, a list, or documents one after the other."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph_ledger.connectors.folders import reason_of
from graph_ledger.connectors.json_file import load_documents
from graph_ledger.errors import SourceError
from graph_ledger.values.listing import RowError

LONGEST = 16 * 1024 * 1024
"""Most bytes of one line."""
Placed = tuple[str, Any]
"""Where an event is, and the event as it was sent."""


def events_in(path: Path, where: str, errors: list[RowError]) -> Iterator[Placed]:
    """Yield the events of a file; a line that cannot be read goes to ``errors``, and the others are read.

    A file whose first line is JSON holds an event a line, and may be of any size; every other one is held as a whole.

    Raises:
        SourceError: The file cannot be read, or nothing in it is JSON.
    """
    try:
        with path.open("rb") as file:
            first = next((line for line in _lines(file) if line[1].strip()), None)
        if first is None:
            return
        if _parsed(first[1], "", []):
            yield from _by_line(path, where, errors)
            return
    except OSError as error:
        raise SourceError(f"{where} could not be read: {reason_of(error)}") from error
    yield from _as_a_whole(path, where, errors)


def _as_a_whole(path: Path, where: str, errors: list[RowError]) -> Iterator[Placed]:
    try:
        found = load_documents(path)
    except SourceError:
        # A file of lines may begin with a bad one.
        bad: list[RowError] = []
        good = list(_by_line(path, where, bad))
        if not good:
            raise
        errors.extend(bad)
        yield from good
        return
    for number, document in enumerate(found, 1):
        yield from _each(document, where if len(found) == 1 else f"{where}, document {number}")


def _by_line(path: Path, where: str, errors: list[RowError]) -> Iterator[Placed]:
    with path.open("rb") as file:
        for number, line in _lines(file):
            place = f"{where}, line {number}"
            for found in _parsed(line, place, errors):
                yield from _each(found, place)


def _each(found: Any, where: str) -> Iterator[Placed]:
    if isinstance(found, list):
        yield from ((f"{where}, event {number}", event) for number, event in enumerate(found, 1))
    else:
        yield where, found


def _lines(file: Any) -> Iterator[tuple[int, bytes]]:
    """Yield every line with its number; of one that is too long no more than tells that it is."""
    number = 0
    while line := file.readline(LONGEST + 1):
        number += 1
        rest = line
        while len(rest) > LONGEST and not rest.endswith(b"\n"):
            rest = file.readline(LONGEST + 1)
        yield number, line


def _parsed(line: bytes, where: str, errors: list[RowError]) -> list[Any]:
    """Return the one thing that a line holds; none of a blank one, and of one that is no JSON, which is an error."""
    if not line.strip():
        return []
    reason = f"it has more than {LONGEST:,} bytes"
    try:
        if len(line) <= LONGEST:
            return [json.loads(line.decode("utf-8-sig"))]
    except UnicodeDecodeError as error:
        reason = reason_of(error)
    except json.JSONDecodeError as error:
        reason = f"not JSON: {error.msg}, column {error.colno}"
    except (RecursionError, ValueError) as error:
        reason = f"not JSON that can be read: {str(error) or 'nested too deep'}"
    errors.append(RowError(where=where, reason=reason))
    return []

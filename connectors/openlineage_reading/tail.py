"""What has come to an inbox since it was last looked at, whoever has put it there."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph_ledger.connectors.openlineage_reading.files import LONGEST

SUFFIX = ".jsonl"


class Tail:
    """Reads the files of an inbox, each from where it was left."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, int] = {}

    def events(self) -> Iterator[Any]:
        """Yield the events that are new; a line that is not whole yet is left for the next time, one that is no JSON is passed over.

        Raises:
            OSError: A file cannot be read.
        """
        for path in sorted(self._folder.glob(f"*{SUFFIX}")):
            yield from self._of_file(path)

    def _of_file(self, path: Path) -> Iterator[Any]:
        with path.open("rb") as file:
            file.seek(self._read.get(path.name, 0))
            while (line := file.readline()).endswith(b"\n"):
                self._read[path.name] = self._read.get(path.name, 0) + len(line)
                yield from _parsed(line)


def _parsed(line: bytes) -> Iterator[Any]:
    if len(line) <= LONGEST and line.strip():
        try:
            yield json.loads(line)
        except (ValueError, RecursionError):  # the connector tells of it
            return

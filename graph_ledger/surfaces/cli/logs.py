"""Logs of a scheduled command: a line an event on stderr, for people or as JSON for a collector."""

import io
import json
import logging
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timezone
from typing import Any

from graph_ledger.values.printable import printable

NAME = "graph_ledger"
BARE = frozenset("-._:/@+")
"""What a value for people may hold besides letters and digits without being quoted."""


class Log:
    """Tells what happens, through Python's own logging; made by `logged`."""

    def __init__(self, form: str) -> None:
        self.form = form
        self._logger = logging.getLogger(NAME)

    def say(self, level: str, event: str, /, **what: Any) -> None:
        """Tell one event, with what belongs to it."""
        self._logger.log(logging.getLevelName(level.upper()), event, extra={"what": what})

    @staticmethod
    def clock() -> float:
        """Return the seconds of a clock that is never set back."""
        return time.monotonic()


@contextmanager
def logged(form: str) -> Iterator[Log]:
    """Tell everything in one form while this is open: what the log is told, and the warnings of Python and of libraries."""
    root, ours = logging.getLogger(), logging.getLogger(NAME)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if form == "json" else _Text())
    before = ours.level
    root.addHandler(handler)
    ours.setLevel(logging.INFO)
    logging.captureWarnings(capture=True)
    try:
        yield Log(form)
    finally:
        logging.captureWarnings(capture=False)
        ours.setLevel(before)
        root.removeHandler(handler)


class Printed(io.TextIOBase):
    """Takes what a connector prints, which would come in between the answer, and tells it line by line."""

    def __init__(self, log: Log, connector: str) -> None:
        self._log, self._connector, self._begun = log, connector, ""

    def write(self, text: str, /) -> int:
        """Tell the lines that are whole."""
        *lines, self._begun = f"{self._begun}{text}".split("\n")
        for line in filter(str.strip, lines):
            self._log.say("info", "printed", connector=self._connector, text=line)
        return len(text)

    def close(self) -> None:
        """Tell the last line, which has no end."""
        self.write("\n")
        super().close()


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        found = {"time": _time(record), "level": record.levelname.lower(), "event": record.getMessage().strip(), **_what(record)}
        try:
            return json.dumps(found, default=str, allow_nan=False)
        except ValueError:  # a number that JSON does not have
            return json.dumps({name: str(value) for name, value in found.items()})


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        what = " ".join(f"{name}={_shown(value)}" for name, value in _what(record).items())
        return printable(f"{_time(record)} {record.levelname.lower()} {record.getMessage().strip()} {what}".rstrip())


def _what(record: logging.LogRecord) -> dict[str, Any]:
    """Return what belongs to an event; of what is not ours, also who says so."""
    found = dict(getattr(record, "what", {}))
    if record.name != NAME:
        found["logger"] = record.name
    if record.exc_info and record.exc_info[1] is not None:
        found["error"] = f"{type(record.exc_info[1]).__name__}: {record.exc_info[1]}"
    return found


def _shown(value: Any) -> str:
    if isinstance(value, (Mapping, list, tuple)):
        return json.dumps(value, ensure_ascii=False, default=str)
    text = str(value)
    bare = text and all(letter.isalnum() or letter in BARE for letter in text)
    return text if bare else json.dumps(text, ensure_ascii=False)


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")

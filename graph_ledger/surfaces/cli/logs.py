"""Logs of a scheduled command: a line an event on stderr, for people or as JSON for a collector."""

import json
import logging
import sys
import time
from datetime import datetime, timezone
from typing import Any

NAME = "graph_ledger"


class Log:
    """Tells what happens, through Python's own logging."""

    def __init__(self, form: str) -> None:
        self._logger = logging.getLogger(NAME)
        self._logger.setLevel(logging.INFO)
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(_Json() if form == "json" else _Text())
        self._logger.handlers = [handler]
        self._logger.propagate = False

    def say(self, level: str, event: str, /, **what: Any) -> None:
        """Tell one event, with what belongs to it."""
        self._logger.log(logging.getLevelName(level.upper()), event, extra={"what": what})

    @staticmethod
    def clock() -> float:
        """Return the seconds of a clock that is never set back."""
        return time.monotonic()


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        head = {"time": _time(record), "level": record.levelname.lower(), "event": record.getMessage()}
        return json.dumps({**head, **getattr(record, "what", {})}, default=str)


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        what = " ".join(f"{name}={value}" for name, value in getattr(record, "what", {}).items())
        return f"{_time(record)} {record.levelname.lower()} {record.getMessage()} {what}".rstrip()


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")

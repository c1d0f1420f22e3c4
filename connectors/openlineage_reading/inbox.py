"""A folder in which events are kept as they come, a line each, for the connector to read."""

import json
import os
from datetime import datetime, timezone
from pathlib import Path
from threading import Lock
from typing import Any

from graph_ledger.connectors.openlineage_reading.files import LONGEST
from graph_ledger.connectors.openlineage_reading.nodes import check_event
from graph_ledger.errors import ValidationError


class Inbox:
    """Keeps events in one file a day; several processes may keep theirs in one folder.

    >>> inbox = Inbox("inbox")
    >>> inbox.keep({"eventTime": "2026-06-30T12:00:00Z", "job": {"namespace": "etl", "name": "daily"}})
    >>> from graph_ledger.connectors.openlineage import openlineage_connector
    >>> [node.name for node in openlineage_connector("inbox").discover()]
    ['etl/daily']
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)
        self._lock = Lock()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ValidationError(f"{str(self.folder)!r} is no folder that events can be kept in: {error.strerror}") from error

    def keep(self, event: Any) -> None:
        """Keep one event; when this returns it is on the disk.

        Raises:
            ValidationError: It is no event; nothing is kept.
            OSError: It could not be written, mostly as the disk is full.
        """
        check_event(event)
        try:
            line = _line(event)
        except (TypeError, ValueError, RecursionError) as error:
            raise ValidationError(f"an event is JSON: {error}") from None
        if len(line) > LONGEST:
            raise ValidationError(f"an event has at most {LONGEST:,} bytes, and this one {len(line):,}")
        with self._lock:
            self._append(line)

    def _append(self, line: bytes) -> None:
        path = self.folder / f"events-{datetime.now(timezone.utc):%Y-%m-%d}.jsonl"
        file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            end = os.fstat(file).st_size
            if end and os.pread(file, 1, end - 1) != b"\n":  # a write that a full disk cut off spoils no line but its own
                line = b"\n" + line
            if os.write(file, line) < len(line):
                raise OSError(28, "No space left on device", str(path))
            os.fsync(file)
        finally:
            os.close(file)


def _line(event: Any) -> bytes:
    """Return an event as it is kept: in the letters it was sent in, as escapes would make it several times as long."""
    try:
        return json.dumps(event, allow_nan=False, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    except UnicodeEncodeError:  # half a character has no bytes but as an escape
        return json.dumps(event, allow_nan=False).encode() + b"\n"

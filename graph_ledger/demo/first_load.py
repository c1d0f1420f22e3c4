"""The day on which the demo estate was loaded first: every later load is dated from it, too."""

from datetime import datetime, timezone
from pathlib import Path


def first_load(file: Path) -> datetime:
    """Return the day that a file keeps; where there is none yet it is today, which is kept."""
    try:
        with file.open("x", encoding="utf-8") as new:
            new.write(datetime.now(timezone.utc).date().isoformat())
    except FileExistsError:
        pass
    return datetime.fromisoformat(file.read_text(encoding="utf-8")).replace(tzinfo=timezone.utc)

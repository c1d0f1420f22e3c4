"""A cache of what was read, so that a text that did not change is not parsed again; it may be deleted at any time."""

import json
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

Folder = str | os.PathLike[str]


class ParseCache:
    """One small JSON file for each text, named by a hash over the text and everything that decides how it is read.

    What is broken, or cannot be read or written, counts as not there. A cache that others can write to can tell lies: keep it your own.

    >>> cache = ParseCache("cache")
    >>> cache.put("ab12", {"answer": 42})
    >>> cache.get("ab12")
    {'answer': 42}
    """

    def __init__(self, folder: Folder) -> None:
        self.folder = Path(folder)

    @classmethod
    def of(cls, given: "Folder | bool | None") -> "ParseCache | None":
        """Return the cache that an argument means: a folder; True, the user's own cache folder; nothing, no cache."""
        if not given:
            return None
        return cls(user_folder() if given is True else given)

    def get(self, key: str) -> dict[str, Any] | None:
        """Return what was kept, or None."""
        try:
            found = json.loads(self._place(key).read_bytes())
        except (OSError, ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None

    def put(self, key: str, value: dict[str, Any]) -> None:
        """Keep a value; a reader sees the old one or the new one, never a part."""
        place = self._place(key)
        with suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=place.parent, suffix=".part")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(value, file, separators=(",", ":"))
                os.replace(name, place)  # noqa: PTH105  # a name of tempfile is a text
            except OSError:
                os.unlink(name)  # noqa: PTH108

    def _place(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key[2:]}.json"


def user_folder() -> Path:
    """Return the cache folder of the user, or what GRAPH_LEDGER_CACHE names, and in it the one for SQL."""
    given = os.environ.get("GRAPH_LEDGER_CACHE")
    return (Path(given) if given else user_cache_path("graph-ledger", appauthor=False)) / "sql"


def key_of(parts: Iterable[str]) -> str:
    """Return the name of an entry: a hash over these texts, the library that parses and the code that reads."""
    digest = sha256(_code().encode())
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _code() -> str:
    """What decides how a text is read beside the text: any change of it makes all entries strangers."""
    digest = sha256(version("sqlglot").encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()

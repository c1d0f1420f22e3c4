"""A JSON file as a tool writes it: read whole, up to a size."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph_ledger.connectors.folders import reason_of
from graph_ledger.connectors.paths import shown
from graph_ledger.errors import SourceError

BLANKS = re.compile(r"[ \t\r\n]*")
LARGEST = 256 * 1024 * 1024
"""Most bytes of a file that is held as a whole: parsed it takes several times as much memory."""


def load_json(path: Path, largest: int = LARGEST) -> Any:
    """Return what a JSON file holds.

    Raises:
        SourceError: It cannot be read, is too large, or is not JSON.
    """
    found = load_documents(path, largest)
    if len(found) != 1:
        raise SourceError(f"{shown(str(path))} is not JSON: it holds {len(found) or 'no'} documents")
    return found[0]


def load_documents(path: Path, largest: int = LARGEST) -> list[Any]:
    """Return the JSON documents that a file holds, one after the other.

    Raises:
        SourceError: It cannot be read, is too large, or is not JSON.
    """
    where = shown(str(path))
    try:
        size = path.stat().st_size
        if size > largest:
            raise SourceError(f"{where} has {size:,} bytes; {largest:,} is the most")
        return list(_documents(path.read_bytes().decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        raise SourceError(f"{where} is {reason_of(error)}") from error
    except OSError as error:
        raise SourceError(f"{where} could not be read: {reason_of(error)}") from error
    except json.JSONDecodeError as error:
        raise SourceError(f"{where} is not JSON: {error.msg}, line {error.lineno}, column {error.colno}") from None
    except (RecursionError, ValueError) as error:
        raise SourceError(f"{where} is not JSON that can be read: {str(error) or 'nested too deep'}") from None


def _documents(text: str) -> Iterator[Any]:
    decoder, place = json.JSONDecoder(), 0
    while (found := BLANKS.match(text, place)) and found.end() < len(text):
        document, place = decoder.raw_decode(text, found.end())
        yield document

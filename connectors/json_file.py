"""A JSON file as a tool writes it: read whole, up to a size."""

import json
from pathlib import Path
from typing import Any

from graph_ledger.connectors.folders import reason_of
from graph_ledger.connectors.paths import shown
from graph_ledger.errors import SourceError

LARGEST = 256 * 1024 * 1024
"""Most bytes of a file that is held as a whole: parsed it takes several times as much memory."""


def load_json(path: Path, largest: int = LARGEST) -> Any:
    """Return what a JSON file holds.

    Raises:
        SourceError: It cannot be read, is too large, or is not JSON.
    """
    where = shown(str(path))
    try:
        size = path.stat().st_size
        if size > largest:
            raise SourceError(f"{where} has {size:,} bytes; {largest:,} is the most")
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SourceError(f"{where} is {reason_of(error)}") from error
    except OSError as error:
        raise SourceError(f"{where} could not be read: {reason_of(error)}") from error
    except json.JSONDecodeError as error:
        raise SourceError(f"{where} is not JSON: {error.msg}, line {error.lineno}, column {error.colno}") from None
    except (RecursionError, ValueError) as error:
        raise SourceError(f"{where} is not JSON that can be read: {str(error) or 'nested too deep'}") from None

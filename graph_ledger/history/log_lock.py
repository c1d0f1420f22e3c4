"""Log lock: whoever gives positions or sets a seal holds the log, and goes on from nothing that does not fit what was sealed."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import uuid4

from graph_ledger.database.database import Transaction
from graph_ledger.errors import ValidationError
from graph_ledger.history.log import TILE, Kept, edited, seal_of
from graph_ledger.values.checkpoint import check_origin


class Held(NamedTuple):
    """The log under its lock."""

    origin: str
    size: int
    """How many events have a position."""
    newest: Kept | None
    """The newest seal."""


def hold(transaction: Transaction, origin: str | None = None) -> Held:
    """Lock the log; ``origin``: what it is called from now on, None where it keeps its name.

    Raises:
        HistoryEditedError: Log, newest seal, newest position and newest tile do not fit each other.
    """
    row = transaction.run("history/lock_log", token=uuid4().hex)
    newest = None if row["seal"] is None else seal_of(row["seal"])
    size = _size(row["newest"])
    _check_newest(row, newest, size)
    whole, tile = size // TILE, row["tile"]
    if (type(tile) is not int or tile != whole - 1) if whole else tile is not None:
        raise edited(f"the last of {whole} tiles is number {tile}")
    return Held(_origin(row["origin"], newest) if origin is None else origin, size, newest)


def _size(newest: Any) -> int:
    if newest is None:
        return 0
    if type(newest) is not int or newest < 0:
        raise edited(f"an event has the position {newest!r}")
    return newest + 1


def _check_newest(row: Mapping[str, Any], newest: Kept | None, size: int) -> None:
    known = (None, None) if newest is None else (newest.seal.number, newest.seal.size)
    if (row["sealed"], row["size"]) != known:
        raise edited(f"the log says that seal {row['sealed']} of {row['size']} events is its newest, and seal {known[0]} of {known[1]} is")
    if newest is not None and newest.seal.size > size:
        raise edited(f"seal {newest.seal.number} is of {newest.seal.size} events, and {size} are there")


def _origin(origin: Any, newest: Kept | None) -> str:
    """Return the name under which the next checkpoint is made: a text put in its place would choose what is signed."""
    try:
        name = check_origin(origin)
    except ValidationError as error:
        raise edited(f"the log has a name that is none: {error}") from None
    if newest is not None and newest.origin != name:
        raise edited(f"the log is called {name}, and its newest seal {newest.origin}: seal with the origin that is right")
    return name

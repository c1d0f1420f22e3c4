"""Log check: goes along the log and says where positions, tiles and seals do not fit the events."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from graph_ledger.database.database import Transaction
from graph_ledger.errors import HistoryEditedError
from graph_ledger.history.log import TILE, Kept, seal_of
from graph_ledger.values.merkle import Growing, leaf_hash
from graph_ledger.values.seal import Seal
from graph_ledger.values.verification import Finding, FindingKind


def check_log(transaction: Transaction) -> Iterator[Finding]:
    """Yield what does not fit; links are taken as they are stored, for the chains are checked by themselves.

    Read in this order, each is at least as new as the one before: what was sealed has positions, what has positions has tiles.
    Cost: one pass over the positions, in the order of an index; memory for the seals and a hash for each 1,024 events.
    """
    row = transaction.run("history/seals")
    seals = [_seal(each) for each in row["seals"]]
    yield from (each for each in seals if isinstance(each, Finding))
    known = [each for each in seals if isinstance(each, Kept)]
    yield from _log(row["log"], known[-1] if known else None)
    yield from _rows_of_seals(known)
    along = _Pass([each.seal for each in known])
    yield from along.all(transaction.stream("history/positions"))
    yield from along.tiles(transaction.run("history/tiles_kept")["tiles"])


class _Placed(NamedTuple):
    """An event with a position."""

    position: Any
    chain: Any
    model_hash: Any
    sequence: Any
    key: Any

    def finding(self, kind: FindingKind, detail: str) -> Finding:
        number = self.sequence if type(self.sequence) is int else None
        return Finding(model=str(self.key or self.model_hash), sequence=number, kind=kind, field="position", detail=detail)


class _Pass:
    """One pass along the log."""

    def __init__(self, seals: list[Seal]) -> None:
        self._seals = seals
        self._sizes = {seal.size: seal for seal in seals}
        self._last = max(self._sizes, default=0)
        self._tree, self._tile = Growing(), Growing()
        self._next, self._whole = 0, True
        self._wrong: list[Seal] = []
        self._roots: list[bytes] = []
        """Over the complete tiles, as far as no event is missing."""

    def all(self, rows: Iterable[list[Any]]) -> Iterator[Finding]:
        """Yield what does not fit, to the end of the log."""
        for row in rows:
            event = _Placed(*row)
            if type(event.position) is not int or event.position < self._next:
                yield event.finding("edited", f"the position {event.position!r} is none, or that of another event too")
                continue
            yield from self._gap(event)
            self._next = event.position + 1
            if self._whole:
                yield from self._fits(event)
        if self._next < self._last:
            yield from self._missing(self._next, self._last)
        yield from self._end_of_wrong()

    def tiles(self, rows: Iterable[list[Any]]) -> Iterator[Finding]:
        """Yield what does not fit in the roots that are kept."""
        kept = {number: root for number, root in rows if type(number) is int}
        for number, _ in rows:
            if type(number) is not int or not 0 <= number < self._next // TILE:
                said = f"of {self._next} events in the log there are {self._next // TILE} tiles, from 0, and this is none of them"
                yield _of_tile(number, "edited", "number", said)
        for number, made in enumerate(map(bytes.hex, self._roots)):
            if (root := kept.get(number)) != made:
                first = number * TILE
                said = f"events {first} to {first + TILE - 1} of the log have the root {made}, and the tile says {root}"
                yield _of_tile(number, "forged" if number in kept else "missing", "root_hash", said)

    def _gap(self, event: _Placed) -> Iterator[Finding]:
        if event.position == self._next:
            return
        if self._next < self._last:
            yield from self._missing(self._next, min(event.position, self._last))
        elif event.position > self._last:
            yield event.finding("edited", f"it has the position {event.position}, and the log ended before {self._next}")
        self._whole = False

    def _missing(self, first: int, end: int) -> Iterator[Finding]:
        those = f"the events at positions {first} to {end - 1} are" if end > first + 1 else f"the event at position {first} is"
        seal = next(each for each in self._seals if each.size > first)
        yield _of_seal(seal, "missing", "position", f"{those} not there; roots from there on cannot be recomputed")

    def _fits(self, event: _Placed) -> Iterator[Finding]:
        leaf = leaf_hash(str(event.chain).encode())
        self._tree.append(leaf)
        self._tile.append(leaf)
        if self._tile.size == TILE:
            self._roots.append(self._tile.root())
            self._tile = Growing()
        seal = self._sizes.get(self._next)
        if seal is None:
            return
        if self._tree.root().hex() == seal.root_hash:
            yield from self._end_of_wrong()
        else:
            self._wrong.append(seal)

    def _end_of_wrong(self) -> Iterator[Finding]:
        """One finding for seals in a row: each root covers all events before, so one edited event spoils all that follow."""
        if self._wrong:
            first, last = self._wrong[0], self._wrong[-1]
            more = f", nor up to {last.last} that of seal {last.number}, nor in between" if last is not first else ""
            said = f"the events up to position {first.last} do not have the root that it says{more}"
            yield _of_seal(first, "forged", "root_hash", said)
        self._wrong = []


def _seal(row: list[Any]) -> Kept | Finding:
    try:
        return seal_of(row)
    except HistoryEditedError as error:
        return Finding(model=f"seal {row[0]}", sequence=None, kind="edited", field="content", detail=str(error))


def _log(log: list[Any] | None, newest: Kept | None) -> Iterator[Finding]:
    """Yield what does not fit in what the log says of its newest seal, which may be gone."""
    if log is None:
        if newest is not None:
            yield _finding("log", "missing", "Log", "there are seals, and the log that they close is not there")
        return
    origin, sealed, size = log
    known = (None, None) if newest is None else (newest.seal.number, newest.seal.size)
    if (sealed, size) != known or bool in {type(sealed), type(size)}:
        kind: FindingKind = "missing" if type(sealed) is int and sealed > (known[0] or 0) else "edited"
        said = f"seal {sealed} of {size} events is its newest, and the newest that is there is seal {known[0]} of {known[1]}"
        yield _finding("log", kind, "sealed", said)
    if newest is not None and newest.origin != origin:
        yield _finding("log", "edited", "origin", f"it is called {origin!r}, and by its newest seal {newest.origin!r}")


def _rows_of_seals(seals: list[Kept]) -> Iterator[Finding]:
    """Yield what does not fit in the seals themselves: each begins where the one before ended."""
    number = end = 0
    for kept in seals:
        seal = kept.seal
        if seal.number != number + 1:
            yield _of_seal(seal, "missing", "number", f"the seal before it is number {number}: those between are not there")
        elif seal.first != end:
            yield _of_seal(seal, "edited", "first", f"it begins at {seal.first}, and the seal before ended before {end}")
        if seal.count != seal.last - seal.first + 1 or seal.count < 1:
            yield _of_seal(seal, "edited", "count", f"it counts {seal.count} events from {seal.first} to {seal.last}")
        if kept.checkpoint() is None:
            yield _of_seal(seal, "edited", "checkpoint", "the text that is kept is not the checkpoint of this seal")
        number, end = seal.number, seal.size


def _of_seal(seal: Seal, kind: FindingKind, field: str, detail: str) -> Finding:
    return _finding(f"seal {seal.number}", kind, field, detail)


def _of_tile(number: Any, kind: FindingKind, field: str, detail: str) -> Finding:
    return _finding(f"tile {number}", kind, field, detail)


def _finding(where: str, kind: FindingKind, field: str, detail: str) -> Finding:
    return Finding(model=where, sequence=None, kind=kind, field=field, detail=detail)

"""Log check: goes along the log and says where positions, tiles and seals do not fit the events."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from graph_ledger.database.database import Transaction
from graph_ledger.errors import HistoryEditedError
from graph_ledger.history.log import TILE, kept_text, seal_of
from graph_ledger.values.merkle import Growing, leaf_hash
from graph_ledger.values.seal import Seal
from graph_ledger.values.verification import Finding, FindingKind


def check_log(transaction: Transaction) -> Iterator[Finding]:
    """Yield what does not fit; links are taken as they are stored, for the chains are checked by themselves.

    Cost: one pass over the positions, in the order of an index; memory for the seals and a hash for each 1,024 events.
    """
    before = transaction.run("history/seals")
    seals = [_seal(row) for row in before["seals"]]
    yield from (each for each in seals if isinstance(each, Finding))
    known = [each for each in seals if isinstance(each, Seal)]
    yield from _rows_of_seals(known)
    row = transaction.run("history/tiles", most=2**62)
    pass_along = _Pass(known, dict(zip(row["numbers"], row["hashes"], strict=True)))
    yield from pass_along.all(transaction.stream("history/positions"))
    if transaction.run("history/seals")["lock"] == before["lock"]:  # else somebody is sealing right now
        yield from pass_along.behind


class _Placed(NamedTuple):
    """An event with a position."""

    position: Any
    chain: Any
    model_hash: Any
    sequence: Any
    key: str | None

    def finding(self, kind: FindingKind, detail: str) -> Finding:
        number = self.sequence if isinstance(self.sequence, int) else None
        return Finding(model=self.key or str(self.model_hash), sequence=number, kind=kind, field="position", detail=detail)


class _Pass:
    """One pass along the log."""

    def __init__(self, seals: list[Seal], tiles: dict[int, Any]) -> None:
        self._seals, self._tiles = seals, tiles
        self._sizes = {seal.size: seal for seal in seals}
        self._last = max(self._sizes, default=0)
        self._tree, self._tile = Growing(), Growing()
        self._next, self._whole = 0, True
        self._wrong: list[Seal] = []
        self.behind: list[Finding] = []
        """Found behind the newest seal, where a seal that is just being set may be at work."""

    def all(self, rows: Iterable[list[Any]]) -> Iterator[Finding]:
        """Yield what does not fit, to the end of the log."""
        for row in rows:
            event = _Placed(*row)
            if not isinstance(event.position, int) or event.position < self._next:
                yield event.finding("edited", f"the position {event.position!r} is none, or that of another event too")
                continue
            yield from self._gap(event)
            self._next = event.position + 1
            if self._whole:
                yield from self._fits(event)
        if self._next < self._last:
            yield from self._missing(self._next, self._last)
        yield from self._end_of_wrong()

    def _gap(self, event: _Placed) -> Iterator[Finding]:
        if event.position == self._next:
            return
        if self._next < self._last:
            yield from self._missing(self._next, min(event.position, self._last))
        elif event.position > self._last:
            self.behind.append(event.finding("edited", f"it has the position {event.position}, and the log ended before {self._next}"))
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
            yield from self._check_tile(event.position // TILE)
        seal = self._sizes.get(self._next)
        if seal is None:
            return
        if self._tree.root().hex() == seal.root_hash:
            yield from self._end_of_wrong()
        else:
            self._wrong.append(seal)

    def _check_tile(self, number: int) -> Iterator[Finding]:
        kept, made = self._tiles.get(number), self._tile.root().hex()
        self._tile = Growing()
        if kept != made:
            kind: FindingKind = "missing" if kept is None else "forged"
            said = f"events {number * TILE} to {number * TILE + TILE - 1} of the log have the root {made}, and the tile says {kept}"
            yield Finding(model=f"tile {number}", sequence=None, kind=kind, field="root_hash", detail=said)

    def _end_of_wrong(self) -> Iterator[Finding]:
        """One finding for seals in a row: each root covers all events before, so one edited event spoils all that follow."""
        if self._wrong:
            first, last = self._wrong[0], self._wrong[-1]
            more = f", nor up to {last.last} that of seal {last.number}, nor in between" if last is not first else ""
            said = f"the events up to position {first.last} do not have the root that it says{more}"
            yield _of_seal(first, "forged", "root_hash", said)
        self._wrong = []


def _seal(row: list[Any]) -> Seal | Finding:
    try:
        return seal_of(row)
    except HistoryEditedError as error:
        return Finding(model=f"seal {row[0]}", sequence=None, kind="edited", field="content", detail=str(error))


def _rows_of_seals(seals: list[Seal]) -> Iterator[Finding]:
    """Yield what does not fit in the seals themselves: each begins where the one before ended."""
    number = end = 0
    for seal in seals:
        if seal.number != number + 1:
            yield _of_seal(seal, "missing", "number", f"the seal before it is number {number}: those between are not there")
        elif seal.first != end:
            yield _of_seal(seal, "edited", "first", f"it begins at {seal.first}, and the seal before ended before {end}")
        if seal.count != seal.last - seal.first + 1 or seal.count < 1:
            yield _of_seal(seal, "edited", "count", f"it counts {seal.count} events from {seal.first} to {seal.last}")
        if kept_text(seal) is None:
            yield _of_seal(seal, "edited", "checkpoint", "the text that is kept is not the checkpoint of this seal")
        number, end = seal.number, seal.size


def _of_seal(seal: Seal, kind: FindingKind, field: str, detail: str) -> Finding:
    return Finding(model=f"seal {seal.number}", sequence=None, kind=kind, field=field, detail=detail)

"""Prove consistency: recompute all that was sealed, from what is stored now, and compare it with a checkpoint kept elsewhere."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from graph_ledger.database.database import Database, Transaction
from graph_ledger.history.chain_check import Stored
from graph_ledger.history.log import Kept, newest_seal
from graph_ledger.values.checkpoint import Checkpoint, held
from graph_ledger.values.merkle import Growing, consistency_ranges, leaf_hash
from graph_ledger.values.proof import Consistency, growth

NO_LEAF = b""
"""Stands for an event that cannot have been recorded as it is stored."""


def prove_consistency(database: Database, checkpoint: str | Path) -> Consistency:
    """Show that the log only grew since a checkpoint, or that it did not.

    Cost: every sealed event once, in the order of an index; memory for one hash a bit of their number.
    """
    old = held(checkpoint)
    return database.reading(lambda transaction: _prove(transaction, old))


def _prove(transaction: Transaction, old: Checkpoint) -> Consistency:
    newest = newest_seal(transaction)
    if newest is None:
        return _consistency("failed", f"nothing is sealed here, and the checkpoint is of {old.size} events", old, None)
    if newest.seal.size < old.size:
        said = (
            f"the checkpoint is of {old.size} events, and only {newest.seal.size} are sealed here: some were lost, or it is another ledger"
        )
        return _consistency("failed", said, old, newest)
    read = _Read(old.size, newest.seal.size)
    wrong = read.all(transaction.stream("history/sealed_events", size=newest.seal.size)) or _misfit(read, old, newest)
    if wrong:
        return _consistency("failed", wrong, old, newest)
    return _consistency("ok", growth(old.size, newest.seal.size), old, newest, read.path())


class _Read:
    """Goes along the log once, and keeps the roots that are asked for."""

    def __init__(self, old: int, new: int) -> None:
        self.old_root = self.new_root = b""
        self._old, self._tree = old, Growing()
        self._ranges = consistency_ranges(old, new)
        self._parts = {(start, end): Growing() for start, end in self._ranges}
        self._new = new

    def all(self, rows: Iterable[list[Any]]) -> str:
        """Read every event; return where one is missing, or nothing."""
        waiting = iter(sorted(self._ranges))
        now = next(waiting, None)
        for position, leaf in _leaves(rows):
            if type(position) is not int or position != self._tree.size:
                return _gap(self._tree.size, position)
            if now is not None and position >= now[0]:
                self._parts[now].append(leaf)
                now = next(waiting, None) if position + 1 == now[1] else now
            self._tree.append(leaf)
            if self._tree.size == self._old:
                self.old_root = self._tree.root()
        self.new_root = self._tree.root()
        return "" if self._tree.size == self._new else _gap(self._tree.size, self._new)

    def path(self) -> list[bytes]:
        """Return the path of growth."""
        return [self._parts[each].root() for each in self._ranges]


def _leaves(rows: Iterable[list[Any]]) -> Iterator[tuple[Any, bytes]]:
    """Yield each event's leaf, if its content gives it: what is kept of hashes is not trusted."""
    for position, *columns in rows:
        event = Stored(*columns, *[None] * 5)
        fits = event.is_whole and not event.flaw() and event.linked(event.sequence) == event.chain
        yield position, leaf_hash(event.chain.encode() if fits else NO_LEAF)


def _gap(expected: int, found: Any) -> str:
    if isinstance(found, int) and found > expected + 1:
        return f"the events at positions {expected} to {found - 1} are not there"
    return f"no event has position {expected}, or two have the one before"


def _misfit(read: _Read, old: Checkpoint, newest: Kept) -> str:
    if read.old_root != old.root:
        return f"the first {old.size} events are not those of the checkpoint: the history was rewritten, or it is another ledger"
    if read.new_root.hex() != newest.seal.root_hash or newest.checkpoint() is None:
        return f"the first {old.size} events are as they were, and later ones are not those of seal {newest.seal.number}"
    return ""


def _consistency(status: str, reason: str, old: Checkpoint, newest: Kept | None, path: Iterable[bytes] = ()) -> Consistency:
    return Consistency(
        status=status,  # type: ignore[arg-type]  # one of two words
        reason=reason,
        old_size=old.size,
        new_size=0 if newest is None else newest.seal.size,
        path=tuple(each.hex() for each in path),
        old_checkpoint=old.text,
        checkpoint=None if newest is None or newest.checkpoint() is None else newest.seal.checkpoint,
    )

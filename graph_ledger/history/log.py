"""The log: all sealed events in one order, read as a Merkle tree; kept roots of its tiles stand for most of the leaves."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from graph_ledger.database.database import Transaction
from graph_ledger.errors import HistoryEditedError
from graph_ledger.values.checkpoint import Checkpoint, checkpoint_of, parse
from graph_ledger.values.merkle import inclusion_path, leaf_hash, root_of
from graph_ledger.values.moment import from_microseconds
from graph_ledger.values.seal import Seal

SIGNATURE = 64
"""Bytes of a signature by Ed25519."""
TILE = 1024
"""Leaves of a tile: a proof reads two tiles of leaves, and one root for every other tile."""


def leaves(transaction: Transaction, first: int, end: int) -> list[bytes]:
    """Return the hashes of the leaves from one position to before another.

    Raises:
        HistoryEditedError: One of them is not there.
    """
    row = transaction.run("history/leaves", first=first, end=end)
    if not _are_numbers(row["positions"], first, end):
        raise edited(f"of the events at positions {first} to {end - 1} some are not there")
    if not all(isinstance(chain, str) for chain in row["chains"]):
        raise edited(f"of the events at positions {first} to {end - 1} some have no link")
    return [leaf_hash(chain.encode()) for chain in row["chains"]]


def root_at(transaction: Transaction, size: int) -> bytes:
    """Return the root over the first events, from the tiles kept and the leaves behind them."""
    whole = size // TILE
    return root_of([*_tiles(transaction, whole), *_rest(transaction, whole, size)])


def path_at(transaction: Transaction, position: int, size: int) -> list[bytes]:
    """Return the path from a leaf to the root over the first events."""
    whole, own = size // TILE, position // TILE
    around = leaves(transaction, own * TILE, min(size, (own + 1) * TILE))
    roots = [*_tiles(transaction, whole), *_rest(transaction, whole, size)]
    return inclusion_path(position % TILE, around) + inclusion_path(own, roots)


def new_tiles(before: Sequence[bytes], added: Sequence[bytes], first: int) -> Iterator[list[Any]]:
    """Yield number and root of every tile that new leaves complete; ``before``: the leaves of the tile they begin in."""
    hashes, number = [*before, *added], (first - len(before)) // TILE
    for place in range(len(hashes) // TILE):
        yield [number + place, root_of(hashes[place * TILE : (place + 1) * TILE]).hex()]


class Kept(NamedTuple):
    """A seal as it is stored."""

    seal: Seal
    origin: str

    def checkpoint(self) -> Checkpoint | None:
        """Return the checkpoint that is kept with it; None where the text is not, to the letter, that of this seal."""
        size, root, text = self.seal.size, self.seal.root_hash, self.seal.checkpoint
        try:
            found, made = parse(text), checkpoint_of(self.origin, size, bytes.fromhex(root))
        except ValueError:
            return None
        own = all((each.name, len(each.signature)) == (self.origin, SIGNATURE) for each in found.signatures)
        return found if own and (found.body, found.root.hex()) == (made.body, root) else None


def seal_of(columns: Sequence[Any]) -> Kept:
    """Make a seal of the columns that the statements return.

    Raises:
        HistoryEditedError: They are none that a seal ever had.
    """
    number, first, last, count, root, sealed_at, checkpoint, origin = columns
    numbers = all(type(each) is int for each in (number, first, last, count, sealed_at))
    if not numbers or not all(isinstance(each, str) for each in (root, checkpoint, origin)):
        raise edited(f"seal {number} lacks a property, or has one of another type")
    try:
        time = from_microseconds(sealed_at)
    except OverflowError:
        raise edited(f"seal {number} was set at a time that no clock shows") from None
    seal = Seal(number=number, first=first, last=last, count=count, root_hash=root, sealed_at=time, checkpoint=checkpoint)
    return Kept(seal, origin)


def newest_seal(transaction: Transaction) -> Kept | None:
    """Return the newest seal."""
    row = transaction.run("history/newest_seal")
    return seal_of(row["seal"]) if row else None


def edited(said: str) -> HistoryEditedError:
    """Make the error that says what to do."""
    return HistoryEditedError(f"the history is not as it was sealed: {said}; `graph-ledger verify` lists what does not fit")


def _tiles(transaction: Transaction, most: int) -> list[bytes]:
    row = transaction.run("history/tiles", most=most)
    if not _are_numbers(row["numbers"], 0, most):
        raise edited(f"of the first {most} tiles some are not there")
    try:
        return [bytes.fromhex(each) for each in row["hashes"]]
    except (TypeError, ValueError):
        raise edited("the root of a tile is no hash") from None


def _rest(transaction: Transaction, whole: int, size: int) -> list[bytes]:
    behind = leaves(transaction, whole * TILE, size)
    return [root_of(behind)] if behind else []


def _are_numbers(found: Sequence[Any], first: int, end: int) -> bool:
    """Say whether these are the numbers from one to before another; 1.0 equals 1, and is another value in the database."""
    return found == list(range(first, end)) and all(type(each) is int for each in found)

"""Merkle trees as RFC 6962 draws them (section 2.1): hashes, roots, and the paths that prove a leaf or a growth.

Of the packages that offer this none has both a licence that goes with ours and paths in the form of the RFC.
"""

from collections.abc import Sequence
from functools import reduce
from hashlib import sha256

EMPTY = sha256(b"").digest()
"""Root of a tree without leaves."""
Range = tuple[int, int]
"""Leaves from the first on, without the second."""


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of what stands above two hashes."""
    return sha256(b"\x01" + left + right).digest()


class Growing:
    """A tree that grows by one leaf after another; it keeps one hash for each bit of its size.

    >>> tree = Growing()
    >>> tree.append(leaf_hash(b""))
    >>> tree.size, tree.root().hex()[:8]
    (1, '6e340b9c')
    """

    def __init__(self) -> None:
        self.size = 0
        self._complete: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """Add the hash of a leaf."""
        rest = self.size
        while rest & 1:
            leaf, rest = node_hash(self._complete.pop(), leaf), rest >> 1
        self._complete.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """Return the root of what was added so far."""
        return reduce(lambda right, left: node_hash(left, right), reversed(self._complete)) if self._complete else EMPTY


def root_of(hashes: Sequence[bytes]) -> bytes:
    """Return the root over the hashes of leaves, or of complete subtrees of one size, the last of which may be smaller."""
    tree = Growing()
    for each in hashes:
        tree.append(each)
    return tree.root()


def inclusion_path(index: int, hashes: Sequence[bytes]) -> list[bytes]:
    """Return what has to be hashed with one of the hashes to reach their root, from below."""
    path, level = [], list(hashes)
    while len(level) > 1:
        if index ^ 1 < len(level):
            path.append(level[index ^ 1])
        pairs = [node_hash(level[place], level[place + 1]) for place in range(0, len(level) - 1, 2)]
        level, index = pairs + level[len(pairs) * 2 :], index // 2
    return path


def root_above(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """Return the root to which a path leads from a leaf; None where no tree of this size has such a path."""
    last = size - 1
    if not 0 <= index <= last:
        return None
    for each in path:
        if not last:
            return None
        if index & 1 or index == last:
            leaf = node_hash(each, leaf)
            index, last = _up(index, last)
        else:
            leaf = node_hash(leaf, each)
        index, last = index >> 1, last >> 1
    return None if last else leaf


def consistency_ranges(old: int, new: int) -> list[Range]:
    """Return of which leaves the roots are that prove a growth from one size to another, in the order of the path."""
    return [] if old == 0 else _subproof(old, 0, new, whole=True)


def roots_after(old: int, new: int, old_root: bytes, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Return the old and the new root to which a path of growth leads; None where there is no such path."""
    if not 0 < old < new:
        return None if path or not 0 <= old <= new else (old_root, old_root)
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    index, last = old - 1, new - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    if not steps:
        return None
    before = after = steps[0]
    for each in steps[1:]:
        if not last:
            return None
        if index & 1 or index == last:
            before, after = node_hash(each, before), node_hash(each, after)
            index, last = _up(index, last)
        else:
            after = node_hash(after, each)
        index, last = index >> 1, last >> 1
    return None if last else (before, after)


def _up(index: int, last: int) -> Range:
    """Climb to where the subtree of the last leaf has a neighbour to its left."""
    while index and not index & 1:
        index, last = index >> 1, last >> 1
    return index, last


def _subproof(old: int, start: int, size: int, *, whole: bool) -> list[Range]:
    if old == size:
        return [] if whole else [(start, start + size)]
    left = 1 << (size - 1).bit_length() - 1
    if old <= left:
        return [*_subproof(old, start, left, whole=whole), (start + left, start + size)]
    return [*_subproof(old - left, start + left, size - left, whole=False), (start, start + left)]

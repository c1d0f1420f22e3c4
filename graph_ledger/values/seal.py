"""Seal: how far the history was closed, and under which root."""

from datetime import datetime

from graph_ledger.values.value import Value


class Seal(Value):
    """Closes events under a root: whoever keeps its checkpoint elsewhere can show later whether any of them was edited.

    Source: ``docs/guarantees.md``, the seals.

    >>> seal = ledger.seal()
    >>> seal.number, seal.first == 0, seal.size == seal.last + 1 == seal.count
    (1, True, True)
    """

    number: int
    """Its place among the seals, from 1."""
    first: int
    """Position in the log, from 0, of the first event that no seal before had closed."""
    last: int
    """Position of the last event that it closes."""
    count: int
    """How many events it closes that no seal before had closed: ``last - first + 1``."""
    root_hash: str
    """RFC 6962 root over all events from position 0 to ``last``, 64 hex digits."""
    sealed_at: datetime
    """When the seal was set, by the database's clock, UTC."""
    checkpoint: str
    """What to keep elsewhere: origin, size and root as a C2SP checkpoint, signed where it was sealed with a key."""

    @property
    def size(self) -> int:
        """How many events the root stands for, those of earlier seals too: the size of the tree, ``last + 1``."""
        return self.last + 1

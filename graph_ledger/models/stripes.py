"""Stripes: the lock that a name has before its model is there."""

from hashlib import sha256

from graph_ledger.database.migrations import STRIPES


def stripe(name: str) -> int:
    """Return the number of the lock that new models of this name share."""
    return int.from_bytes(sha256(name.encode()).digest()[:4], "big") % STRIPES

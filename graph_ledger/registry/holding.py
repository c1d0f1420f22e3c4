"""Holding: the locks of a model's versions, and what an observation of them is signed with."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from graph_ledger.database.database import Transaction
from graph_ledger.discovery.load import Load
from graph_ledger.history.signature import CURRENT, signed
from graph_ledger.models.stripes import stripe
from graph_ledger.registry.said import PLATFORM
from graph_ledger.values.node import key_of


def source_of(name: str) -> str:
    """Return the source that claims what versions of a model read and write."""
    return f"{PLATFORM}/{name}"


def deployed_by(name: str) -> str:
    """Return the source that claims who runs versions of a model: another one, as a version may run in a version."""
    return f"{source_of(name)}/deployments"


def hold_source(transaction: Transaction, name: str) -> bool:
    """Hold the versions of a model until the transaction ends: before every other lock; say whether there are none yet."""
    return _hold(transaction, source_of(name), name)


def hold_deployments(transaction: Transaction, name: str) -> bool:
    """Hold what is said of where versions of a model run, after the versions; say whether nothing is yet."""
    return _hold(transaction, deployed_by(name), name)


def _hold(transaction: Transaction, source: str, name: str) -> bool:
    fresh = bool(transaction.run("discovery/open_source", key=source, name=PLATFORM, scope=name)["fresh"])
    transaction.run("discovery/lock_source", source=source, fence=None, token=secrets.token_hex(8))
    return fresh


def hold_names(transaction: Transaction, *names: str) -> None:
    """Keep others from making models of these names."""
    transaction.run("models/lock_stripes", numbers=sorted({stripe(name) for name in names}), token=secrets.token_hex(8))


def load_of(source: str, at: int, *, fresh: bool = False) -> Load:
    """Return what an observation of versions, or of where they run, is written with."""
    return Load(source, at, last_complete=None, next_complete=None, repeated=False, fresh=fresh)


def version_key(full: str) -> str:
    """Return the key of a version's node."""
    return key_of(PLATFORM, full)


@contextmanager
def acting(actor: str) -> Iterator[None]:
    """Let a person sign what is observed inside; for whom a key speaks stays."""
    current = CURRENT.get()
    with signed(actor, None if current is None else current.on_behalf_of):
        yield

"""Signature: who answers for the events of a request, where that is known better than the request says it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

ON_BEHALF_OF = "on_behalf_of"
"""The label of an event that names whom its actor spoke for."""


class Signature(NamedTuple):
    """Who signs."""

    actor: str
    """The name of the key that a service was asked with."""
    on_behalf_of: str | None = None
    """Whom the caller named as the actor."""


CURRENT: ContextVar[Signature | None] = ContextVar("signature", default=None)


@contextmanager
def signed(actor: str, on_behalf_of: str | None = None) -> Iterator[None]:
    """Sign every event that is written inside: its labels say for whom, and a discovery's actor is the one who signs.

    Other events are given their actor by the verb that writes them.

    >>> with signed("etl-key", "alice"):
    ...     labelled({})
    {'on_behalf_of': 'alice'}
    """
    token = CURRENT.set(Signature(actor, on_behalf_of))
    try:
        yield
    finally:
        CURRENT.reset(token)


def labelled(tags: dict[str, Any]) -> dict[str, Any]:
    """Return the labels of an event, with whom it was written for."""
    signature = CURRENT.get()
    return {ON_BEHALF_OF: signature.on_behalf_of, **tags} if signature is not None and signature.on_behalf_of else tags

"""Signature: who answers for the events of a request, where that is known better than the request says it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from graph_ledger.errors import ValidationError

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
    return {**tags, ON_BEHALF_OF: signature.on_behalf_of} if signature is not None and signature.on_behalf_of else tags


def check_labels(tags: Mapping[str, Any]) -> None:
    """Refuse labels of a caller that would say for whom its key spoke: that is the ledger's to say.

    Raises:
        ValidationError: The label is among them, and somebody signs.
    """
    if CURRENT.get() is not None and ON_BEHALF_OF in tags:
        raise ValidationError(f"tags.{ON_BEHALF_OF}: whom a key spoke for is kept by the ledger; name the person as the actor")

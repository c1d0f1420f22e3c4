"""Card: what the page of one model shows, of the tools' answers."""

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from graph_ledger.errors import ModelNotFoundError
from graph_ledger.surfaces.rest.explorer.picture import drawn
from graph_ledger.values.changes import told
from graph_ledger.values.lineage import Impact
from graph_ledger.values.printable import cell

Ask = Callable[..., Any]
MOST_EVENTS = 100
"""Most events that a page shows, the newest."""
LISTED = 200
"""Most models that the list under a picture names."""


def card_of(ask: Ask, key: str, as_of: str | None, direction: str) -> dict[str, Any]:
    """Return everything that a model's page shows.

    Raises:
        ModelNotFoundError, AmbiguousModelError: None or several fit.
    """
    today = ask("get", model=key)
    picture = impact_of(ask, today.key, as_of, direction)
    try:
        card = ask("investigate", model_name=today.key, as_of=as_of)
    except ModelNotFoundError:
        card = None  # it was not there yet: the slider leads back to where it was
    now = card if card is not None and as_of is None else ask("investigate", model_name=today.key)
    return {
        **picture,
        "today": today,
        "card": card,
        "history": told(ask("history", model=today.key, as_of=as_of, limit=MOST_EVENTS).events, cell),
        "verified": ask("verify", model=today.key),
        "sealed_to": now.sealed_to,
        "first": today.created_at.date(),
        "last": datetime.now(timezone.utc).date(),
    }


def impact_of(ask: Ask, key: str, as_of: str | None, direction: str) -> dict[str, Any]:
    """Return the picture of what a model reaches, and the list below it."""
    found: Impact = ask("impact", model=key, as_of=as_of, direction=direction, edges=True)
    platform, _, name = found.model.partition("/")
    return {
        "key": found.model,
        "name": name,
        "as_of": as_of,
        "direction": direction,
        "impact": found,
        "picture": drawn(found, name, platform),
        "nodes": found.nodes[:LISTED],
        "unlisted": max(0, len(found.nodes) - LISTED),
    }

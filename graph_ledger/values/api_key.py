"""ApiKey: who may ask a service, and what; never the key itself."""

from datetime import datetime
from typing import Literal

from graph_ledger.values.value import Value

KeyRole = Literal["reader", "writer", "admin"]


class ApiKey(Value):
    """One key, as the ledger keeps it.

    >>> ApiKey(name="etl", role="writer", key_id="9f2c41d07be83a65", created_at="2026-06-30T12:00:00Z").state
    'active'
    """

    name: str
    """Signs the events that are written with it."""
    role: KeyRole
    """What it may: a reader asks, a writer also writes, an admin also seals and has allowed sources read."""
    key_id: str
    """The part of the key that is no secret: `gl_<key_id>_...`."""
    created_at: datetime
    """When it was made, UTC."""
    expires_at: datetime | None = None
    """From when on it does not work any more, UTC; None: never by itself."""
    revoked_at: datetime | None = None
    """Since when it has not worked any more, UTC."""
    state: Literal["active", "expired", "revoked"] = "active"
    """Whether it works, by the database's clock."""

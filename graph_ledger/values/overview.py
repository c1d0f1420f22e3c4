"""Overview: what is in the ledger, in numbers."""

from datetime import datetime

from graph_ledger.values.value import Value


class Overview(Value):
    """How much there is of what, now.

    >>> Overview().total_models
    0
    """

    total_models: int = 0
    """How many models there are, those included that no source sees any more."""
    absent_models: int = 0
    """How many of them no source sees any more."""
    total_events: int = 0
    """How many events were recorded."""
    model_types: dict[str, int] = {}
    """How many models there are of each type, the most first."""
    platforms: dict[str, int] = {}
    """How many there are on each platform, the most first; the empty word: registered without one."""
    tiers: dict[str, int] = {}
    """How many there are in each tier, the most first."""
    statuses: dict[str, int] = {}
    """How many there are in each status, the most first."""
    groups: int = 0
    """How many of the models are groups."""
    ports: int = 0
    """How many ports are, or ever were, read or written."""
    runs: int = 0
    """How many runs of sources were noted."""
    seals: int = 0
    """How often the history was sealed."""
    sealed_events: int = 0
    """How many events the newest seal closes."""
    last_event: datetime | None = None
    """When the newest event was, UTC."""

"""Options: how much a request may ask for, whom the service answers, what it reads for others."""

from pathlib import Path

from pydantic import Field

from graph_ledger.surfaces.tools.caller import Allowed
from graph_ledger.values.value import Value

MEBIBYTE = 1024 * 1024


class Options(Value):
    """How a service behaves.

    >>> Options(max_rows=100).max_rows
    100
    """

    keys_needed: bool = False
    """Whether a key is asked for though the ledger has none: so wherever others than this machine can ask."""
    allowed: Allowed = Field(default_factory=Allowed)
    """Which sources an admin may have read by this machine."""
    origins: tuple[str, ...] = ()
    """Web pages of other origins that may ask, such as `https://models.example`."""
    max_bytes: int = Field(default=16 * MEBIBYTE, ge=1)
    """Most bytes of a request, unpacked."""
    max_artifact_bytes: int = Field(default=10 * 1024 * MEBIBYTE, ge=1)
    """Most bytes of a model version, which are taken in part by part."""
    max_rows: int = Field(default=50_000, ge=1)
    """Most rows of an answer."""
    max_depth: int = Field(default=10_000, ge=1)
    """Farthest step of a walk."""
    max_seconds: float = Field(default=30.0, gt=0, allow_inf_nan=False)
    """How long the database may be at work for one request."""
    max_requests: int = Field(default=64, ge=1)
    """Most requests at one time, those that wait among them; one more is told to come again."""
    threads: int = Field(default=8, ge=1)
    """How many requests are worked on at one time."""
    patience: float = Field(default=10.0, gt=0)
    """Seconds that a sender of a request may be silent."""
    body_seconds: float = Field(default=60.0, gt=0)
    """Seconds in which all of a request is there, however steadily it comes."""
    key_seconds: float = Field(default=5.0, ge=0)
    """For how long a key that was found is not looked up again: a revoked one works no longer than that."""
    inbox: Path | None = None
    """Folder in which the events of OpenLineage are kept; without one they are not taken."""

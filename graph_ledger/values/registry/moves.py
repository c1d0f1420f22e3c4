"""StageMove: a version came to another stage; ArtifactCheck: whether bytes are those that were registered."""

from datetime import datetime
from typing import Any

from graph_ledger.values.registry.words import ModelStage
from graph_ledger.values.value import Row


class StageMove(Row):
    """A version came to another stage."""

    version: str
    """Which version."""
    old: ModelStage
    """Where it was."""
    new: ModelStage
    """Where it came."""
    actor: str
    """Who moved it; of one that had to make room, who promoted the other."""
    reason: str | None
    """Why; None where nobody said."""
    at: datetime
    """When, UTC."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        return self.model_dump(mode="json")


class ArtifactCheck(Row):
    """Whether the stored bytes of a version are those that were registered."""

    ok: bool
    """They are there, and their SHA-256 is the registered one."""
    size: int | None
    """How many there are; None where they are gone."""
    sha256: str | None
    """SHA-256 of what is there, recomputed; None where it is gone."""
    expected: str | None = None
    """SHA-256 that was registered; None where the version has no artifact, which is no fault."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        return self.model_dump(mode="json")

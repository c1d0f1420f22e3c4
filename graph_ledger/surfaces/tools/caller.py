"""Caller: who asks a tool, and what they may."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from graph_ledger.errors import NotAllowedError
from graph_ledger.surfaces.tools.allowed import ANYTHING, Allowed
from graph_ledger.values.api_key import ApiKey

__all__ = ["HERE", "ROLES", "Allowed", "Caller", "Role", "caller_of"]

Role = Literal["reader", "writer", "admin"]
ROLES: tuple[Role, ...] = ("reader", "writer", "admin")
"""Each may what those before it may."""


@dataclass(frozen=True)
class Caller:
    """Who asks."""

    name: str | None = None
    """The name of the key; None where nobody had to show one."""
    role: Role = "admin"
    allowed: Allowed = field(default_factory=Allowed)

    def check(self, needed: Role) -> None:
        """Refuse whoever may not do that.

        Raises:
            NotAllowedError: The role does not suffice.
        """
        if ROLES.index(self.role) < ROLES.index(needed):
            raise NotAllowedError(f"that takes the role {needed}, and {self.name or 'this caller'} is a {self.role}", needed)


def caller_of(key: ApiKey, allowed: Allowed) -> Caller:
    """Return who shows a key; what is allowed beside the ledger is for an admin."""
    return Caller(key.name, key.role, allowed if key.role == "admin" else Allowed())


HERE = Caller(allowed=Allowed(folders=(Path("/"),), connectors=frozenset({ANYTHING}), addresses=(ANYTHING,)))
"""A person at this machine: may whatever the machine's user may."""

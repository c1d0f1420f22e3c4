"""Caller: who asks a tool, and what they may."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from graph_ledger.errors import NotAllowedError

if TYPE_CHECKING:
    from graph_ledger.surfaces.tools.tool import Sourced

Role = Literal["reader", "writer", "admin"]
ROLES: tuple[Role, ...] = ("reader", "writer", "admin")
"""Each may what those before it may."""
ANYTHING = "*"


@dataclass(frozen=True)
class Allowed:
    """Which sources a caller may have read by the machine that answers; by default none."""

    folders: tuple[Path, ...] = ()
    """Files in or below these."""
    connectors: frozenset[str] = frozenset()
    """Connector types; ``*`` for all."""
    addresses: tuple[str, ...] = ()
    """Beginnings of the addresses that these may ask, up to a slash; ``*`` for all."""

    def check(self, asked: "Sourced") -> None:
        """Refuse to read what is not allowed.

        Raises:
            NotAllowedError: A file, a connector type or an address is not on the list.
        """
        file, connector, addresses = asked.sources()
        if file is not None and not self._holds(Path(file)):
            raise NotAllowedError("this file may not be read here: hand the models in inline, or have its folder allowed", "--allow-folder")
        if connector is not None and not {connector, ANYTHING} & self.connectors:
            raise NotAllowedError(f"the connector {connector!r} may not be run here: run it beside the ledger", "--allow-connector")
        for address in addresses:
            if not any(start == ANYTHING or f"{address}/".startswith(f"{start.rstrip('/')}/") for start in self.addresses):
                raise NotAllowedError("that address may not be asked from here", "--allow-address")

    def _holds(self, file: Path) -> bool:
        """Whether a file lies below an allowed folder once every link is followed."""
        found = file.resolve()
        return any(found.is_relative_to(folder.resolve()) for folder in self.folders)


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


HERE = Caller(allowed=Allowed(folders=(Path("/"),), connectors=frozenset({ANYTHING}), addresses=(ANYTHING,)))
"""A person at this machine: may whatever the machine's user may."""

"""Puts the rooms that are links inside graph_ledger into the wheel."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOMS = ("connectors", "cypher")


class LinkedRooms(BuildHookInterface):  # type: ignore[type-arg]
    """In a checkout hatchling follows the links; a source distribution has each file once, at the top, and no links."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Say which folder becomes which package."""
        del version
        root = Path(self.root)
        missing = [room for room in ROOMS if not (root / "graph_ledger" / room).exists()]
        build_data["force_include"] |= {str(root / room): f"graph_ledger/{room}" for room in missing}

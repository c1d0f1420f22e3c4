"""Puts the rooms that are links inside graph_ledger into the wheel: hatchling does not follow links."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOMS = ("connectors", "cypher")


class LinkedRooms(BuildHookInterface):  # type: ignore[type-arg]
    """An editable installation reads the tree itself, links and all; copies beside it would only go stale."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Say which folder becomes which package."""
        if version != "editable":
            build_data["force_include"] |= {str(Path(self.root) / room): f"graph_ledger/{room}" for room in ROOMS}

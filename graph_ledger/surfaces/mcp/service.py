"""Service: what the server does for a caller, apart from any transport."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from mcp.shared.exceptions import MCPError
from mcp_types import INVALID_PARAMS, CallToolResult
from mcp_types import Tool as Described

from graph_ledger.errors import GraphLedgerError
from graph_ledger.surfaces.mcp.budget import Budget
from graph_ledger.surfaces.mcp.opened import Opened
from graph_ledger.surfaces.mcp.results import answered, refused, unexpected
from graph_ledger.surfaces.mcp.schemas import described
from graph_ledger.surfaces.tools.caller import HERE, ROLES, Caller
from graph_ledger.surfaces.tools.tool import Tool


@dataclass(frozen=True)
class Service:
    """The tools over one ledger."""

    opened: Opened
    choose: Callable[[], Mapping[str, Tool[Any, Any]]]
    """Returns the tools that are offered at all, by name; asked once, after the handshake, which need not wait for them."""
    budget: Budget
    where: Mapping[str, Any]
    """Which database it is, for ``ledger://backends``: no password, no key."""
    anybody: Caller = HERE
    """Who asks where nobody has to show a key."""

    @cached_property
    def tools(self) -> Mapping[str, Tool[Any, Any]]:
        """The tools that are offered at all, by name."""
        return self.choose()

    def listed(self, caller: Caller) -> list[Described]:
        """Describe the tools that a caller may use."""
        return [self._described[name] for name, tool in self.tools.items() if _may(caller, tool)]

    def asks(self, name: str) -> dict[str, Any] | None:
        """Return what a tool takes; None where there is none of that name."""
        found = self._described.get(name)
        return None if found is None else found.input_schema

    @cached_property
    def _described(self) -> Mapping[str, Described]:
        return {name: described(tool, self.budget) for name, tool in self.tools.items()}

    def call(self, name: str, given: Mapping[str, Any], caller: Caller) -> CallToolResult:
        """Ask a tool; whatever goes wrong is a result, too.

        Raises:
            MCPError: There is no such tool.
        """
        tool = self.tools.get(name)
        if tool is None:
            near = get_close_matches(name, self.tools, n=1)
            raise MCPError(INVALID_PARAMS, f"no tool {name!r}{f': did you mean {near[0]}?' if near else ''}")
        try:
            caller.check(tool.role)
            asked = self.budget.read(tool, given)
            ledger = self.opened.ledger()
            with self.budget.clock(asked):
                found = tool.call(ledger, asked, caller)
            return answered(tool, found, self.budget, given, asked)
        except GraphLedgerError as error:
            return refused(error)
        except Exception as error:  # noqa: BLE001  # a fault of ours must not end the server, nor be shown to a stranger
            return unexpected(error)


def _may(caller: Caller, tool: Tool[Any, Any]) -> bool:
    return ROLES.index(caller.role) >= ROLES.index(tool.role)

"""Asking: who asks whom, for every route that needs the ledger."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from starlette.requests import Request

from graph_ledger.surfaces.rest.problems import unknown_caller
from graph_ledger.surfaces.rest.service import Service
from graph_ledger.surfaces.tools.caller import Caller

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger

T = TypeVar("T")
CALLER = "graph_ledger.caller"
"""Where the gate leaves in the scope of a request who asks."""


@dataclass(frozen=True)
class Asking:
    """The ledger of the service, and who asks it."""

    service: Service
    caller: Caller

    async def run(self, work: "Callable[[Ledger, Caller], T]") -> T:
        """Do something with the ledger in a thread, within the limits of a request."""
        return await self.service.run(lambda ledger: work(ledger, self.caller))


async def asking(request: Request) -> Asking:
    """Return who asks; a dependency of routes.

    Raises:
        RefusedError: Nobody that is known: 401.
    """
    caller: Caller | None = request.scope.get(CALLER)
    if caller is None:
        raise unknown_caller("a key is needed: send it as Authorization: Bearer, or as X-API-Key")
    return Asking(request.app.state.service, caller)

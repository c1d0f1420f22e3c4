"""What is told of a request: when it was answered, how, how long it took; never what it asked for."""

import logging

from starlette.types import Scope

from graph_ledger.surfaces.rest.asking import CALLER
from graph_ledger.surfaces.rest.metrics import route_of

LOG = logging.getLogger("graph_ledger")
QUIET = frozenset({"/health", "/ready", "/metrics"})
"""Routes that are asked by machines, every few seconds."""


def tell(scope: Scope, status: int, seconds: float) -> None:
    """Tell one request: the template of its route, never its address, in which somebody may have put a key."""
    if not LOG.isEnabledFor(logging.INFO):
        return
    route, caller = route_of(scope), scope.get(CALLER)
    level = logging.DEBUG if route in QUIET and status < 400 else logging.INFO  # noqa: PLR2004
    client = scope.get("client")
    what = {
        "method": scope["method"], "route": route, "status": status, "milliseconds": round(seconds * 1000, 1),
        "key": getattr(caller, "name", None) or "-", "client": client[0] if client else "-",
    }  # fmt: skip
    LOG.log(level, "request", extra={"what": what})

"""Gate: what every request passes: whose it is, where it came from, how long it is; and what is told of it afterwards."""

import time
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph_ledger.surfaces.rest.artifact_body import is_artifact
from graph_ledger.surfaces.rest.asking import CALLER
from graph_ledger.surfaces.rest.body import WITH_BODY, read_body, replayed
from graph_ledger.surfaces.rest.doorkeeper import SIGNING, Doorkeeper
from graph_ledger.surfaces.rest.metrics import Metrics
from graph_ledger.surfaces.rest.problems import response_of, tell_broken_off
from graph_ledger.surfaces.rest.request_log import tell

if TYPE_CHECKING:
    from graph_ledger.surfaces.rest.service import Service

LEFT = 499
"""What logs call a request whose sender left before it was there; nobody is sent that."""


class Gate:
    """Stands before every route."""

    def __init__(self, app: ASGIApp, service: "Service", doorkeeper: Doorkeeper, metrics: Metrics) -> None:
        self.app, self.service, self.doorkeeper, self.metrics = app, service, doorkeeper, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, and answer it here where that fails."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        self.metrics.in_flight.inc()
        try:
            await self._through(scope, receive, sending)
        except ClientDisconnect:  # whoever sends may leave: nobody is there to be answered
            status = status or LEFT
        except Exception as error:  # noqa: BLE001  # the one place where every error becomes an answer
            self.metrics.note(error)
            if status:
                tell_broken_off(error)
            else:
                await response_of(error)(scope, receive, sending)
        finally:
            self.metrics.in_flight.dec()
            seconds = time.perf_counter() - began
            self.metrics.told(scope, status, seconds)
            tell(scope, status, seconds)

    async def _through(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[CALLER] = await self.doorkeeper.caller(scope)
        known = scope[CALLER] is not None or scope["path"] in SIGNING  # of nobody else is a body read
        if scope["method"] in WITH_BODY and known and not is_artifact(scope):
            receive = replayed(await read_body(scope, receive, self.service.options), receive)
        await self.app(scope, receive, send)

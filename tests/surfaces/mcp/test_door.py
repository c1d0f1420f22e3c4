"""The door: as many at one time as are answered, and nobody who is known waits for somebody who is looked up."""

from threading import Event, Thread

import anyio
import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from graph_ledger.access.keys import create_key
from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.mcp import http
from graph_ledger.surfaces.mcp.known import KnownKeys
from graph_ledger.surfaces.mcp.opened import Opened
from graph_ledger.surfaces.tools.caller import HERE, Allowed

WAIT = 20


def test_more_than_are_answered_at_one_time_are_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "AT_ONCE", 2)

    async def asked() -> list[int]:
        inside, leave = anyio.Semaphore(0), anyio.Event()

        async def slow(scope: Scope, receive: Receive, send: Send) -> None:
            inside.release()
            await leave.wait()
            await PlainTextResponse("done")(scope, receive, send)

        found: list[int] = []
        transport = httpx.ASGITransport(http.Door(slow, lambda _: HERE))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:

            async def one() -> None:
                found.append((await client.post("/mcp")).status_code)

            with anyio.fail_after(WAIT):
                async with anyio.create_task_group() as group:
                    for _ in range(2):
                        group.start_soon(one)
                        await inside.acquire()
                    await one()
                    leave.set()
                await one()
        return found

    assert anyio.run(asked) == [503, 200, 200, 200]


def test_who_is_known_does_not_wait_for_who_is_looked_up(ledger: Ledger) -> None:
    known, strange = create_key(ledger.database, "known", "reader"), create_key(ledger.database, "strange", "writer")
    begun, go_on = Event(), Event()
    go_on.set()

    class Slow(Opened):
        def ledger(self) -> Ledger:
            begun.set()
            assert go_on.wait(WAIT)
            return super().ledger()

    keys, found = KnownKeys(Slow(lambda: ledger), Allowed(), needed=True), []
    assert keys(known) is not None
    begun.clear()
    go_on.clear()
    looking = Thread(target=lambda: found.append(keys(strange)))
    looking.start()
    assert begun.wait(WAIT)
    asking = Thread(target=lambda: found.append(keys(known)))
    asking.start()
    asking.join(WAIT)
    first = list(found)
    go_on.set()
    looking.join(WAIT)
    assert [caller.name for caller in first if caller] == ["known"]
    assert [caller.name for caller in found if caller] == ["known", "strange"]

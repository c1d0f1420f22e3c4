"""A service on a free port of this machine, as uvicorn runs it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

import httpx
import uvicorn

from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.rest import Options, create_app
from graph_ledger.surfaces.rest.patience import Patient
from graph_ledger.surfaces.rest.run import address_of, listening
from graph_ledger.surfaces.rest.service import Opener


class Serving(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listens = Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listens.set()


@contextmanager
def served(ledger: Ledger | Opener, /, **options: Any) -> Iterator[httpx.Client]:
    """Serve a ledger; yield a client of the service, which follows no proxy of this machine."""
    listener = listening("127.0.0.1", 0)
    server = Serving(uvicorn.Config(create_app(ledger, Options(**options)), log_config=None, access_log=False, ws="none", http=Patient))
    thread = Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        assert server.listens.wait(20)
        with httpx.Client(base_url=address_of(listener), trust_env=False, timeout=60) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join(30)
        listener.close()

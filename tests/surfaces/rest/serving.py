"""A service on a free port of this machine, as uvicorn runs it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

import httpx
import uvicorn

from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.listening import Told, listening
from graph_ledger.surfaces.rest import Options, create_app
from graph_ledger.surfaces.rest.patience import Patient
from graph_ledger.surfaces.rest.run import address_of
from graph_ledger.surfaces.rest.service import Opener


@contextmanager
def served(ledger: Ledger | Opener, /, **options: Any) -> Iterator[httpx.Client]:
    """Serve a ledger; yield a client of the service, which follows no proxy of this machine."""
    listener, listens = listening("127.0.0.1", 0), Event()
    config = uvicorn.Config(create_app(ledger, Options(**options)), log_config=None, access_log=False, ws="none", http=Patient)
    server = Told(config, listens.set)
    thread = Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        assert listens.wait(20)
        with httpx.Client(base_url=address_of(listener), trust_env=False, timeout=60) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join(30)
        listener.close()

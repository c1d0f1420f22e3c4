"""Keep keys out of the log of the library that sends the requests."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from graph_ledger.connectors.http.address import shown


class _Shown(logging.Filter):
    """Shows addresses without their query, where keys are often kept."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(shown(arg) if isinstance(arg, httpx.URL) else arg for arg in record.args)
        return True


@contextmanager
def quiet() -> Iterator[None]:
    """While this is open, the log of requests names addresses without their query."""
    log, shorter = logging.getLogger("httpx"), _Shown()
    log.addFilter(shorter)
    try:
        yield
    finally:
        log.removeFilter(shorter)

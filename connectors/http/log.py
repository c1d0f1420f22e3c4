"""Keep keys out of the logs of the libraries that send the requests."""

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


class _WithoutHeaders(logging.Filter):
    """Leaves out the headers of answers: a link in them often repeats the query that was asked."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not str(record.msg).startswith("receive_response_headers.")


FILTERS = {"httpx": _Shown, "httpcore.http11": _WithoutHeaders, "httpcore.http2": _WithoutHeaders}
"""What goes before which log."""


@contextmanager
def quiet() -> Iterator[None]:
    """While this is open, the logs of requests name addresses without their query, and no headers."""
    added = [(logging.getLogger(name), kind()) for name, kind in FILTERS.items()]
    for log, each in added:
        log.addFilter(each)
    try:
        yield
    finally:
        for log, each in added:
            log.removeFilter(each)

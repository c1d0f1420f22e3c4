"""Whether an answer looks as if it were not the last one."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import httpx

from graph_ledger.connectors.rest_reading.link_header import next_link

NEXT = frozenset({
    "next", "nextpage", "nextpagetoken", "nextpageurl", "nexttoken", "nextcursor", "nexturl", "nexturi", "nextlink", "nextmarker",
    "nextoffset", "odatanextlink", "continuationtoken", "cursornext",
})  # fmt: skip
"""Names under which there is more when they hold something; case and punctuation do not count."""
MORE = frozenset({"hasmore", "hasnext", "hasnextpage", "more", "moreitems", "istruncated", "truncated"})
"""Names under which there is more when they are true."""
TOTALS = frozenset({"total", "totalcount", "totalitems", "totalresults", "totalsize", "totalelements", "totalrecords", "count"})
"""Names under which there is more when they are larger than what was read."""
AROUND = frozenset({"meta", "metadata", "paging", "pagination", "pageinfo", "responsemetadata", "links", "page", "data", "result"})
"""Where such names stand besides the top."""


def sign_of_more(data: Any, headers: httpx.Headers, read: int) -> str | None:
    """Return what says that there are more items than those that were read; None where nothing does.

    >>> sign_of_more({"models": ["a"], "meta": {"nextPageToken": "x"}}, httpx.Headers(), 1)
    'meta.nextPageToken'
    >>> sign_of_more({"models": ["a"], "next": None, "total": 1}, httpx.Headers(), 1) is None
    True
    """
    if next_link(headers.get("link", "")) is not None:
        return "Link: rel=next"
    return next((where for where, name, value in _told(data) if _says(name, value, read)), None)


def _told(data: Any) -> Iterator[tuple[str, str, Any]]:
    if not isinstance(data, Mapping):
        return
    for key, value in data.items():
        name = _plain(key)
        yield key, name, value
        if name in AROUND and isinstance(value, Mapping):
            yield from ((f"{key}.{inner}", _plain(inner), held) for inner, held in value.items())


def _says(name: str, value: Any, read: int) -> bool:
    if name in NEXT:
        return bool(value)
    if name in MORE:
        return value is True
    return name in TOTALS and isinstance(value, int) and not isinstance(value, bool) and value > read


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())

"""Whether an answer looks as if it were not the last one, or not whole."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import httpx

from graph_ledger.connectors.rest_reading.link_header import next_link

NEXT = frozenset({
    "next", "nextpage", "nextpagetoken", "nextpageurl", "nexttoken", "nextcursor", "nexturl", "nexturi", "nextlink", "nextmarker",
    "nextoffset", "odatanextlink", "continuationtoken", "cursornext", "nextkey", "nextpagekey", "nextpagelink", "nextpageuri",
    "nextstart", "nextcontinuationtoken", "continuation", "lastevaluatedkey",
})  # fmt: skip
"""Names under which there is more when they hold something; case and punctuation do not count."""
MORE = frozenset({"hasmore", "hasnext", "hasnextpage", "more", "moreitems", "istruncated", "truncated"})
"""Names under which there is more when they are true."""
LAST = frozenset({"last", "lastpage", "islast", "islastpage"})
"""Names under which there is more when they are false."""
TOTALS = frozenset({"total", "totalcount", "totalitems", "totalresults", "totalsize", "totalelements", "totalrecords", "count"})
"""Names under which there is more when they are larger than what was read."""
PAGES = frozenset({"totalpages", "pagecount", "numpages", "lastpage"})
"""Names under which there is more when they are larger than the number of pages."""
AROUND = frozenset({"meta", "metadata", "paging", "pagination", "pageinfo", "responsemetadata", "links", "page", "data", "result"})
"""Where such names stand besides the top, also one in the other."""
DEEPEST = 3
BROKEN = frozenset({
    "error", "errors", "errorcode", "errormessage", "exception", "fault", "partial", "partialresults", "incompleteresults", "timedout",
})  # fmt: skip
"""Names under which an answer says that it is not whole, although its status is one of success."""
REFUSING = frozenset({"message", "detail", "code"})
"""The same, where the list is not in the answer either."""


def sign_of_more(data: Any, headers: httpx.Headers, read: int, pages: int = 1) -> str | None:
    """Return what says that there are more items, or pages, than those that were read; None where nothing does.

    >>> sign_of_more({"models": ["a"], "meta": {"nextPageToken": "x"}}, httpx.Headers(), 1)
    'meta.nextPageToken'
    >>> sign_of_more({"models": ["a"], "next": None, "total": 1}, httpx.Headers(), 1) is None
    True
    """
    if next_link(headers.get("link", "")) is not None:
        return "Link: rel=next"
    return next((where for where, name, value in _told(data) if _says(name, value, read, pages)), None)


def sign_of_failure(data: Any, *, lacks_list: bool = False) -> str | None:
    """Return the name under which an answer says that something went wrong; None where it says nothing of the kind.

    >>> sign_of_failure({"models": [], "errors": []}), sign_of_failure({"error_code": "PERMISSION_DENIED"})
    (None, 'error_code')
    """
    names = BROKEN | REFUSING if lacks_list else BROKEN
    return next((key for key, value in data.items() if value and _plain(key) in names), None) if isinstance(data, Mapping) else None


def _told(data: Any, depth: int = 0) -> Iterator[tuple[str, str, Any]]:
    if not isinstance(data, Mapping):
        return
    for key, value in data.items():
        name = _plain(key)
        yield key, name, value
        if name in AROUND and depth < DEEPEST:
            yield from ((f"{key}.{inner}", plain, held) for inner, plain, held in (*_told(value, depth + 1), *_linked(value)))


def _linked(value: Any) -> Iterator[tuple[str, str, Any]]:
    """Yield the links of a list of them, by what they lead to."""
    for link in value if isinstance(value, list) else ():
        if isinstance(link, Mapping) and isinstance(link.get("rel"), str):
            yield link["rel"], _plain(link["rel"]), link.get("href")


def _says(name: str, value: Any, read: int, pages: int) -> bool:
    if name in NEXT:
        return bool(value)
    if name in MORE:
        return value is True
    if name in LAST and value is False:
        return True
    return (name in TOTALS and _number(value) > read) or (name in PAGES and _number(value) > pages)


def _number(value: Any) -> int:
    """Return a count, which some services write as a text; 0 where it is none."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value[:18])
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())

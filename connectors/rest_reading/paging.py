"""How the pages of a source follow one another: by token, cursor, offset, page number or link."""

from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import unquote_plus

import httpx

from graph_ledger.connectors.http.address import quoted
from graph_ledger.connectors.http.answer import Answer
from graph_ledger.connectors.rest_reading.json_path import found
from graph_ledger.connectors.rest_reading.link_header import next_link
from graph_ledger.errors import SourceError, ValidationError


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it was read."""

    answer: Answer
    data: Any
    items: int
    """How many it has."""
    read: int
    """How many there were until now, its own included."""


class Paging(Protocol):
    """A rule by which pages follow one another."""

    def first(self, url: httpx.URL) -> httpx.URL:
        """Begin; return the address of the first page."""
        ...

    def following(self, page: Page) -> httpx.URL | None:
        """Return the address of the page after this one; None where this is the last.

        Raises:
            SourceError: The page does not say it in a way that can be followed.
        """
        ...


@dataclass
class Limited:
    """How many items a page should have, for the sources that can be told."""

    limit_param: str | None = None
    limit: int | None = None
    _start: httpx.URL = field(default_factory=httpx.URL, init=False)

    def first(self, url: httpx.URL) -> httpx.URL:
        """Return the address with the limit."""
        self._start = with_param(url, self.limit_param, self.limit) if self.limit_param and self.limit else url
        return self._start


@dataclass
class Tokens(Limited):
    """Each page names a token that fetches the next; the last one names none."""

    next_field: str = "next_page_token"
    param: str = "page_token"
    more_field: str | None = None

    def following(self, page: Page) -> httpx.URL | None:
        """Send the token along, unless the page says that there are no more."""
        more = found(page.data, self.more_field) if self.more_field else None
        token = found(page.data, self.next_field)
        if more is False or (token in (None, "") and not more):
            return None
        if token == "" or isinstance(token, bool) or not isinstance(token, (str, int)):
            raise SourceError(f"{self.next_field!r} is no token: {str(token)[:40]!r}")
        try:
            return with_param(self._start, self.param, token)
        except ValidationError as error:
            raise SourceError(f"{self.next_field!r} is no token: {error}") from None


@dataclass
class Numbers(Limited):
    """Pages are asked for by their number, or by that of their first item, until one is empty."""

    param: str = "offset"
    start: int = 0
    by_item: bool = True
    end: str = "empty"
    _at: int = field(default=0, init=False)

    def first(self, url: httpx.URL) -> httpx.URL:
        """Return the address of the first number."""
        self._at = self.start
        return with_param(super().first(url), self.param, self.start)

    def following(self, page: Page) -> httpx.URL | None:
        """Count on: a source may give fewer than it was asked for, so only an empty page is surely the last."""
        if not page.items or (self.end == "short" and self.limit and page.items < self.limit):
            return None
        self._at += page.items if self.by_item else 1
        return with_param(self._start, self.param, self._at)


@dataclass
class Links(Limited):
    """Each page links to the next, in the ``Link`` header or in a field; the last one does not."""

    link_field: str | None = None

    def following(self, page: Page) -> httpx.URL | None:
        """Follow the link."""
        link = found(page.data, self.link_field) if self.link_field else next_link(page.answer.headers.get("link", ""))
        if link in (None, ""):
            return None
        try:
            return page.answer.url.join(link).copy_with(username=None, password=None, fragment=None)
        except (httpx.InvalidURL, TypeError, ValueError):
            raise SourceError(f"the link to the next page is no address: {str(link)[:40]!r}") from None


def with_param(url: httpx.URL, name: str, value: str | int) -> httpx.URL:
    """Return an address with one parameter set; the rest of its query stays as it was written.

    >>> with_param(httpx.URL("https://api.example/?a=1,2&page=1&flag"), "page", "b c")
    URL('https://api.example/?a=1,2&flag&page=b%20c')
    """
    kept = [part for part in url.query.decode("ascii").split("&") if part and unquote_plus(part.partition("=")[0]) != name]
    return url.copy_with(query="&".join([*kept, f"{quoted(name)}={quoted(str(value))}"]).encode("ascii"))

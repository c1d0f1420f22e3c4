"""Read the pages of a source to their end, and say whether that was the end."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx

from graph_ledger.connectors.http import Answer, HttpClient
from graph_ledger.connectors.rest_reading.json_path import found
from graph_ledger.connectors.rest_reading.more import sign_of_failure, sign_of_more
from graph_ledger.connectors.rest_reading.paging import Numbers, Page, Paging
from graph_ledger.errors import SourceError
from graph_ledger.values.listing import RowError

MAX_PAGES = 10_000


@dataclass
class Pages:
    """The pages of one reading; ``complete`` counts after the last one was taken.

    Args:
        client: What asks.
        url: Where the first page is.
        paging: How they follow one another. None: there is one.
        items_path: Where a page holds its list.
        total_field: Where a page says how many items there are on all pages.
        max_pages: Most pages to read.
        single_page: Without a rule of paging: whether one answer is known to be all.
        what: What the pages are of, where a source has several kinds.
        may_lack_list: Whether an answer without the list is one of none, as some services leave out what is empty.
    """

    client: HttpClient
    url: httpx.URL
    paging: Paging | None
    items_path: str | None
    total_field: str | None = None
    max_pages: int = MAX_PAGES
    single_page: bool = False
    what: str = ""
    may_lack_list: bool = False
    complete: bool = False
    reason: str = ""
    """Why it is not complete, where that is no error."""
    total: int | None = None
    """How many items the source counts."""
    pages: int = 0
    read: int = 0
    errors: list[RowError] = field(default_factory=list)
    _seen: set[object] = field(default_factory=set)

    def __iter__(self) -> Iterator[tuple[str, list[Any]]]:
        """Yield each page: what it is called, and its items.

        Raises:
            SourceError: Not even the first can be read.
        """
        url: httpx.URL | None = self.paging.first(self.url) if self.paging else self.url
        while url is not None:
            where = self._called(self.pages + 1)
            try:
                page, items = self._page(url, where)
                yield where, items
                url = self._after(page, url)
            except SourceError as error:
                if not self.pages:
                    raise
                self._fail(where, str(error).removeprefix(f"{self.client.settings.source}: {where}: "))
                return
        self._conclude(page)

    def _page(self, url: httpx.URL, where: str) -> tuple[Page, list[Any]]:
        answer = self.client.get(url, where)
        data = answer.json()
        items = self._items(data, answer)
        if wrong := sign_of_failure(data):
            self._fail(where, f"the answer says that it is not whole ({wrong})")
        said = found(data, self.total_field) if self.total_field else None
        if isinstance(said, int) and not isinstance(said, bool):
            if self.total not in (None, said):
                self._fail(where, f"the source counts {said:,} items now, and {self.total:,} before: it changed while it was read")
            self.total = said
        digest = hashlib.sha256(json.dumps(items, sort_keys=True).encode()).digest()
        if items and digest in self._seen:
            raise SourceError(f"{answer.where}: it is a page that was read before: does the source know the parameters of the pagination?")
        self._seen.add(digest)
        self.pages += 1
        self.read += len(items)
        return Page(answer, data, len(items), self.read), items

    def _items(self, data: Any, answer: Answer) -> list[Any]:
        items = found(data, self.items_path)
        if isinstance(items, list):
            return items
        if items is None and self.may_lack_list and isinstance(data, dict) and not sign_of_failure(data, lacks_list=True):
            return []
        place = f"items_path {self.items_path!r}" if self.items_path else "the answer"
        has = f"it has {', '.join(map(repr, list(data)[:10])) or 'nothing'}" if isinstance(data, dict) else f"it is {type(data).__name__}"
        raise SourceError(f"{answer.where}: {place} is no list: {has}")

    def _after(self, page: Page, url: httpx.URL) -> httpx.URL | None:
        """Return the next address; that of a page which was asked for before is an error."""
        self._seen.add(str(url))
        if self.paging is None or (isinstance(self.paging, Numbers) and self.total is not None and self.read >= self.total):
            return None
        following = self.paging.following(page)
        if following is None:
            return None
        if str(following) in self._seen:
            raise SourceError("it names a next page that was read before: the pages go in a circle")
        if self.pages >= self.max_pages:
            raise SourceError(f"there are more than {self.max_pages:,} pages (max_pages)")
        return following

    def _conclude(self, page: Page) -> None:
        """Say whether the last page was the last: by its rule or its count, and without a sign of more."""
        where = self._called(self.pages)
        if self.total_field and self.total is None:
            self._fail(where, f"{self.total_field!r}, where the source counts its items, holds no number")
        elif self.total is not None and self.total != self.read:
            self._fail(where, f"the source counts {self.total:,} items, and {self.read:,} were read")
        sign = sign_of_more(page.data, page.answer.headers, self.read, self.pages)
        if sign:
            self._fail(where, f"there are signs of more pages ({sign}), which the pagination does not follow")
        if not (self.paging or self.single_page or self.total_field):
            self.reason = "one answer, and no pagination, total_field or single_page=True that says that it is all"
        self.complete = not (self.errors or self.reason)

    def _called(self, number: int) -> str:
        return f"{self.what} page {number}" if self.what else f"page {number}"

    def _fail(self, where: str, reason: str) -> None:
        self.errors.append(RowError(where=where, reason=reason))

"""Ask a Prefect server for its deployments and flows."""

from collections.abc import Collection
from typing import Any

from graph_ledger.connectors.http import HttpClient
from graph_ledger.connectors.http.address import below
from graph_ledger.connectors.prefect_reading.deployments import Record
from graph_ledger.errors import SourceError
from graph_ledger.values.listing import RowError

MOST_OF_A_PAGE = 200
"""Most records that a server gives at once."""


class Deployments:
    """Reads the deployments that have all of these tags."""

    def __init__(self, client: HttpClient, tags: Collection[str], page_size: int) -> None:
        self._client, self._size = client, page_size
        self._filter: dict[str, Any] = {"deployments": {"tags": {"all_": list(tags)}}} if tags else {}
        self.errors: list[RowError] = []

    def read(self) -> list[Record]:
        """Return every deployment once; what was read before a page failed is kept, with the failure in ``errors``.

        Pages are counted on while others create and delete, so that one may come twice and another be passed over: the server is
        asked before and after how many there are.

        Raises:
            SourceError: Not even the first page could be read.
        """
        before = self._count("before")
        found: dict[str, Record] = {}
        page, offset = 1, 0
        try:
            while records := self._page(
                "deployments", f"deployments page {page}", {**self._filter, "sort": "CREATED_DESC", "offset": offset}
            ):
                known = len(found)
                found.update({str(record.get("id")): record for record in records})
                if len(found) == known:
                    self._fail(f"deployments page {page}", "it holds nothing new: the pages go in a circle")
                    return list(found.values())
                page, offset = page + 1, offset + len(records)
            self._compare(before, len(found), self._count("after"))
        except SourceError as error:
            if page == 1:
                raise
            self._fail(f"deployments page {page}", str(error).removeprefix(f"{self._client.settings.source}: deployments page {page}: "))
        return list(found.values())

    def flows(self, identifiers: Collection[str]) -> dict[str, str]:
        """Return the names of flows by their identifier.

        Raises:
            SourceError: They could not be read.
        """
        wanted, names = sorted(identifiers), {}
        for start in range(0, len(wanted), self._size):
            some = {"flows": {"id": {"any_": wanted[start : start + self._size]}}}
            found = self._page("flows", f"flows page {start // self._size + 1}", some)
            names.update({str(flow["id"]): flow["name"] for flow in found if isinstance(flow.get("name"), str) and flow.get("id")})
        return names

    def _page(self, kind: str, where: str, question: Record) -> list[Record]:
        answer = self._client.post(below(self._client.settings.url, kind, "filter"), {**question, "limit": self._size}, where).json()
        if not isinstance(answer, list) or not all(isinstance(each, dict) for each in answer):
            raise SourceError(f"{self._client.settings.source}: {where}: the answer is no list: is it the address of an API of Prefect?")
        return answer

    def _count(self, when: str) -> int:
        where = f"deployments, their count {when}"
        count = self._client.post(below(self._client.settings.url, "deployments", "count"), self._filter, where).json()
        if isinstance(count, bool) or not isinstance(count, int):
            raise SourceError(f"{self._client.settings.source}: {where}: it is no number: is it the address of an API of Prefect?")
        return count

    def _compare(self, before: int, read: int, after: int) -> None:
        if not before == read == after:
            self._fail(
                "deployments", f"the server counts {before:,} before and {after:,} after, and {read:,} were read: they changed meanwhile"
            )

    def _fail(self, where: str, reason: str) -> None:
        self.errors.append(RowError(where=where, reason=reason))

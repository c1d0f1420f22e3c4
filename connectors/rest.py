"""A list of models or jobs behind a REST interface: one node per item."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from typing_extensions import Unpack

from graph_ledger.connectors.http import HttpClient, HttpOptions, HttpSettings
from graph_ledger.connectors.rest_reading.items import Items
from graph_ledger.connectors.rest_reading.json_path import check_path
from graph_ledger.connectors.rest_reading.pages import MAX_PAGES, Pages
from graph_ledger.connectors.rest_reading.rules import paging_of
from graph_ledger.errors import ValidationError
from graph_ledger.values.listing import DEFAULT_SCOPE, Listing, RowError
from graph_ledger.values.node import DataNode, check_platform

MAX_ITEM_BYTES = 1_000_000


def rest_connector(  # the documented order
    name: str,
    url: str,
    items_path: str | None = None,
    name_field: str = "name",
    headers: Mapping[str, str] | None = None,
    input_fields: Sequence[str] | None = None,
    output_fields: Sequence[str] | None = None,
    metadata_fields: Sequence[str] | Mapping[str, str] | None = None,
    pagination: Mapping[str, Any] | None = None,
    *,
    total_field: str | None = None,
    single_page: bool = False,
    may_lack_list: bool = False,
    max_pages: int = MAX_PAGES,
    max_item_bytes: int = MAX_ITEM_BYTES,
    platform: str | None = None,
    scope: str = DEFAULT_SCOPE,
    **http: Unpack[HttpOptions],
) -> "RestConnector":
    """Make a connector of an address that lists things as JSON: every item is a node.

    Args:
        name: Signs every claim, and is the platform of the nodes.
        url: What to ask; its own query is kept.
        items_path: Where an answer holds its list: ``"data.models"``, ``"pages[0].models"``. None: it is the list.
        name_field: The field that names the node. Fields are paths too.
        headers: Sent to the origin of ``url``, and to no other.
        input_fields: Fields that hold what is read: a name, a mapping with an ``identifier``, or a list of them.
        output_fields: The same for what is written.
        metadata_fields: Fields to keep, as a list or as ``{"name in metadata": "field"}``. None: every other one.
        pagination: How to come to the next page: ``{"type": "token" | "cursor" | "offset" | "page" | "link", ...}``.
        total_field: Where an answer says how many items there are on all pages; another count is an error.
        single_page: Says that one answer is all there is, where there is no pagination.
        may_lack_list: Says that an answer without the list is one of none; else it is an error.
        max_pages: Most pages to read.
        max_item_bytes: Most bytes that one node may hold.
        platform: The platform of the nodes where it is not the name.
        scope: What one run covers.
        **http: Bounds of the reading: see `HttpOptions`.

    Raises:
        ValidationError: An argument does not fit.
    Source: ``docs/connectors/rest.md``.

    >>> import httpx
    >>> def answer(request):
    ...     return httpx.Response(200, json={"models": [{"name": "fraud", "reads": ["features"]}], "total": 1})
    >>> models = rest_connector("registry", "https://registry.example/models", "models", input_fields=["reads"],
    ...                         total_field="total", transport=httpx.MockTransport(answer))
    >>> models.discover(), models.discover()[0].inputs
    (<Listing of 1 nodes by registry/default, complete>, (DataPort('features'),))
    """
    if pagination is not None and not isinstance(pagination, Mapping):
        raise ValidationError(f'pagination is a mapping: {{"type": "page"}}, not {pagination!r}')
    paging = dict(pagination or {})
    return RestConnector(
        HttpSettings(name, url, headers, **http),
        Items(
            platform=check_platform(platform or name),
            node_type=name,
            name_field=name_field,
            input_fields=_fields(input_fields, "input_fields"),
            output_fields=_fields(output_fields, "output_fields"),
            metadata_fields=metadata_fields if isinstance(metadata_fields, Mapping | None) else _fields(metadata_fields, "metadata_fields"),
            max_item_bytes=max_item_bytes,
        ),
        items_path=check_path(items_path, "items_path"),
        total_field=check_path(paging.pop("total_field", total_field), "total_field"),
        pagination=paging,
        single_page=single_page,
        may_lack_list=may_lack_list,
        max_pages=max_pages,
        scope=scope,
    )


class RestConnector:
    """Made by `rest_connector`, which says what each part is."""

    def __init__(
        self,
        http: HttpSettings,
        items: Items,
        *,
        items_path: str | None,
        total_field: str | None,
        pagination: Mapping[str, Any],
        single_page: bool,
        may_lack_list: bool,
        max_pages: int,
        scope: str,
    ) -> None:
        for name, most in (("max_pages", max_pages), ("max_item_bytes", items.max_item_bytes)):
            if isinstance(most, bool) or not isinstance(most, int) or most < 1:
                raise ValidationError(f"{name} is a whole number, 1 or more, not {most!r}")
        self.name, self.scope, self.http, self.items = http.source, scope, http, items
        self.items_path, self.total_field = items_path, total_field
        self.paging = paging_of(pagination) if pagination else None
        self.single_page, self.may_lack_list, self.max_pages = single_page, may_lack_list, max_pages
        self.errors: list[RowError] = []
        """Items and pages that the last reading could not use."""

    def discover(self) -> Listing:
        """Read every page once; complete when the last one was reached, counts agree, and nothing was an error.

        What was read before a page failed is kept, and the listing says that it is not complete.

        Raises:
            SourceError: Not even the first page could be read.
        """
        self.errors = []
        nodes: dict[str, tuple[str, DataNode]] = {}
        with HttpClient(self.http) as client:
            pages = self._pages(client)
            for page, items in pages:
                for number, item in enumerate(items, 1):
                    self._take(nodes, item, f"{page}, item {number}")
        self.errors += pages.errors
        return Listing(
            (node for _, node in nodes.values()),
            source=self.name,
            scope=self.scope,
            complete=pages.complete and not self.errors,
            errors=self.errors,
            coverage=_coverage(pages, len(nodes), client.requests),
        )

    def _pages(self, client: HttpClient) -> Pages:
        return Pages(
            client,
            self.http.url,
            self.paging,
            self.items_path,
            self.total_field,
            self.max_pages,
            self.single_page,
            may_lack_list=self.may_lack_list,
        )

    def _take(self, nodes: dict[str, tuple[str, DataNode]], item: Any, where: str) -> None:
        try:
            node = self.items.node(item)
            first = nodes.setdefault(node.name, (where, node))[0]
        except ValidationError as error:
            self.errors.append(RowError(where=where, reason=str(error)))
        else:
            if first != where:
                self.errors.append(RowError(where=where, reason=f"the name {node.name!r} is already that of {first}"))


def _fields(given: Any, argument: str) -> tuple[str, ...]:
    if isinstance(given, str) or not isinstance(given, Iterable | None):
        raise ValidationError(f"{argument} are a list: [{given!r}]")
    return tuple(given or ())


def _coverage(pages: Pages, nodes: int, requests: int) -> dict[str, Any]:
    found: dict[str, Any] = {"nodes": nodes, "items": pages.read, "pages": pages.pages, "requests": requests}
    found.update({"total": pages.total} if pages.total is not None else {})
    found.update({"incomplete": pages.reason} if pages.reason else {})
    return found

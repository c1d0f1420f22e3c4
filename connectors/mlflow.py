"""The model registry of MLflow: one node per registered model, its versions in the metadata."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from typing_extensions import Unpack

from graph_ledger.connectors.http import HttpClient, HttpOptions, HttpSettings
from graph_ledger.connectors.http.address import below
from graph_ledger.connectors.http.settings import bearer
from graph_ledger.connectors.mlflow_reading.models import Record, is_prompt, model_node, number, record
from graph_ledger.connectors.rest_reading.pages import Pages
from graph_ledger.connectors.rest_reading.paging import Tokens, with_param
from graph_ledger.errors import SourceError, ValidationError
from graph_ledger.values.listing import DEFAULT_SCOPE, Listing, RowError
from graph_ledger.values.node import DataNode, check_platform

MOST_OF_A_PAGE = 1_000
"""Most models that MLflow gives on one page."""


def mlflow_connector(
    name: str = "mlflow",
    url: str = "http://127.0.0.1:5000",
    token: str | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    page_size: int = MOST_OF_A_PAGE,
    platform: str | None = None,
    scope: str = DEFAULT_SCOPE,
    **http: Unpack[HttpOptions],
) -> "MlflowConnector":
    """Make a connector of a model registry of MLflow (REST API 2.0; tried with MLflow 3).

    A model writes the port ``models:/<name>``. Its tags ``inputs`` and ``outputs``, and those of its newest version, name
    further ports, divided by commas or as a JSON list; ``owner``, ``tier``, ``purpose``, ``model_type`` and ``status`` say the same
    of the model. Prompts are no models.

    Args:
        name: Signs every claim, and is the platform of the nodes.
        url: Of the tracking server, with ``user:password@`` where it asks for a login.
        token: Sent as a bearer token.
        headers: Sent too, to the server's own origin.
        page_size: Models or versions that are asked for at once; 1,000 at most.
        platform: The platform of the nodes where it is not the name.
        scope: What one run covers.
        **http: Bounds of the reading: see `HttpOptions`.

    Raises:
        ValidationError: An argument does not fit.
    Source: ``docs/connectors/mlflow.md``.

    >>> import httpx
    >>> def answer(request):
    ...     return httpx.Response(200, json={"registered_models": [{"name": "fraud"}]} if "models" in request.url.path else {})
    >>> mlflow_connector(transport=httpx.MockTransport(answer)).discover()[0].outputs
    (DataPort('models:/fraud'),)
    """
    if isinstance(page_size, bool) or not isinstance(page_size, int) or not 1 <= page_size <= MOST_OF_A_PAGE:
        raise ValidationError(f"page_size is from 1 to {MOST_OF_A_PAGE:,}, not {page_size!r}")
    settings = HttpSettings(name, url, bearer(token, headers), **http)
    return MlflowConnector(settings, platform=check_platform(platform or name), page_size=page_size, scope=scope)


class MlflowConnector:
    """Made by `mlflow_connector`, which says what each part is."""

    def __init__(self, http: HttpSettings, *, platform: str, page_size: int, scope: str) -> None:
        self.name, self.scope, self.http, self.platform, self.page_size = http.source, scope, http, platform, page_size
        self.errors: list[RowError] = []
        """Models and pages that the last reading could not use."""

    def discover(self) -> Listing:
        """Read all versions, then all models; complete when both lists ended and fit each other, and nothing was an error.

        Raises:
            SourceError: No model could be read, or not every version: a model without its versions would look as if it had
                lost them.
        """
        self.errors = []
        nodes: dict[str, DataNode] = {}
        with HttpClient(self.http) as client:
            versions = self._versions(client)
            pages = self._pages(client, "registered-models", "registered_models")
            listed = {name for page, items in pages for name in self._taken(nodes, page, items, versions)}
        self.errors += pages.errors
        if pages.complete:
            self._compare(listed, versions)
        return Listing(
            nodes.values(),
            source=self.name,
            scope=self.scope,
            complete=pages.complete and not self.errors,
            errors=self.errors,
            coverage={"nodes": len(nodes), "versions": sum(map(len, versions.values())), "requests": client.requests},
        )

    def _pages(self, client: HttpClient, kind: str, items: str) -> Pages:
        url = with_param(below(self.http.url, "api", "2.0", "mlflow", kind, "search"), "order_by", "name ASC")
        return Pages(client, url, Tokens(limit_param="max_results", limit=self.page_size), items, what=kind, may_lack_list=True)

    def _versions(self, client: HttpClient) -> dict[str, list[Record]]:
        """Return the versions of every model, newest first."""
        found: defaultdict[str, dict[int, Record]] = defaultdict(dict)
        pages = self._pages(client, "model-versions", "model_versions")
        try:
            for _, items in pages:
                for item in items:
                    _keep(found, item)
        except ValidationError as error:
            raise SourceError(f"{self.name}: {pages.what} page {pages.pages}: {error}") from None
        if not pages.complete:
            raise SourceError("; ".join(f"{self.name}: {error.where}: {error.reason}" for error in pages.errors))
        return {name: [held[each] for each in sorted(held, reverse=True)] for name, held in found.items()}

    def _taken(self, nodes: dict[str, DataNode], page: str, items: list[Any], versions: Mapping[str, list[Record]]) -> Iterator[str]:
        """Make the nodes of a page; yield the name of each, of prompts and of those that are refused too."""
        for place, item in enumerate(items, 1):
            where = f"{page}, item {place}"
            node = self._tried(item, versions, where)
            if node is not None and nodes.setdefault(node.name, node) is not node:
                self._fail(where, f"{node.name!r} came before: the registry changed while it was read")
            yield str(item.get("name")) if isinstance(item, Mapping) else ""

    def _tried(self, item: Any, versions: Mapping[str, list[Record]], where: str) -> DataNode | None:
        try:
            model = record(item)
            return None if is_prompt(model) else model_node(model, versions.get(str(model.get("name")), []), self.platform, self.name)
        except ValidationError as error:
            self._fail(where, str(error))
            return None

    def _compare(self, listed: set[str], versions: Mapping[str, list[Record]]) -> None:
        """A model that has versions and is not listed was passed over: pages are counted on while others are deleted."""
        for name in sorted(set(versions) - listed):
            self._fail(f"model {name!r}", "it has versions and is not listed: the registry changed while it was read")

    def _fail(self, where: str, reason: str) -> None:
        self.errors.append(RowError(where=where, reason=reason))


def _keep(found: defaultdict[str, dict[int, Record]], item: Any) -> None:
    version = record(item)
    name, at = str(version.get("name")), number(version)
    if not is_prompt(version) and found[name].setdefault(at, version) is not version:
        raise ValidationError(f"{name!r} has version {at} twice: the registry changed while it was read")

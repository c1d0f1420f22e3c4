"""The deployments of a Prefect server: one node each, named ``flow/deployment``."""

from collections.abc import Mapping, Sequence
from typing import Any

from typing_extensions import Unpack

from graph_ledger.connectors.http import HttpClient, HttpOptions, HttpSettings
from graph_ledger.connectors.http.settings import bearer
from graph_ledger.connectors.prefect_reading.deployments import PortParameters, Record, deployment_node
from graph_ledger.connectors.prefect_reading.pages import MOST_OF_A_PAGE, Deployments
from graph_ledger.errors import ValidationError
from graph_ledger.values.listing import DEFAULT_SCOPE, Listing, RowError
from graph_ledger.values.node import DataNode, check_platform


def prefect_connector(
    name: str = "prefect",
    tag_filter: str | Sequence[str] | None = None,
    *,
    url: str = "http://127.0.0.1:4200/api",
    api_key: str | None = None,
    headers: Mapping[str, str] | None = None,
    port_parameters: Sequence[str] | None = ("inputs", "outputs"),
    page_size: int = MOST_OF_A_PAGE,
    platform: str | None = None,
    scope: str = DEFAULT_SCOPE,
    **http: Unpack[HttpOptions],
) -> "PrefectConnector":
    """Make a connector of the deployments of a Prefect server (tried with Prefect 3).

    Ports come from tags (``input:raw_table``, ``output:scores``) and from the parameters ``inputs`` and ``outputs``. Other tags
    of the form ``key:value`` are metadata: ``owner``, ``tier``, ``purpose``, ``model_type`` and ``status`` say it of the model, and
    ``author`` is the owner where no tag names one.

    Args:
        name: Signs every claim, and is the platform of the nodes.
        tag_filter: Only deployments with this tag, or with all of these. Give each filter a name or ``scope`` of its own.
        url: Of the API, with ``/api`` at its end, or that of a workspace in the cloud.
        api_key: Sent as a bearer token.
        headers: Sent too, to the server's own origin.
        port_parameters: The parameters that hold what a deployment reads and what it writes. None: none do.
        page_size: Deployments that are asked for at once; 200 at most.
        platform: The platform of the nodes where it is not the name.
        scope: What one run covers.
        **http: Bounds of the reading: see `HttpOptions`.

    Raises:
        ValidationError: An argument does not fit.
    Source: ``docs/connectors/prefect.md``.

    >>> import httpx
    >>> def answer(request):
    ...     if request.url.path.endswith("/count"):
    ...         return httpx.Response(200, json=1)
    ...     if request.url.path.endswith("/flows/filter"):
    ...         return httpx.Response(200, json=[{"id": "7", "name": "score"}])
    ...     deployment = {"id": "1", "flow_id": "7", "name": "nightly", "tags": ["input:raw"]}
    ...     return httpx.Response(200, json=[deployment] if b'"offset": 0' in request.content else [])
    >>> [(node.name, node.inputs) for node in prefect_connector(transport=httpx.MockTransport(answer)).discover()]
    [('score/nightly', (DataPort('raw'),))]
    """
    if isinstance(page_size, bool) or not isinstance(page_size, int) or not 1 <= page_size <= MOST_OF_A_PAGE:
        raise ValidationError(f"page_size is from 1 to {MOST_OF_A_PAGE}, not {page_size!r}")
    return PrefectConnector(
        HttpSettings(name, url, bearer(api_key, headers), **http),
        tags=_tags(tag_filter),
        parameters=_parameters(port_parameters),
        page_size=page_size,
        platform=check_platform(platform or name),
        scope=scope,
    )


class PrefectConnector:
    """Made by `prefect_connector`, which says what each part is."""

    def __init__(
        self, http: HttpSettings, *, tags: tuple[str, ...], parameters: PortParameters, page_size: int, platform: str, scope: str
    ) -> None:
        self.name, self.scope, self.http, self.platform = http.source, scope, http, platform
        self.tags, self.parameters, self.page_size = tags, parameters, page_size
        self.errors: list[RowError] = []
        """Deployments and pages that the last reading could not use."""

    def discover(self) -> Listing:
        """Read every deployment; complete when there are as many as the server counts, before and after, and nothing was an error.

        Raises:
            SourceError: No deployment could be read, or not the flows after which they are named.
        """
        nodes: dict[str, DataNode] = {}
        with HttpClient(self.http) as client:
            reading = Deployments(client, self.tags, self.page_size)
            found = reading.read()
            self.errors = list(reading.errors)
            flows = reading.flows({str(each.get("flow_id")) for each in found})
            for deployment in found:
                self._take(nodes, deployment, flows)
        return Listing(
            nodes.values(),
            source=self.name,
            scope=self.scope,
            complete=not self.errors,
            errors=self.errors,
            coverage={"nodes": len(nodes), "deployments": len(found), "flows": len(flows), "requests": client.requests},
        )

    def _take(self, nodes: dict[str, DataNode], deployment: Record, flows: Mapping[str, str]) -> None:
        where = f"deployment {deployment.get('name')!r} ({deployment.get('id')})"
        try:
            node = deployment_node(deployment, flows.get(str(deployment.get("flow_id"))), self.platform, self.name, self.parameters)
        except ValidationError as error:
            self.errors.append(RowError(where=where, reason=str(error)))
            return
        if nodes.setdefault(node.name, node) is not node:
            self.errors.append(RowError(where=where, reason=f"the name {node.name!r} came before"))


def _tags(given: Any) -> tuple[str, ...]:
    tags = (given,) if isinstance(given, str) else tuple(given or ())
    if not all(isinstance(tag, str) and tag for tag in tags):
        raise ValidationError(f"tag_filter is a tag or a list of tags, not {given!r}")
    return tags


def _parameters(given: Any) -> PortParameters:
    if given is None:
        return None
    if isinstance(given, str) or len(given) != 2 or not all(isinstance(name, str) and name for name in given):  # noqa: PLR2004
        raise ValidationError(f'port_parameters are two names, of inputs and of outputs: ("inputs", "outputs"), not {given!r}')
    return given[0], given[1]

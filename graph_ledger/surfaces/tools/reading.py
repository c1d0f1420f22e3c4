"""Reading: the connector that a request describes, and what it listed."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from graph_ledger.connectors.base import SourceConnector
from graph_ledger.connectors.files import FilesConnector, node_of
from graph_ledger.connectors.registry import make_connector
from graph_ledger.errors import ValidationError
from graph_ledger.values.listing import DEFAULT_SCOPE, Listing, RowError
from graph_ledger.values.node import DataNode

if TYPE_CHECKING:
    from graph_ledger.surfaces.tools.discover import SourceInput

MOST_NAMED = 1_000
"""Most models that an answer lists by name."""


class Inline:
    """The models that stand in the request itself."""

    def __init__(self, models: Iterable[Mapping[str, Any]], name: str, scope: str, *, complete: bool) -> None:
        self.name, self.scope = name, scope
        self.errors: list[RowError] = []
        nodes = [node for number, item in enumerate(models, 1) if (node := self._node(item, f"models, item {number}")) is not None]
        self.nodes = tuple(nodes)
        self._complete = complete

    def discover(self) -> Listing:
        """Return them; with an error among them they are not all there is."""
        complete = self._complete and not self.errors
        return Listing(self.nodes, source=self.name, scope=self.scope, complete=complete, errors=self.errors)

    def _node(self, item: Mapping[str, Any], where: str) -> DataNode | None:
        try:
            return _with_columns(item)
        except (ValidationError, TypeError) as error:
            self.errors.append(RowError(where=where, reason=str(error)))
            return None


def _with_columns(item: Mapping[str, Any]) -> DataNode:
    """A list of mappings under ``columns`` says how columns come about; whatever else stands there is metadata like any other."""
    flows = item.get("columns")
    if not isinstance(flows, list) or not flows or not all(isinstance(flow, Mapping) and "output" in flow for flow in flows):
        return node_of(item)
    node = node_of({name: value for name, value in item.items() if name != "columns"})
    return DataNode(node.name, node.platform, node.inputs, node.outputs, node.metadata, flows)


class Reading:
    """A source that is read at most once, and remembers the first of what it listed."""

    def __init__(self, connector: SourceConnector) -> None:
        self.name = connector.name
        self.scope = getattr(connector, "scope", DEFAULT_SCOPE)
        self.listed: list[DataNode] = []
        self._connector = connector

    @property
    def connector(self) -> "Reading":
        """What a run reads."""
        return self

    @property
    def nodes(self) -> tuple[DataNode, ...]:
        """The nodes of a request that holds them itself."""
        self.listed = list(self._inline.nodes[:MOST_NAMED])
        return self._inline.nodes

    @property
    def errors(self) -> tuple[RowError, ...]:
        """The items of a request that are no nodes."""
        return tuple(self._inline.errors) if isinstance(self._connector, Inline) else ()

    def discover(self) -> Iterable[DataNode]:
        """Read the source."""
        found = self._connector.discover()
        if isinstance(found, (list, tuple, Listing)):
            self.listed = list(found[:MOST_NAMED])
        return found

    @property
    def _inline(self) -> Inline:
        assert isinstance(self._connector, Inline)  # noqa: S101  # asked only of one that is
        return self._connector


def read(asked: "SourceInput") -> Reading:
    """Make the connector of a request.

    Raises:
        ValidationError: It names no such connector, an option does not fit, or a whole source has no name.
    """
    if asked.source_type == "inline":
        if asked.source is None and (asked.complete or asked.scope is not None):
            raise ValidationError("source: a listing that is complete, or has a scope, says which source it is of")
        return Reading(Inline(asked.models or (), asked.source or "client", asked.scope or DEFAULT_SCOPE, complete=asked.complete))
    if asked.source_type == "file":
        return Reading(FilesConnector(asked.file_path or "", name=asked.source or "files", scope=asked.scope or DEFAULT_SCOPE))
    named = {} if asked.source is None else {"name": asked.source}
    connector = make_connector(asked.connector_name or "", **{**(asked.connector_config or {}), **named})
    if asked.scope is not None:
        connector.scope = asked.scope  # type: ignore[attr-defined]  # of every connector that a configuration can name
    return Reading(connector)

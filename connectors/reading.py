"""Read a connector to its end, in whatever form it answers."""

from graph_ledger.connectors.base import SourceConnector
from graph_ledger.values.listing import DEFAULT_SCOPE, Listing, Stream


def read_all(connector: SourceConnector) -> Listing:
    """Return all that a connector finds: of a plain list or a `Stream` the listing it comes to.

    Raises:
        SourceError: The source could not be read to its end.

    >>> class Queues:
    ...     name = "queues"
    ...     def discover(self):
    ...         return [DataNode("review_queue")]
    >>> read_all(Queues())
    <Listing of 1 nodes by queues/default>
    """
    found = connector.discover()
    if isinstance(found, Listing):
        return found
    if not isinstance(found, Stream):
        return Listing(found, source=connector.name, scope=getattr(connector, "scope", DEFAULT_SCOPE))
    nodes = tuple(found)  # what it says of itself counts after its last node
    return Listing(
        nodes,
        source=found.source,
        scope=found.scope,
        complete=found.complete,
        errors=found.errors,
        coverage=found.coverage,
        statements=found.statements,
    )

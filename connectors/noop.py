"""A source that lists nothing: to try a configuration with, and to take another's place for a while."""

from graph_ledger.values.listing import DEFAULT_SCOPE, Listing


class NoopConnector:
    """Made by `noop_connector`."""

    def __init__(self, name: str, scope: str) -> None:
        self.name, self.scope = name, scope

    def discover(self) -> Listing:
        """Return no node. The listing is never complete, so that nothing is gone because of it."""
        return Listing((), source=self.name, scope=self.scope)


def noop_connector(name: str = "noop", *, scope: str = DEFAULT_SCOPE) -> NoopConnector:
    """Make a connector that reads nothing.

    >>> noop_connector().discover()
    <Listing of 0 nodes by noop/default>
    """
    return NoopConnector(name, scope)

"""Reading: what a connector gave, whatever it returned: a listing, a stream, or any iterable of nodes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from graph_ledger.errors import SourceError, ValidationError
from graph_ledger.values.listing import DEFAULT_SCOPE, Listing, RowError, Stream
from graph_ledger.values.node import DataNode


class Connector(Protocol):
    """Anything with a name that finds nodes."""

    name: str

    def discover(self) -> Iterable[DataNode]:
        """Return the nodes that the source has now."""
        ...


def source_of(connector: Connector) -> str:
    """Return the key of the source that a connector reads: its name and its scope.

    Raises:
        ValidationError: It is no connector.
    """
    name = getattr(connector, "name", None)
    if not isinstance(name, str) or not name or "/" in name or not callable(getattr(connector, "discover", None)):
        raise ValidationError(f"a connector has a name (a text without a slash) and a discover(), not {connector!r}")
    return f"{name}/{getattr(connector, 'scope', DEFAULT_SCOPE)}"


class Reading:
    """One reading; what is known of it as a whole counts after its last node was taken.

    Raises:
        SourceError: Nothing of the source could be read.
    """

    def __init__(self, connector: Connector) -> None:
        found = connector.discover()
        if isinstance(found, (str, Mapping)) or not isinstance(found, Iterable):
            raise ValidationError(f"the discover() of {connector.name!r} returned no nodes, but {type(found).__name__}")
        self._found = found
        self.source = found.source_key if isinstance(found, (Listing, Stream)) else source_of(connector)
        self.broken: RowError | None = None
        """Why the source could not be read to its end, where it broke half-way."""

    @property
    def whole(self) -> Listing | None:
        """The listing, where all of it is there before the first node is taken."""
        return self._found if isinstance(self._found, Listing) else None

    @property
    def nodes(self) -> Iterable[DataNode]:
        """Its nodes; a source that breaks half-way has given those before."""
        return self._found if isinstance(self._found, (list, tuple, Listing)) else self._taken()

    def _taken(self) -> Iterator[DataNode]:
        try:
            yield from self._found
        except SourceError as error:
            self.broken = RowError(where="the source", reason=str(error))

    @property
    def complete(self) -> bool:
        """Whether it was proved that nothing is missing; a plain iterable never proves it."""
        return self._verdict.complete and self.broken is None if self._verdict is not None else False

    @property
    def errors(self) -> tuple[RowError, ...]:
        """What could not be read."""
        return (*(self._verdict.errors if self._verdict is not None else ()), *([self.broken] if self.broken else []))

    @property
    def coverage(self) -> dict[str, Any]:
        """How much of the source was understood."""
        return dict(self._verdict.coverage) if self._verdict is not None else {}

    @property
    def statements(self) -> list[Mapping[str, Any]]:
        """How well each statement was read."""
        return list(self._verdict.statements) if self._verdict is not None else []

    @property
    def _verdict(self) -> Listing | Stream | None:
        return self._found if isinstance(self._found, (Listing, Stream)) else None

"""Reading: what a connector gave, whatever it returned: a listing, a stream, or any iterable of nodes."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing
from typing import Any, Protocol

from graph_ledger.errors import SourceError, ValidationError
from graph_ledger.values.listing import DEFAULT_SCOPE, Listing, RowError, Stream
from graph_ledger.values.node import DataNode
from graph_ledger.values.port import check_text


class Connector(Protocol):
    """Anything with a name that finds nodes."""

    name: str

    def discover(self) -> Iterable[DataNode]:
        """Return the nodes that the source has now."""
        ...


def source_of(connector: Connector) -> str:
    """Return the key of the source that a connector reads: its name and its scope.

    Raises:
        ValidationError: It is no connector, or its name or scope cannot name anything.
    """
    name, scope = getattr(connector, "name", None), getattr(connector, "scope", None)
    if not callable(getattr(connector, "discover", None)) or isinstance(connector, type):
        raise ValidationError(f"a connector has a name and a discover(), not {connector!r}")
    return source_key(name, DEFAULT_SCOPE if scope is None else scope)


def source_key(name: object, scope: object) -> str:
    """Return the key of a source.

    Raises:
        ValidationError: The name is no text without a slash, or the scope is no text.

    >>> source_key("jobs", "eu")
    'jobs/eu'
    """
    if not isinstance(name, str) or "/" in name or not name.strip():
        raise ValidationError(f"a connector has a name, a text without a slash, which {name!r} is not")
    if not isinstance(scope, str):
        raise ValidationError(f"the scope of {name!r} is a text, not {scope!r}")
    return f"{check_text(name, 'the name of a connector')}/{check_text(scope, f'the scope of {name!r}')}"


class Reading:
    """One reading; what is known of it as a whole counts after its last node was taken.

    Raises:
        SourceError: Nothing of the source could be read.
    """

    def __init__(self, connector: Connector) -> None:
        found = connector.discover()
        found = [found] if isinstance(found, DataNode) else found
        if isinstance(found, (str, Mapping)) or not isinstance(found, Iterable):
            raise ValidationError(f"the discover() of {connector.name!r} returned no nodes, but {type(found).__name__}")
        self._found = found
        self._verdict = found if isinstance(found, (Listing, Stream)) else None
        self.source = source_of(connector) if self._verdict is None else source_key(self._verdict.source, self._verdict.scope)
        self.failure: Exception | None = None
        """What broke a source half-way."""

    @property
    def whole(self) -> bool:
        """Whether all nodes are there before the first one is taken."""
        return isinstance(self._found, (list, tuple, Listing))

    @property
    def nodes(self) -> Iterable[DataNode]:
        """Its nodes; a source that breaks half-way has given those before."""
        return self._found if self.whole else self._taken()

    def _taken(self) -> Iterator[DataNode]:
        with ExitStack() as stack:
            nodes: Any = iter(self._found)
            if hasattr(nodes, "close"):  # a generator lets go of its file or connection
                stack.enter_context(closing(nodes))
            try:
                yield from nodes
            except Exception as error:  # noqa: BLE001  # what was read before is kept, then it is told
                self.failure = error

    @property
    def broken(self) -> RowError | None:
        """Why the source could not be read to its end, where it said so half-way."""
        return RowError(where="the source", reason=str(self.failure)) if isinstance(self.failure, SourceError) else None

    @property
    def complete(self) -> bool:
        """Whether it was proved that nothing is missing: said by the connector, and nothing went wrong on the way."""
        return self._verdict is not None and bool(self._verdict.complete) and not self.errors and self.failure is None

    @property
    def errors(self) -> tuple[RowError, ...]:
        """What could not be read."""
        said = () if self._verdict is None else tuple(self._verdict.errors)
        if strange := [error for error in said if not isinstance(error, RowError)]:
            raise ValidationError(f"the errors of {self.source} are RowErrors, which {strange[0]!r} is not")
        return (*said, *([self.broken] if self.broken else []))

    @property
    def coverage(self) -> dict[str, Any]:
        """How much of the source was understood."""
        return {} if self._verdict is None else dict(self._verdict.coverage)

    @property
    def statements(self) -> list[Mapping[str, Any]]:
        """How well each statement was read."""
        return [] if self._verdict is None else list(self._verdict.statements)

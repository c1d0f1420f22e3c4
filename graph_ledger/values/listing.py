"""Listing: what one reading of one source gave, and Stream: the same, handed on node by node."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, overload

from graph_ledger.values.node import DataNode
from graph_ledger.values.value import Value

DEFAULT_SCOPE = "default"


class RowError(Value):
    """Something in a source that could not be read; the rest was.

    >>> RowError(where="row 7", reason="the row has no name").where
    'row 7'
    """

    where: str
    """Which row, file or item."""
    reason: str
    """Why, in words."""


class Listing(Sequence[DataNode]):
    """The nodes one reading of a source gave, signed by the source, in the source's order.

    ``complete`` is said by the connector alone, from evidence (last page reached, counts agree, no error): only then may
    a run conclude that what is missing is gone.

    >>> Listing([DataNode("a")], source="files").complete
    False
    """

    def __init__(
        self,
        nodes: Iterable[DataNode],
        *,
        source: str,
        scope: str = DEFAULT_SCOPE,
        complete: bool = False,
        errors: Iterable[RowError] = (),
        coverage: Mapping[str, Any] | None = None,
        statements: Iterable[Mapping[str, Any]] = (),
    ) -> None:
        self._nodes = tuple(nodes)
        self.source = source
        self.scope = scope
        self.complete = complete
        self.errors = tuple(errors)
        self.coverage = dict(coverage or {})
        self.statements = tuple(statements)
        """What was read of each statement, where the source holds SQL."""

    @property
    def source_key(self) -> str:
        """The key of the source in the graph: connector name and scope."""
        return f"{self.source}/{self.scope}"

    @overload
    def __getitem__(self, index: int) -> DataNode: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[DataNode]: ...
    def __getitem__(self, index: int | slice) -> DataNode | Sequence[DataNode]:
        return self._nodes[index]

    def __iter__(self) -> Iterator[DataNode]:
        return iter(self._nodes)

    def __len__(self) -> int:
        return len(self._nodes)

    def __repr__(self) -> str:
        return f"<Listing of {len(self)} nodes by {self.source_key}{', complete' if self.complete else ''}>"


class Stream(Iterable[DataNode]):
    """A reading that hands on its nodes one by one, so that not all of them are held at once.

    It is read once. ``complete``, ``errors``, ``coverage`` and ``statements`` are those of a `Listing`; the connector sets
    them while its nodes are taken, and they count after the last one.

    >>> def pages(stream):
    ...     yield DataNode("a")
    ...     stream.complete = True
    >>> stream = Stream(pages, source="jobs")
    >>> len(list(stream)), stream.complete
    (1, True)
    """

    def __init__(self, nodes: Callable[["Stream"], Iterable[DataNode]], *, source: str, scope: str = DEFAULT_SCOPE) -> None:
        self.source, self.scope = source, scope
        self.complete = False
        self.errors: list[RowError] = []
        self.coverage: dict[str, Any] = {}
        self.statements: list[Mapping[str, Any]] = []
        self._nodes = nodes

    @property
    def source_key(self) -> str:
        """The key of the source in the graph: connector name and scope."""
        return f"{self.source}/{self.scope}"

    def __iter__(self) -> Iterator[DataNode]:
        return iter(self._nodes(self))

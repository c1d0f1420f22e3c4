"""Listing: what one reading of one source gave."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    ) -> None:
        self._nodes = tuple(nodes)
        self.source = source
        self.scope = scope
        self.complete = complete
        self.errors = tuple(errors)
        self.coverage = dict(coverage or {})

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

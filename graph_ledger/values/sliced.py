"""Sliced: lists of a kind of their own, of which a slice is of that kind, too."""

from collections.abc import Iterable
from typing import SupportsIndex, TypeVar, overload

from typing_extensions import Self

Item = TypeVar("Item")


class Sliced(list[Item]):
    """A list whose slices are what it is."""

    @overload
    def __getitem__(self, index: SupportsIndex) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Self: ...
    def __getitem__(self, index: SupportsIndex | slice) -> Item | Self:
        return self._like(super().__getitem__(index)) if isinstance(index, slice) else super().__getitem__(index)

    def _like(self, items: Iterable[Item]) -> Self:
        return type(self)(items)

"""Listed: lists that are tables in a notebook."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel
from typing_extensions import Self

from graph_ledger.values.sliced import Sliced
from graph_ledger.values.tables import Table, Tabled, count, fields

Item = TypeVar("Item")
Kind = TypeVar("Kind", bound=BaseModel)


class Listed(Tabled, Sliced[Item]):
    """A list that is a table when it is shown; it equals any list of the same items, and a slice of it is one too.

    >>> from graph_ledger.values.check import Check
    >>> found = Listed([Check(name="clock", ok=True, detail="")], called="check", columns=("name", "ok"))
    >>> found == list(found), found[:0].to_frame().columns.tolist()
    (True, ['name', 'ok'])
    """

    def __init__(
        self,
        items: Iterable[Item] = (),
        *,
        called: str = "row",
        columns: tuple[str, ...] = (),
        row: Callable[[Item], Mapping[str, Any]] | None = None,
    ) -> None:
        super().__init__(items)
        self.called = called
        """What one item is."""
        self.columns = columns
        """Names of what an item has."""
        self.row = row
        """What an item is as a row; None: its fields."""

    def _like(self, items: Iterable[Item]) -> Self:
        return type(self)(items, called=self.called, columns=self.columns, row=self.row)

    def _table(self) -> Table:
        rows = self if self.row is None else list(map(self.row, self))
        return Table(count(len(self), self.called), self.columns, rows)


def listed(items: Iterable[Kind], kind: type[Kind], called: str) -> Listed[Kind]:
    """Return values of one kind as a table of their fields."""
    return Listed(items, called=called, columns=fields(kind))

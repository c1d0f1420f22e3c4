"""Projections: which columns of which tables stand behind each column of each query in a statement, queries within it first.

Names are resolved as SQL does, as far as the columns of the sources are known. A name that may be of several sources whose columns nobody
knows is never given to one of them: what stands behind all of them is then left unresolved.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlglot import exp

PORT = "graph_ledger_port"
"""In a table's ``meta``: what it is called in full, set where names of tables are resolved."""
Catalogue = Mapping[str, Sequence[str]]
"""The columns of a table, in order, by its full name; a table that is missing has columns that nobody knows."""
ORDER = ("IDENTITY", "TRANSFORMATION", "AGGREGATION")


class Leaf(NamedTuple):
    """One column of a table that is read, and what is done with it on the way."""

    table: str
    column: str
    kind: str = "DIRECT"
    subtype: str = "IDENTITY"

    def used(self, kind: str, subtype: str) -> "Leaf":
        """Return it after one use more: the weaker kind, the stronger transformation."""
        if self.kind == "INDIRECT":
            return self
        if kind == "INDIRECT":
            return Leaf(self.table, self.column, kind, subtype)
        return self if ORDER.index(self.subtype) >= ORDER.index(subtype) else Leaf(self.table, self.column, kind, subtype)


class UnknownColumn(Exception):  # noqa: N818  # it never leaves this room
    """A name that may be of any of these tables."""

    def __init__(self, tables: Iterable[str]) -> None:
        super().__init__()
        self.tables = frozenset(tables)


@dataclass
class Projection:
    """What one query gives."""

    columns: list[tuple[str, frozenset[Leaf]]] = field(default_factory=list)
    """Its columns by name, in order."""
    stars: "list[tuple[Projection | str, frozenset[str]]]" = field(default_factory=list)
    """Sources of which it gives all columns, whatever they are, but for some: another query, or a table by its full name."""
    indirect: set[Leaf] = field(default_factory=set)
    """What decides on its rows."""
    behind: set[str] = field(default_factory=set)
    """Every table that is read for it."""
    unresolved: set[str] = field(default_factory=set)
    """Those of which some use is not known."""
    whatever: frozenset[Leaf] | None = None
    """Of what makes columns of its own, such as UNNEST: what stands behind each."""

    def find(self, name: str) -> frozenset[Leaf] | None:
        """Return what stands behind a column; None where it has none of that name.

        Raises:
            UnknownColumn: It may be of several sources whose columns are not known.
        """
        if self.whatever is not None:
            return self.whatever
        found = [leaves for column, leaves in self.columns if column == name]
        if found:
            return frozenset().union(*found)
        stars = [source for source, without in self.stars if name not in without]
        if len(stars) > 1:
            raise UnknownColumn(self.behind)
        return _of_star(stars[0], name) if stars else None

    def row(self) -> frozenset[Leaf]:
        """Return what stands behind it as a whole."""
        if self.whatever is not None:
            return self.whatever
        named = frozenset().union(*(leaves for _, leaves in self.columns))
        return named.union(*(frozenset({Leaf(source, "*")}) if isinstance(source, str) else source.row() for source, _ in self.stars))


def _of_star(source: "Projection | str", name: str) -> frozenset[Leaf] | None:
    return frozenset({Leaf(source, name)}) if isinstance(source, str) else source.find(name)


def table_projection(table: exp.Table, catalogue: Catalogue) -> Projection:
    """Return what a table gives: the columns that are known of it, or whatever it has."""
    name = table.meta.get(PORT)
    if name is None:  # a function, or a view of the warehouse on itself: nothing that is followed
        return Projection(whatever=frozenset())
    known = catalogue.get(name)
    if known is None:
        return Projection(stars=[(name, frozenset())], behind={name})
    return Projection([(column, frozenset({Leaf(name, column)})) for column in known], behind={name})

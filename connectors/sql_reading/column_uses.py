"""How an expression uses columns: their values flow into it, or they only decide what does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlglot import exp

from graph_ledger.connectors.sql_reading.column_names import Names
from graph_ledger.connectors.sql_reading.column_scopes import Leaf, Projection, UnknownColumn

Way = tuple[str, str]
AS_IT_IS, CHANGED, SUMMED = ("DIRECT", "IDENTITY"), ("DIRECT", "TRANSFORMATION"), ("DIRECT", "AGGREGATION")
WINDOW, CONDITION = ("INDIRECT", "WINDOW"), ("INDIRECT", "CONDITIONAL")
TRANSPARENT = (exp.Alias, exp.Paren)


@dataclass
class Uses:
    """Reads the expressions of one query; what cannot be resolved is noted in its projection."""

    names: Names
    projection: Projection
    inner: Mapping[int, Projection]
    """What the queries within it give, by identity of their expression."""

    def of(self, expression: exp.Expr, way: Way = AS_IT_IS) -> frozenset[Leaf]:
        """Return what stands behind an expression, and how."""
        found: set[Leaf] = set()
        waiting: list[tuple[exp.Expr, Way, frozenset[str]]] = [(expression, way, frozenset())]  # and names that a lambda binds
        while waiting:
            node, here, bound = waiting.pop()
            if isinstance(node, exp.Column):
                reached = _stronger(here, CHANGED) if self.names.is_part(node) else here
                found.update(leaf.used(*reached) for leaf in self._column(node, bound))
            elif isinstance(node, exp.Query) or id(node) in self.inner:
                found.update(leaf.used(*_stronger(here, CHANGED)) for leaf in self._query(node))
            else:
                waiting.extend(_parts(node, here, bound))
        return frozenset(found)

    def _column(self, column: exp.Column, bound: frozenset[str]) -> frozenset[Leaf]:
        if column.parts[0].name.lower() in bound:
            return frozenset()
        try:
            return self.names.resolve(column)
        except UnknownColumn as unknown:
            self.projection.unresolved |= unknown.tables
            return frozenset()

    def _query(self, node: exp.Expr) -> frozenset[Leaf]:
        while isinstance(node, exp.Subquery) and id(node) not in self.inner:
            node = node.this
        found = self.inner.get(id(node))
        if found is None:
            raise ValueError("a query within a query was not read before it")  # whoever asked gives up the whole statement
        self.projection.behind |= found.behind
        self.projection.unresolved |= found.unresolved
        self.projection.indirect |= found.indirect
        return found.row()


def _parts(node: exp.Expr, way: Way, bound: frozenset[str]) -> Iterator[tuple[exp.Expr, Way, frozenset[str]]]:
    """Yield the parts of an expression, each with how it is used."""
    if isinstance(node, exp.Lambda):
        bound |= {name.name.lower() for name in node.expressions}
        yield node.this, _stronger(way, CHANGED), bound
        return
    inside = way if isinstance(node, TRANSPARENT) else _stronger(way, SUMMED if isinstance(node, exp.AggFunc) else CHANGED)
    for key, value in node.args.items():
        for part in value if isinstance(value, list) else [value]:
            if not isinstance(part, exp.Expr) or isinstance(part, (exp.Identifier, exp.DataType)):
                continue
            if isinstance(node, exp.Window) and key in {"partition_by", "order", "spec"}:
                yield part, WINDOW, bound
            elif (isinstance(node, exp.If) and key == "this") or (isinstance(node, exp.Case) and key == "this"):
                yield part, CONDITION, bound
            else:
                yield part, inside, bound


def _stronger(way: Way, other: Way) -> Way:
    if way[0] == "INDIRECT" or other[0] == "INDIRECT":
        return way if way[0] == "INDIRECT" else other
    return max(way, other, key=(AS_IT_IS, CHANGED, SUMMED).index)

"""Which columns of what a statement writes come from which columns of what it reads.

Nothing is guessed. Where a column cannot be tied to its source, every table that it may come from is left out as a whole, so that
whoever asks falls back to the table.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlglot import exp
from sqlglot.errors import SqlglotError

from graph_ledger.connectors.sql_reading.column_merges import merge_queries
from graph_ledger.connectors.sql_reading.column_queries import query_projection
from graph_ledger.connectors.sql_reading.column_scopes import PORT, Catalogue, Leaf, Projection

Flow = tuple[str, str, str, str, str, str]
"""Output, its column, input, its column, kind, subtype; as `ColumnFlow` has them. An output without a name is what a plain query gives."""


class StatementColumns(NamedTuple):
    """What one statement says of columns."""

    output: str = ""
    flows: frozenset[Flow] = frozenset()
    resolved: frozenset[str] = frozenset()
    """Tables of which every use is known."""
    names: tuple[str, ...] | None = None
    """All columns of the output, in order; None where they are not all known."""


NOTHING = StatementColumns()
UNFIT = (SqlglotError, RecursionError, ValueError, TypeError, AttributeError, KeyError, IndexError)
"""The parser's trees differ by dialect: what fits no rule is not followed."""


def read_columns(tree: exp.Expr, catalogue: Catalogue, dialect: str = "") -> StatementColumns:
    """Return what a parsed statement says of columns; where it cannot be followed it says less, and never fails.

    Source: ``docs/connectors/columns.md``; proved by ``tests/connectors/test_columns.py``.
    """
    if isinstance(tree, exp.Merge):
        return _merged(tree, catalogue, dialect)
    written = _written(tree, catalogue)
    if written is None:
        return NOTHING
    query, output, given = written
    try:
        found = query_projection(query, catalogue, dialect)
    except UNFIT:
        return StatementColumns(output)
    unknown = found.unresolved | _behind_stars(found)
    resolved = frozenset(found.behind - unknown)
    names = [name for name, _ in found.columns]
    if given is not None:
        if found.stars or len(given) != len(names):
            return StatementColumns(output)
        names = list(given)
    if not all(names):
        return StatementColumns(output)
    sides = [*((name, leaves) for name, (_, leaves) in zip(names, found.columns, strict=True)), ("*", found.indirect)]
    flows = _flows(output, sides, resolved)
    return StatementColumns(output, flows, resolved, None if found.stars else tuple(names))


def _merged(merge: exp.Merge, catalogue: Catalogue, dialect: str) -> StatementColumns:
    output = merge.this.meta.get(PORT) if isinstance(merge.this, exp.Table) else None
    if output is None or merge.args.get("with_"):
        return NOTHING
    try:
        found = [query_projection(query, catalogue, dialect) for query in merge_queries(merge)]
    except UNFIT:
        return StatementColumns(output)
    unknown = {table for each in found for table in (*each.unresolved, *_behind_stars(each))}
    resolved = frozenset({table for each in found for table in each.behind} - unknown)
    sides = [side for each in found for side in (*each.columns, ("*", each.indirect))]
    return StatementColumns(output, _flows(output, sides, resolved), resolved)


def _flows(output: str, sides: Iterable[tuple[str, Iterable[Leaf]]], resolved: frozenset[str]) -> frozenset[Flow]:
    return frozenset(
        (output, name, leaf.table, leaf.column, leaf.kind, leaf.subtype)
        for name, leaves in sides
        for leaf in leaves
        if leaf.table in resolved
    )


def together(statements: Iterable[tuple[Iterable[str], Sequence[StatementColumns]]]) -> tuple[set[Flow], set[str], set[str]]:
    """Return the flows of a node out of its statements, each with what it reads: flows, inputs that are known, and all inputs.

    An input is known when every statement that reads it can be followed.
    """
    flows: set[Flow] = set()
    inputs: set[str] = set()
    unknown: set[str] = set()
    for read, told in statements:
        inputs |= set(read)
        unknown |= set(read).difference(*(each.resolved for each in told)) if told else set(read)
        flows |= {flow for each in told for flow in each.flows}
    kept = {flow for flow in flows if flow[2] not in unknown}
    return kept, inputs & {flow[2] for flow in kept}, inputs


def _behind_stars(found: Projection) -> set[str]:
    behind: set[str] = set()
    for source, _ in found.stars:
        behind |= {source} if isinstance(source, str) else source.behind | {leaf.table for leaf in source.row()}
    return behind


def _written(tree: exp.Expr, catalogue: Catalogue) -> tuple[exp.Expr, str, Sequence[str] | None] | None:
    """Return the query of a statement, what it writes, and the names of its columns where they are not those of the query."""
    if isinstance(tree, exp.Query):
        return tree, "", None
    if not isinstance(tree, (exp.Create, exp.Insert)) or not isinstance(tree.expression, exp.Query) or tree.args.get("with_"):
        return None
    target, listed = (
        (tree.this.this, [each.name.lower() for each in tree.this.expressions]) if isinstance(tree.this, exp.Schema) else (tree.this, None)
    )
    name = target.meta.get(PORT) if isinstance(target, exp.Table) else None
    if name is None:
        return None
    if isinstance(tree, exp.Insert) and listed is None:
        listed = list(catalogue[name]) if name in catalogue else None
        if listed is None:
            return None
    return tree.expression, name, listed or None

"""Which tables one parsed statement reads and writes, by resolving names as the warehouse does.

The walk keeps its own stack (a UNION of thousands is a deep tree) and hands each part what is visible there:
names of CTEs, and range variables, whose ``variable.array`` is a path and no table. Both ignore case.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlglot import exp

from graph_ledger.connectors.sql_reading.column_scopes import PORT
from graph_ledger.connectors.sql_reading.names import Home, is_system, name_parts
from graph_ledger.connectors.sql_reading.procedures import DYNAMIC
from graph_ledger.connectors.sql_reading.targets import Target, target_of
from graph_ledger.connectors.sql_reading.templates import UNKNOWN, UNKNOWN_CALL

FEDERATED = "federated query"
TEMPLATE = "unresolved template call"
FEDERATED_FUNCTIONS = frozenset({"external_query", "openquery", "openrowset", "dblink", "postgres_query", "mysql_query"})
SELF_RECURSIVE = frozenset({"tsql", "fabric", "snowflake", "oracle", "sqlite"})
"""Dialects in which a CTE may read itself without the word RECURSIVE."""
Nodes = frozenset[str]
NONE: Nodes = frozenset()
LEAVES = (exp.Column, exp.Identifier, exp.Literal, exp.DataType, exp.Star, exp.Var, exp.Null, exp.Boolean)
UNREAD = (*LEAVES, exp.Drop, exp.Grant, exp.Alter, exp.Describe, exp.Use, exp.Reference, exp.LikeProperty)


class Names(NamedTuple):
    """What is visible at one place."""

    ctes: Nodes = NONE
    variables: Nodes = NONE


class Tables:
    """What one text of SQL reads and writes, statement after statement: temporary tables live on."""

    def __init__(self, home: Home, dialect: str = "") -> None:
        self.home, self.dialect = home, dialect
        self.inputs: set[str] = set()
        self.outputs: set[str] = set()
        self.reasons: set[str] = set()
        self.connections: set[str] = set()
        self._temporary: set[str] = set()
        self._stack: list[tuple[exp.Expr, Names]] = []

    def start(self) -> None:
        """Forget what the statement before read and wrote, but not its temporary tables."""
        self.inputs, self.outputs, self.reasons = set(), set(), set()

    def read(self, statement: exp.Expr) -> None:
        """Add what the statement reads and writes."""
        made: list[str] = []
        self._stack.append((statement, Names()))
        while self._stack:
            node, names = self._stack.pop()
            if isinstance(node, exp.Drop):
                self._drop(node)
            if isinstance(node, UNREAD):
                continue
            if node.args.get("with_"):
                names = self._with(node.args["with_"], names)
            target = target_of(node)
            if target is not None:
                made.extend(self._write(target, names))
                names = names._replace(variables=names.variables.union(*map(variables, target.tables)))
            if isinstance(node, (exp.Table, exp.Subquery)):
                self._source(node, names)
            else:
                self._clauses(node, names, taken=set() if target is None else target.taken)
        self._temporary.update(made)

    def _push(self, nodes: Iterable[exp.Expr], names: Names) -> None:
        self._stack.extend((node, names) for node in nodes)

    def _with(self, clause: exp.Expr, names: Names) -> Names:
        recursive = bool(clause.args.get("recursive"))
        every = {cte.alias.lower() for cte in clause.expressions}
        for cte in clause.expressions:
            name = cte.alias.lower()
            visible = names.ctes | every if recursive else names.ctes
            if self.dialect in SELF_RECURSIVE:
                visible |= {name}
            self._push([cte.this], names._replace(ctes=visible))
            names = names._replace(ctes=names.ctes | {name})
        return names

    def _clauses(self, node: exp.Expr, names: Names, taken: set[str]) -> None:
        """Hand each source the range variables in front of it, and every other clause all of them."""
        start = node.args.get("from_")
        sources = [start.this if isinstance(start, exp.From) else start] if start is not None else []
        for key in ("using", "joins", "laterals"):
            if key != "using" or isinstance(node, exp.Merge):
                found = node.args.get(key) or ()
                sources.extend(found if isinstance(found, (list, tuple)) else [found])
        if sources:
            taken = taken | {"from_", "joins", "laterals", "using"}
            names = self._sources(sources, names)
        self._push(children(node, without=taken), names)

    def _sources(self, sources: list[exp.Expr], names: Names) -> Names:
        seen = set(names.variables)
        joins = []
        for entry in sources:
            source = entry.this if isinstance(entry, exp.Join) else entry
            alone = isinstance(source, exp.Subquery)
            self._stack.append((source, names if alone else names._replace(variables=frozenset(seen))))
            seen.update(variables(source))
            if isinstance(entry, exp.Join):
                joins.append(entry)
        inside = names._replace(variables=frozenset(seen))
        for join in joins:
            self._push(children(join, without={"this"}), inside)
        return inside

    def _source(self, node: exp.Expr, names: Names) -> None:
        """A table or a query in brackets, with the joins written behind it in the same brackets."""
        joins = node.args.get("joins")
        if joins:
            names = names._replace(variables=names.variables | set(variables(node)))
            self._sources(joins, names)
        if isinstance(node, exp.Table):
            self._table(node, names)
            self._push(children(node, without={"this", "db", "catalog", "alias", "joins"}), names)
        else:
            self._push(children(node, without={"joins", "with_"}), names)

    def _table(self, node: exp.Table, names: Names) -> None:
        parts = name_parts(node)
        if parts is None:
            self._function(node, names)
            return
        first = parts[0].lower()
        if (len(parts) == 1 and first in names.ctes) or (len(parts) > 1 and first in names.variables) or self._is_temporary(node, parts):
            return
        name = self._full(parts)
        if name:
            self.inputs.add(name)
            node.meta[PORT] = name

    def _function(self, node: exp.Table, names: Names) -> None:
        function = node.this
        if isinstance(function, (exp.Func, exp.DynamicIdentifier)):
            called = function.name if isinstance(function, exp.Anonymous) else function.sql_name() if isinstance(function, exp.Func) else ""
            if called.lower() in FEDERATED_FUNCTIONS:
                self.reasons.add(FEDERATED)
                literal = next(iter(function.expressions), None)
                self.connections.update([literal.name] if isinstance(literal, exp.Literal) else [])
            if isinstance(function, exp.DynamicIdentifier):
                self.reasons.add(DYNAMIC)
        if isinstance(function, exp.Expr):
            without = {"this"} if isinstance(function, exp.Predict) else set()
            self._push(children(function, without=without), names)

    def _write(self, target: Target, names: Names) -> Iterator[str]:
        """Note the tables written; yield the temporary ones that are made."""
        for table in target.tables:
            parts = name_parts(table)
            if parts is None:
                continue
            if target.temporary:
                yield parts[-1].lower()
            elif not self._is_temporary(table, parts) and not (len(parts) == 1 and parts[0].lower() in names.ctes):
                name = self._full(parts)
                self.outputs.update([name] if name else [])
                if name:
                    table.meta[PORT] = name
            joins = table.args.get("joins")
            if joins:
                self._sources(joins, names._replace(variables=names.variables | set(variables(table))))

    def _full(self, parts: list[str]) -> str:
        if is_system(parts):
            return ""
        name = self.home.full_name(parts)
        if UNKNOWN in name or UNKNOWN_CALL in name:
            self.reasons.add(TEMPLATE)
            return ""
        return name

    def _is_temporary(self, table: exp.Table, parts: list[str]) -> bool:
        if isinstance(table.this, exp.Identifier) and table.this.args.get("temporary"):
            return True
        if len(parts) > 1 and parts[-2].lower() == "_session":
            return True
        return len(parts) == 1 and parts[0].lower() in self._temporary

    def _drop(self, node: exp.Drop) -> None:
        for table in node.args.get("tables") or [node.this]:
            if isinstance(table, exp.Table) and not table.args.get("db"):
                self._temporary.discard(table.name.lower())


def children(node: exp.Expr, *, without: Iterable[str] = ()) -> Iterator[exp.Expr]:
    """Yield the parts of an expression, but those under the given names and the WITH clause."""
    for key, value in node.args.items():
        if key == "with_" or key in without:
            continue
        if isinstance(value, exp.Expr):
            yield value
        elif isinstance(value, list):
            yield from (item for item in value if isinstance(item, exp.Expr))


def variables(source: exp.Expr) -> Iterator[str]:
    """Yield the range variables that a source of a FROM clause makes, lower-cased."""
    waiting = [source]
    while waiting:
        node = waiting.pop()
        waiting.extend(join.this for join in node.args.get("joins") or ())
        for pivot in node.args.get("pivots") or ():
            if pivot.alias:
                yield pivot.alias.lower()
        alias = node.args.get("alias")
        if isinstance(alias, exp.TableAlias):
            yield from (part.name.lower() for part in (alias.this, *alias.columns) if part is not None)
        elif isinstance(node, exp.Table):
            yield (name_parts(node) or [""])[-1].lower()
        elif isinstance(node, exp.Unnest):
            yield from (path.name.lower() for path in node.expressions if isinstance(path, (exp.Column, exp.Dot)))
        elif isinstance(node, exp.Subquery) and isinstance(node.this, exp.Table):
            waiting.append(node.this)

"""What each query of a statement gives, from the innermost to the outermost."""

from collections.abc import Iterator, Mapping, Sequence

from sqlglot import exp
from sqlglot.optimizer.scope import Scope, traverse_scope

from graph_ledger.connectors.sql_reading.column_names import Names
from graph_ledger.connectors.sql_reading.column_scopes import PORT, Catalogue, Leaf, Projection, UnknownColumn, table_projection
from graph_ledger.connectors.sql_reading.column_uses import Uses

CLAUSES = (
    ("where", "FILTER"), ("having", "FILTER"), ("qualify", "FILTER"), ("order", "SORT"), ("cluster", "SORT"), ("sort", "SORT"),
    ("windows", "WINDOW"),
)  # fmt: skip
APART = frozenset({"bigquery", "postgres", "mysql", "tsql", "sqlite", "oracle", "trino", "presto", "hive", "athena"})
"""Dialects in which an item of a SELECT cannot use what another one gives."""
STRANGE = ("match", "connect", "prewhere", "laterals")
"""Clauses that make rows or columns in ways that are not followed."""


def query_projection(query: exp.Expr, catalogue: Catalogue, dialect: str = "") -> Projection:
    """Return what a query gives.

    Raises:
        SqlglotError, RecursionError, ValueError: It cannot be taken apart.
    """
    return _Queries(catalogue, dialect).read(query)


class _Queries:
    def __init__(self, catalogue: Catalogue, dialect: str) -> None:
        self.catalogue = catalogue
        self.reuses = dialect not in APART
        self.done: dict[int, Projection] = {}
        """By identity of the expression of a query."""
        self.readers: dict[int, Uses] = {}

    def read(self, query: exp.Expr) -> Projection:
        if _reads_itself(query):
            raise ValueError("a query reads itself")
        projection = Projection()
        for scope in traverse_scope(query):
            if scope.is_udtf:
                continue  # read where it stands, as it may name what stands beside it
            projection = self._set(scope) if isinstance(scope.expression, exp.SetOperation) else self._select(scope)
            self.done[id(scope.expression)] = projection
        return projection

    def _set(self, scope: Scope) -> Projection:
        """UNION and the like: column by column, in order."""
        found = Projection()
        parts = [self.done[id(each.expression)] for each in scope.set_operation_scopes]
        for part in parts:
            _gather(found, part)
        if any(part.stars or part.whatever is not None for part in parts) or len({len(part.columns) for part in parts}) != 1:
            found.unresolved |= found.behind
            found.stars = [(table, frozenset()) for table in sorted(found.behind)]
            return found
        rows = zip(*(part.columns for part in parts), strict=True)
        found.columns = [(row[0][0], frozenset().union(*(leaves for _, leaves in row))) for row in rows]
        self._clauses(Uses(Names(), found, self.done), scope.expression, dict(found.columns))
        return found

    def _select(self, scope: Scope) -> Projection:
        select = scope.expression
        if not isinstance(select, exp.Select):
            return Projection(whatever=frozenset(), unresolved=_tables(select))
        uses = self._uses(scope)
        self._made(scope, uses, last=True)
        found = uses.projection
        if any(select.args.get(clause) for clause in STRANGE):
            found.unresolved |= uses.names.everything()
        if self.reuses and _reuses(select):
            found.unresolved |= uses.names.everything()
        self._joins(select, uses)
        for expression in select.expressions:
            self._give(expression, uses)
        made = dict(found.columns)
        self._clauses(uses, select, made)
        self._group(uses, select, made)
        return found

    def _uses(self, scope: Scope) -> Uses:
        """Return the reader of a query's expressions; a query within it may ask for it first, as it sees the sources around it."""
        known = self.readers.get(id(scope.expression))
        if known is not None:
            return known
        names, found = Names(around=self._around(scope)), Projection()
        uses = self.readers[id(scope.expression)] = Uses(names, found, self.done)
        ctes = {name.lower(): source for name, source in scope.cte_sources.items()}
        for name, (node, source) in scope.selected_sources.items():
            projection = self._source(source, ctes)
            if projection is None:
                continue
            if node.args.get("pivots"):
                projection = Projection(
                    whatever=frozenset(), behind=projection.behind, unresolved=projection.behind | projection.unresolved
                )
            names.sources[name.lower()] = projection
            if isinstance(node, exp.Table):
                names.paths[name.lower()] = tuple(part.name.lower() for part in node.parts)
            _gather(found, projection)
        self._made(scope, uses)
        return uses

    def _around(self, scope: Scope) -> Names | None:
        """Return what a query sees beyond its own sources: those of the query in one of whose expressions it stands."""
        inner: Scope | None = scope
        while inner is not None and not inner.is_subquery:
            inner = inner.parent
        outer = inner.parent if inner is not None else None
        return self._uses(outer).names if outer is not None and isinstance(outer.expression, exp.Select) else None

    def _source(self, source: exp.Expr | Scope, ctes: Mapping[str, exp.Expr | Scope]) -> Projection | None:
        if isinstance(source, Scope):
            if source.is_udtf:
                return None
            done = self.done.get(id(source.expression))
            if done is None:
                raise ValueError("a query was not read before it was used")
            return done
        if not isinstance(source, exp.Table):
            return Projection(whatever=frozenset(), unresolved=_tables(source))
        if not source.meta.get(PORT) and not source.args.get("db") and source.name.lower() in ctes:
            return self._source(ctes[source.name.lower()], {})  # names of CTEs ignore case
        return table_projection(source, self.catalogue)

    def _made(self, scope: Scope, uses: Uses, *, last: bool = False) -> None:
        """UNNEST and array paths, which may name what stands in front of them; what each makes goes back to all that it names.

        A query within an UNNEST sees what stands around it before that UNNEST can be made.
        """
        for name, (node, source) in scope.selected_sources.items():
            if isinstance(source, Scope) and source.is_udtf:
                if name.lower() in uses.names.sources or not (last or all(id(each) in self.done for each in node.find_all(exp.Select))):
                    continue
                leaves = uses.of(node.this if isinstance(node, exp.Lateral) else node, ("DIRECT", "TRANSFORMATION"))
                for alias in {name.lower(), *_aliases(node)}:
                    uses.names.sources[alias] = Projection(whatever=leaves)
            elif isinstance(node, exp.Table) and node.args.get("db") and not node.meta.get(PORT):
                parts = [part.name.lower() for part in node.parts]
                if parts[0] in uses.names.sources and parts[0] != name.lower():
                    column = exp.Column(this=exp.to_identifier(parts[1]), table=exp.to_identifier(parts[0]))
                    uses.names.sources[name.lower()] = Projection(whatever=uses.of(column, ("DIRECT", "TRANSFORMATION")))

    def _joins(self, select: exp.Expr, uses: Uses) -> None:
        names, before = uses.names, []
        start = select.args.get("from_")
        before += _sources_of(start.this) if start is not None else []
        for join in select.args.get("joins") or ():
            beside = _sources_of(join.this)
            for column in join.args.get("using") or ():
                self._shared(column.name.lower(), before, beside, uses)
            if join.args.get("on") is not None:
                uses.projection.indirect |= uses.of(join.args["on"], ("INDIRECT", "JOIN"))
            if str(join.args.get("method") or "").upper() == "NATURAL":
                uses.projection.unresolved |= names.everything()
            before += beside

    def _shared(self, column: str, before: Sequence[str], beside: Sequence[str], uses: Uses) -> None:
        """A column of USING: of the source beside, and of whichever in front has it."""
        names = uses.names
        left = [name for name in before if name in names.sources and any(each == column for each, _ in names.sources[name].columns)]
        if not left:
            left = [name for name in names.shared.get(column, ()) if name in before] or [
                name for name in before if name in names.sources and names.sources[name].stars
            ][:2]
        both = [*left, *(name for name in beside if name in names.sources)]
        if len(left) != 1 and column not in names.shared and not any(_named(names, name, column) for name in left):
            uses.projection.unresolved |= {table for name in before if name in names.sources for table in names.sources[name].behind}
            both = [name for name in both if name in beside]
        try:
            names.shared[column] = list(dict.fromkeys(both))
            uses.projection.indirect |= {
                leaf.used("INDIRECT", "JOIN") for name in names.shared[column] for leaf in names.of(name, column)
            }  # fmt: skip
        except UnknownColumn as unknown:
            uses.projection.unresolved |= unknown.tables
            del names.shared[column]

    def _give(self, expression: exp.Expr, uses: Uses) -> None:
        """Add what one item of a SELECT gives."""
        found = uses.projection
        if expression.is_star:
            self._star(expression, uses)
            return
        name = expression.output_name.lower() or f"_col_{len(found.columns)}"
        found.columns.append((name, uses.of(expression)))

    def _star(self, expression: exp.Expr, uses: Uses) -> None:
        found, names = uses.projection, uses.names
        star = expression.this if isinstance(expression, exp.Column) else expression
        without = frozenset(each.name.lower() for each in star.args.get("except_") or star.args.get("except") or ())
        replaced = {each.alias.lower(): uses.of(each) for each in star.args.get("replace") or ()}
        if star.args.get("rename") or not isinstance(star, exp.Star):
            found.unresolved |= names.everything()
        source = [part.name.lower() for part in expression.parts[:-1]] if isinstance(expression, exp.Column) else []
        if source and (len(source) > 1 or source[0] not in names.sources):
            found.unresolved |= names.everything()  # the parts of a STRUCT
            found.stars.append((Projection(whatever=frozenset(), behind=names.everything()), without))
            return
        given: set[str] = set()
        for name in [source[0]] if source else list(names.sources):
            projection = names.sources[name]
            for column, leaves in projection.columns:
                shared = column in names.shared and not source
                if column in without or (shared and column in given):
                    continue
                given.add(column)
                found.columns.append((column, replaced.get(column, names.own(column, allow_open=True) or leaves if shared else leaves)))
            found.stars += [(each, out | without) for each, out in projection.stars]
            if projection.whatever is not None:
                found.stars.append((Projection(whatever=projection.whatever, behind=projection.behind), without))
        if replaced and found.stars:
            found.columns += [(column, leaves) for column, leaves in replaced.items() if column not in given]

    def _clauses(self, uses: Uses, query: exp.Expr, made: dict[str, frozenset[Leaf]]) -> None:
        for clause, subtype in CLAUSES:
            value = query.args.get(clause)
            for part in value if isinstance(value, list) else [value]:
                if part is not None:
                    uses.projection.indirect |= _with_aliases(uses, made).of(part, ("INDIRECT", subtype))

    def _group(self, uses: Uses, select: exp.Expr, made: dict[str, frozenset[Leaf]]) -> None:
        group = select.args.get("group")
        if group is None:
            return
        found = uses.projection
        if group.args.get("all"):
            plain = [each for each in select.expressions if not each.find(exp.AggFunc) and not each.is_star]
            leaves = frozenset().union(*(uses.of(each) for each in plain))
        else:
            leaves = frozenset()
            for each in group.expressions:
                place = int(each.name) - 1 if isinstance(each, exp.Literal) and each.is_int else None
                if place is None:
                    leaves |= _with_aliases(uses, made).of(each)
                elif place < len(found.columns) and not found.stars:
                    leaves |= found.columns[place][1]
                else:
                    found.unresolved |= uses.names.everything()
            for key in ("rollup", "cube", "grouping_sets"):
                for each in group.args.get(key) or ():
                    leaves |= _with_aliases(uses, made).of(each)
        found.indirect |= {leaf.used("INDIRECT", "GROUP_BY") for leaf in leaves}


def _with_aliases(uses: Uses, made: dict[str, frozenset[Leaf]]) -> Uses:
    """Return a reader to whom the columns that the query gives are known beside its sources."""
    names = _Aliased(uses.names.sources, uses.names.paths, uses.names.shared, uses.names.around)
    names.made = made
    return Uses(names, uses.projection, uses.inner)


class _Aliased(Names):
    made: dict[str, frozenset[Leaf]]

    def own(self, name: str, *, allow_open: bool) -> frozenset[Leaf] | None:
        if name in self.made:
            known = any(column == name for projection in self.sources.values() for column, _ in projection.columns)
            return self.made[name] | (super().own(name, allow_open=allow_open) or frozenset() if known else frozenset())
        return super().own(name, allow_open=allow_open)


def _gather(found: Projection, source: Projection) -> None:
    found.behind |= source.behind
    found.unresolved |= source.unresolved
    found.indirect |= source.indirect


def _named(names: Names, source: str, column: str) -> bool:
    return any(each == column for each, _ in names.sources[source].columns)


def _sources_of(source: exp.Expr) -> list[str]:
    found = [source.alias_or_name.lower()]
    return found + [name for join in source.args.get("joins") or () for name in _sources_of(join.this)]


def _aliases(node: exp.Expr) -> Iterator[str]:
    alias = node.args.get("alias")
    if isinstance(alias, exp.TableAlias):
        yield from (part.name.lower() for part in (alias.this, *alias.columns) if part is not None)
    offset = node.args.get("offset")
    if isinstance(offset, exp.Identifier):
        yield offset.name.lower()


def _reuses(select: exp.Expr) -> bool:
    """Whether a name that one item of a SELECT gives stands bare in a later one: it may mean that item, or a column."""
    made: set[str] = set()
    for expression in select.expressions:
        if any(not column.table and column.name.lower() in made for column in expression.find_all(exp.Column)):
            return True
        made |= {expression.alias.lower()} if isinstance(expression, exp.Alias) else set()
    return False


def _reads_itself(query: exp.Expr) -> bool:
    """Whether a query in it reads itself: each round may carry a column on into another one."""
    return any(
        table.name.lower() == cte.alias.lower() and PORT not in table.meta
        for cte in query.find_all(exp.CTE)
        for table in cte.this.find_all(exp.Table)
    )


def _tables(node: exp.Expr) -> set[str]:
    return {name for table in node.find_all(exp.Table) if (name := table.meta.get(PORT))}

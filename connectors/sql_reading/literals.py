"""Which literals one column is compared with, and which the written rows carry in it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlglot import exp

Scope = dict[str, exp.Expr]


class Carried(NamedTuple):
    """What the rows that a statement writes hold in one column."""

    values: tuple[str, ...] = ()
    """Literals, in order."""
    others: bool = True
    """Whether rows are written that need not hold one of them."""


def compared(tree: exp.Expr, column: str) -> list[str]:
    """Return the literals that a column is compared with (=, IN, LIKE) or made of (AS), in the order of the text.

    >>> import sqlglot
    >>> compared(sqlglot.parse_one("SELECT 1 FROM t WHERE m IN ('a', 'b') AND NOT m = 'c'"), "m")
    ['a', 'b']
    """
    found: list[str] = []
    for node in tree.dfs():
        if isinstance(node, (exp.EQ, exp.Like, exp.ILike)) and not _denied(node):
            found.extend(_text(right) for left, right in ((node.this, node.expression), (node.expression, node.this)) if _is(left, column))
        elif isinstance(node, exp.In) and _is(node.this, column) and not _denied(node):
            found.extend(map(_text, node.expressions))
        elif isinstance(node, exp.Alias) and node.alias.lower() == column:
            found.append(_text(node.this))
    return list(dict.fromkeys(filter(None, found)))


def carried(tree: exp.Expr, column: str) -> Carried:
    """Return what the written rows hold in a column: only what stands in them, never what they were filtered by.

    >>> import sqlglot
    >>> carried(sqlglot.parse_one("INSERT INTO t SELECT 'a' AS m, x FROM u WHERE m = 'b'"), "m")
    Carried(values=('a',), others=False)
    """
    if isinstance(tree, exp.Update):
        return _joined(_assigned(tree.expressions, column))
    if isinstance(tree, exp.Merge):
        return _joined(_merged(tree, column))
    if isinstance(tree, exp.MultitableInserts):
        return _joined(carried(part.this, column) for part in tree.expressions)
    if isinstance(tree, (exp.Insert, exp.Create)):
        return _joined(_rows(tree.expression, column, _with(tree, {}), _names(tree.this)))
    if isinstance(tree, exp.Select):
        return _joined(_rows(tree, column, {}, []))
    return Carried()


def _rows(query: object, column: str, scope: Scope, names: list[str]) -> Iterator[Carried]:
    """Yield what each branch of a query carries; ``names`` are those of the target's columns, where they are written."""
    waiting: list[tuple[object, Scope]] = [(query, scope)]
    for _ in range(10_000):
        if not waiting:
            return
        node, visible = waiting.pop()
        if isinstance(node, exp.Expr):
            visible = _with(node, visible)
        if isinstance(node, exp.Subquery):
            waiting.append((node.this, visible))
        elif isinstance(node, exp.SetOperation):
            waiting.extend([(node.expression, visible), (node.this, visible)])
        elif isinstance(node, exp.Values):
            place = names.index(column) if column in names else -1
            yield from (_single(row.expressions[place] if 0 <= place < len(row.expressions) else None) for row in node.expressions)
        elif isinstance(node, exp.Select):
            made, inner = _projected(node, column, names)
            if made is None and inner:
                waiting.extend(_sources(node, visible))
                names = []
            else:
                yield _single(made)
        else:
            yield Carried()
    yield Carried()


def _projected(select: exp.Select, column: str, names: list[str]) -> tuple[exp.Expr | None, bool]:
    """Return the literal that is projected as the column, or whether it is handed on from a source."""
    if column in names:
        place = names.index(column)
        made = select.expressions[place] if place < len(select.expressions) else None
        made = made.this if isinstance(made, exp.Alias) else made
        return (made, False) if isinstance(made, exp.Literal) else (None, made is not None and _is(made, column))
    for made in select.expressions:
        if isinstance(made, exp.Alias) and made.alias.lower() == column:
            return (made.this, False) if isinstance(made.this, exp.Literal) else (None, _is(made.this, column))
    return None, any(_is(made, column) or made.is_star for made in select.expressions)


def _sources(select: exp.Select, scope: Scope) -> Iterator[tuple[object, Scope]]:
    """Yield the one query behind a FROM; of several sources none is known to hold the column."""
    start = select.args.get("from_")
    source = start.this if isinstance(start, exp.From) else None
    if select.args.get("joins"):
        source = None
    if isinstance(source, exp.Table) and not source.args.get("db"):
        name = source.name.lower()
        yield scope.get(name), {key: value for key, value in scope.items() if key != name}
    else:
        yield source if isinstance(source, exp.Subquery) else None, scope


def _merged(merge: exp.Merge, column: str) -> Iterator[Carried]:
    clauses = merge.args.get("whens")
    for when in clauses.expressions if clauses is not None else ():
        then = when.args.get("then")
        if isinstance(then, exp.Insert):
            places = [name.name.lower() for name in then.this.expressions] if isinstance(then.this, exp.Tuple) else []
            values = then.expression.expressions if isinstance(then.expression, exp.Tuple) else []
            given = dict(zip(places, values, strict=False))
            made = given.get(column)
            if isinstance(made, exp.Column) or not places:
                source = merge.args.get("using")
                yield from _rows(source, column, _with(merge, {}), [])
            else:
                yield _single(made)
        elif isinstance(then, exp.Update) and then.expressions:
            yield from (found for found in _assigned(then.expressions, column) if found.values)


def _assigned(assignments: Iterable[exp.Expr], column: str) -> Iterator[Carried]:
    found = [each.expression for each in assignments if isinstance(each, exp.EQ) and _is(each.this, column)]
    yield _single(found[0] if found else None)


def _with(node: exp.Expr, scope: Scope) -> Scope:
    clause = node.args.get("with_")
    return scope if clause is None else {**scope, **{cte.alias.lower(): cte.this for cte in clause.expressions}}


def _joined(parts: Iterable[Carried]) -> Carried:
    found = list(parts)
    values = dict.fromkeys(value for part in found for value in part.values)
    return Carried(tuple(values), not found or any(part.others for part in found))


def _single(made: object) -> Carried:
    text = _text(made)
    return Carried((text,), others=False) if text else Carried()


def _names(target: object) -> list[str]:
    return [part.name.lower() for part in target.expressions] if isinstance(target, exp.Schema) else []


def _is(node: object, column: str) -> bool:
    return isinstance(node, exp.Column) and node.name.lower() == column


def _text(node: object) -> str:
    return node.name if isinstance(node, exp.Literal) and node.is_string else ""


def _denied(node: exp.Expr) -> bool:
    parent = node.parent
    while isinstance(parent, exp.Paren):
        parent = parent.parent
    return isinstance(parent, exp.Not)

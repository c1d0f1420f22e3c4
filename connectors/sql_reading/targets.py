"""What a statement writes."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlglot import exp

TABLE_KINDS = frozenset({"TABLE", "VIEW"})


class Target(NamedTuple):
    """Tables that a statement creates, inserts into, merges into, updates or deletes from."""

    tables: tuple[exp.Table, ...]
    taken: set[str]
    """Arguments of the statement that hold the target and are not read."""
    temporary: bool = False


def target_of(node: exp.Expr) -> Target | None:  # noqa: PLR0911
    """Return what a statement writes; None where it writes nothing."""
    if isinstance(node, exp.Create):
        return _created(node)
    if isinstance(node, (exp.Insert, exp.Merge, exp.LoadData)):
        return Target(_tables([node.this]), {"this"})
    if isinstance(node, exp.TruncateTable):
        return Target(_tables(node.expressions), {"expressions"})
    if isinstance(node, exp.Copy):
        return Target(_tables([node.this]), {"this"}) if node.args.get("kind") else None
    if isinstance(node, exp.Select) and node.args.get("into"):
        into = node.args["into"]
        return Target(_tables([into.this]), {"into"}, temporary=bool(into.args.get("temporary")))
    if isinstance(node, exp.Update):
        return _changed(node, [node.this], node.args.get("from_"))
    if isinstance(node, exp.Delete):
        return _changed(node, node.args.get("tables") or [node.this], node.this if node.args.get("tables") else None)
    return None


def _created(node: exp.Create) -> Target | None:
    if str(node.args.get("kind") or "").upper() not in TABLE_KINDS:
        return Target((), {"this"})
    properties = node.args.get("properties")
    temporary = properties is not None and properties.find(exp.TemporaryProperty) is not None
    return Target(_tables([node.this]), {"this"}, temporary=temporary)


def _changed(node: exp.Expr, named: Iterable[object], source: object) -> Target:
    """The target of an UPDATE or DELETE; where it is an alias of the FROM clause, the table behind it."""
    tables = _tables(named)
    taken = {"tables"} if node.args.get("tables") else {"this"}
    behind = {}
    if isinstance(source, exp.Expr):
        for table in source.find_all(exp.Table):
            if table.alias:
                behind[table.alias.lower()] = table
    found = [behind[t.name.lower()] for t in tables if not t.args.get("db") and t.name.lower() in behind]
    kept = [t for t in tables if t.args.get("db") or t.name.lower() not in behind]
    plain = [_without_joins(table) for table in found]
    return Target((*kept, *plain), taken)


def _without_joins(table: exp.Table) -> exp.Table:
    return exp.Table(**{key: table.args.get(key) for key in ("this", "db", "catalog")})


def _tables(named: Iterable[object]) -> tuple[exp.Table, ...]:
    found = (one.this if isinstance(one, exp.Schema) else one for one in named)
    return tuple(one for one in found if isinstance(one, exp.Table))

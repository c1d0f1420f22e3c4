"""A MERGE as the queries that it stands for: one for what decides which rows meet, and one for each clause that writes columns."""

from collections.abc import Iterator

from sqlglot import exp

from graph_ledger.connectors.sql_reading.column_scopes import PORT


def merge_queries(merge: exp.Merge) -> Iterator[exp.Select]:
    """Yield queries that give, by name, the columns that a MERGE writes; the target counts as a source that nobody follows.

    Raises:
        ValueError: A clause writes columns that it does not name.
    """
    target = merge.this.copy()
    target.meta.pop(PORT, None)
    yield exp.select().from_(merge.args["using"].copy()).join(target.copy(), on=merge.args["on"].copy())
    clauses = merge.args.get("whens")
    for when in clauses.expressions if clauses is not None else ():
        then, condition = when.args.get("then"), when.args.get("condition")
        if isinstance(then, exp.Update) and then.expressions:
            yield _query([(each.this.name, each.expression) for each in then.expressions], merge, target, condition)
        elif isinstance(then, exp.Insert) and isinstance(then.this, exp.Tuple) and isinstance(then.expression, exp.Tuple):
            pairs = zip((each.name for each in then.this.expressions), then.expression.expressions, strict=True)
            yield _query(list(pairs), merge, None, condition)
        elif isinstance(then, (exp.Update, exp.Insert)):
            raise ValueError("the columns are not named")
        elif condition is not None:
            yield _query([], merge, target, condition)


def _query(columns: list[tuple[str, exp.Expr]], merge: exp.Merge, target: exp.Expr | None, condition: exp.Expr | None) -> exp.Select:
    made = [exp.alias_(value.copy(), name, quoted=True) for name, value in columns]
    query = exp.select(*made).from_(merge.args["using"].copy())
    if target is not None:
        query = query.join(target.copy(), join_type="cross")
    return query.where(condition.copy()) if condition is not None else query

"""Read the rows of a query from whatever connection there is, as mappings."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any

from graph_ledger.errors import SourceError

Row = dict[str, Any]


def read_rows(connection: Any, query: str, source: str) -> tuple[list[Row], list[str]]:
    """Return every row of a query, and the names of its columns where the connection tells them.

    Args:
        connection: Of DB-API (sqlite3 as it comes), of SQLAlchemy, or anything whose ``execute`` yields mappings.
        query: What to ask.
        source: Whose rows they are, for the message.

    Raises:
        SourceError: The query failed, or did before its last row.
    """
    with ExitStack() as stack:
        try:
            result = _execute(connection, query, stack)
            columns = _columns(result)
            return list(_mappings(result, columns)), columns
        except SourceError as error:
            raise SourceError(f"{source}: {error}") from error
        except Exception as error:
            raise SourceError(f"{source}: its query failed: {error}: nothing was read") from error


def _execute(connection: Any, query: str, stack: ExitStack) -> Any:
    if hasattr(connection, "connect") and not hasattr(connection, "execute") and not hasattr(connection, "cursor"):
        connection = stack.enter_context(connection.connect())
    if hasattr(connection, "exec_driver_sql"):
        return connection.exec_driver_sql(query)
    if hasattr(connection, "execute"):
        return connection.execute(query)
    cursor = connection.cursor()
    stack.callback(cursor.close)
    return cursor.execute(query) if not hasattr(cursor, "description") else _executed(cursor, query)


def _executed(cursor: Any, query: str) -> Any:
    cursor.execute(query)
    return cursor


def _columns(result: Any) -> list[str]:
    description = getattr(result, "description", None)
    if description is None and hasattr(result, "description"):
        raise SourceError("it gives no rows, not even none: is it a query?")
    if isinstance(description, (list, tuple)):
        return [str(column[0]) for column in description]
    keys = getattr(result, "keys", None)
    return [str(key) for key in keys()] if callable(keys) and not isinstance(result, Mapping) else []


def _mappings(result: Any, columns: list[str]) -> Iterator[Row]:
    rows: Iterable[Any] = result.fetchall() if hasattr(result, "fetchall") and not hasattr(result, "__iter__") else result
    for row in rows:
        if isinstance(row, Mapping):
            yield dict(row)
        elif columns:
            yield dict(zip(columns, row, strict=True))
        else:
            yield dict(row._mapping)  # noqa: SLF001  # the public name of SQLAlchemy's mapping of a row

"""A query on a database that a URL names, as a configuration can say it; the connection is open while it is read alone."""

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from graph_ledger.connectors.shared_tables import Fallback
from graph_ledger.connectors.sql import PortSpec, SqlConnector, sql_connector
from graph_ledger.errors import SourceError, ValidationError
from graph_ledger.values.listing import DEFAULT_SCOPE

FILE = re.compile(r"(sqlite|duckdb):///(.+)", re.DOTALL)
PASSWORD = re.compile(r"(://[^/@:]*:).*@", re.DOTALL)
"""A password may hold any character, a slash and an @ too."""


def sql_from_url(
    name: str,
    url: str,
    query: str,
    name_column: str,
    *,
    scope: str = DEFAULT_SCOPE,
    name_prefix: str = "",
    input_columns: Sequence[str] | None = None,
    output_columns: Sequence[str] | None = None,
    sql_column: str | None = None,
    shared_table_patterns: Sequence[str] = ("scores", "alert"),
    shared_table_fallback: Fallback | None = None,
    cron_column: str | None = None,
    input_port: PortSpec | None = None,
    output_port: PortSpec | None = None,
    metadata_columns: Sequence[str] | Mapping[str, str] | None = None,
    dialect: str | None = None,
) -> SqlConnector:
    """Make an `sql_connector` of a URL; options that are not named here are as there.

    ``url``: ``sqlite:///jobs.db`` and ``duckdb:///jobs.duckdb`` are opened for reading alone, and a fourth slash begins a full
    path; any other is a URL of SQLAlchemy, which has to be installed with the driver that the URL asks for. ``scope``: what
    one run covers; two queries that are read apart have a scope each.

    Raises:
        ValidationError: The URL is none, or the library that it needs is not installed.
    Source: ``docs/connectors/types.md``, sql.

    >>> jobs = sql_from_url("jobs", "sqlite:///jobs.db", "SELECT job, code FROM jobs", "job", sql_column="code")
    >>> [node.name for node in jobs.discover()]
    ['daily']
    """
    made = sql_connector(
        name, Database(url), query, name_column, name_prefix, input_columns, output_columns, sql_column,
        shared_table_patterns=shared_table_patterns, shared_table_fallback=shared_table_fallback, cron_column=cron_column,
        input_port=input_port, output_port=output_port, metadata_columns=metadata_columns, dialect=dialect,
    )  # fmt: skip
    made.scope = scope
    return made


class Database:
    """A database that is opened when it is read, and closed after that."""

    def __init__(self, url: str) -> None:
        if not isinstance(url, str) or "://" not in url:
            raise ValidationError(f"a database is named by a URL such as sqlite:///jobs.db, not by {_printable(url)}")
        file = FILE.fullmatch(url)
        self.kind, self.place = (file[1], file[2]) if file else ("sqlalchemy", url)
        if self.kind != "sqlite" and find_spec(self.kind) is None:
            raise ValidationError(f"{_printable(url)} needs the library {self.kind}, which is not installed: pip install {self.kind}")

    @contextmanager
    def connect(self) -> Iterator[Any]:
        """Open it; what is yielded takes a query."""
        if self.kind == "sqlalchemy":
            with _engine(self.place) as connection:
                yield connection
            return
        path = Path(self.place).absolute()
        if not path.is_file():
            raise SourceError(f"there is no file {self.place!r}")
        with closing(_sqlite(path) if self.kind == "sqlite" else _duckdb(path)) as connection:
            yield connection

    def __repr__(self) -> str:
        return f"<Database {_printable(self.place)}>"


def _sqlite(path: Path) -> Any:
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)


def _duckdb(path: Path) -> Any:
    import duckdb

    return duckdb.connect(str(path), read_only=True)


@contextmanager
def _engine(url: str) -> Iterator[Any]:
    from sqlalchemy import create_engine

    # Without parameters a driver reads no percent sign of the query as the place of one.
    engine = create_engine(url, execution_options={"no_parameters": True})
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _printable(url: object) -> str:
    """Return a URL without its password, and without what follows the question mark: some drivers take a password there."""
    if not isinstance(url, str):
        return repr(url)
    place, mark, _ = PASSWORD.sub(r"\1***@", url).partition("?")
    return repr(f"{place}{mark and '?***'}")

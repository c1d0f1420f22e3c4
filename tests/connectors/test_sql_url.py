"""Databases that a URL names: SQLite, DuckDB and what SQLAlchemy opens, each a real file."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from sqlalchemy import create_engine, text

from graph_ledger import Ledger
from graph_ledger.connectors import sql_url
from graph_ledger.connectors.registry import make_connector
from graph_ledger.connectors.sql import SqlConnector
from graph_ledger.connectors.sql_url import sql_from_url
from graph_ledger.connectors.testing import check_connector
from graph_ledger.errors import SourceError, ValidationError
from tests.connectors.twice import written

ROWS = [
    ("load", "INSERT INTO core.orders SELECT * FROM raw.orders", "0 6 * * *"),
    ("report", "INSERT INTO mart.daily SELECT * FROM core.orders", None),
    (None, "SELECT 1", None),
]
TABLE = "CREATE TABLE jobs (job VARCHAR(20), code VARCHAR(200), cron VARCHAR(20))"
QUERY = "SELECT job, code, cron FROM jobs WHERE job IS NULL OR job LIKE '%o%' ORDER BY job"


def sqlite_file(place: Path) -> str:
    with closing(sqlite3.connect(place / "jobs #1.db")) as connection, connection:
        connection.execute(TABLE)
        connection.executemany("INSERT INTO jobs VALUES (?, ?, ?)", ROWS)
    return f"sqlite:///{place / 'jobs #1.db'}"


def duckdb_file(place: Path) -> str:
    with duckdb.connect(str(place / "jobs.duckdb")) as connection:
        connection.execute(TABLE)
        connection.executemany("INSERT INTO jobs VALUES (?, ?, ?)", ROWS)
    return f"duckdb:///{place / 'jobs.duckdb'}"


def sqlalchemy_file(place: Path) -> str:
    url = f"sqlite+pysqlite:///{place / 'other.db'}"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(TABLE))
        connection.execute(text("INSERT INTO jobs VALUES (:a, :b, :c)"), [dict(zip("abc", row, strict=True)) for row in ROWS])
    engine.dispose()
    return url


Made = Callable[[Path], str]
DATABASES = pytest.mark.parametrize("made", [sqlite_file, duckdb_file, sqlalchemy_file])


def jobs(url: str, query: str = QUERY) -> SqlConnector:
    return sql_from_url("jobs", url, query, "job", scope="all", sql_column="code", cron_column="cron")


@DATABASES
def test_a_real_database_is_read(made: Made, tmp_path: Path) -> None:
    connector = jobs(made(tmp_path))
    listing = check_connector(connector)
    assert sorted((node.name, *(port.key for port in (*node.inputs, *node.outputs))) for node in listing) == [
        ("load", "raw.orders", "core.orders"),
        ("report", "core.orders", "mart.daily"),
    ]
    assert (listing.source_key, listing.complete, len(listing.errors)) == ("jobs/all", False, 1)


@DATABASES
def test_a_second_discovery_writes_nothing(made: Made, tmp_path: Path, ledger: Ledger) -> None:
    connector = jobs(made(tmp_path))
    assert (ledger.discover(connector).added, ledger.downstream("jobs/load")) == (2, ["report"])
    before = written(ledger)
    again = ledger.discover(connector)
    assert (again.added, again.changed, again.gone, again.skipped) == (0, 0, 0, 2)
    assert written(ledger) == before


@DATABASES
def test_a_database_is_closed_after_it_was_read(made: Made, tmp_path: Path) -> None:
    url = made(tmp_path)
    jobs(url).discover()
    with closing(duckdb.connect(url.partition(":///")[2]) if made is duckdb_file else sqlite3.connect(url.partition(":///")[2])) as again:
        again.execute("DROP TABLE jobs")
    with pytest.raises(SourceError, match="jobs: its query failed: "):
        jobs(url).discover()


@pytest.mark.parametrize("made", [sqlite_file, duckdb_file])
def test_a_query_cannot_write(made: Made, tmp_path: Path) -> None:
    url = made(tmp_path)
    with pytest.raises(SourceError, match=r"read.?only"):
        jobs(url, "DELETE FROM jobs").discover()
    assert len(jobs(url).discover()) == 2


def test_a_configuration_says_the_same(tmp_path: Path) -> None:
    options = {"name": "jobs", "url": sqlite_file(tmp_path), "query": QUERY, "name_column": "job"}
    assert len(list(make_connector("sql", **options, input_columns=["code"]).discover())) == 2


@pytest.mark.parametrize("url", ["sqlite:///nowhere.db", "duckdb:///nowhere.duckdb"])
def test_a_file_that_is_not_there_is_said_and_not_made(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SourceError, match="jobs: there is no file 'nowhere"):
        jobs(url).discover()
    assert not list(tmp_path.iterdir())


def test_what_is_no_url_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"named by a URL such as sqlite:///jobs.db, not by 'jobs.db'"):
        jobs("jobs.db")


def test_a_missing_library_is_said_without_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql_url, "find_spec", lambda name: None)
    with pytest.raises(ValidationError, match=r"'postgresql://ada:\*\*\*@host/db' needs the library sqlalchemy, which is not installed"):
        jobs("postgresql://ada:secret@host/db")
    with pytest.raises(ValidationError, match="needs the library duckdb"):
        jobs("duckdb:///jobs.duckdb")


@pytest.mark.parametrize(
    "url",
    ["postgresql://ada:s3/cret@host/db", "postgresql://ada:p@s3cret@host/db", "postgresql://host/db?user=ada&password=s3cret"],
)
def test_a_password_is_nowhere_shown_whatever_it_holds(url: str) -> None:
    shown = repr(sql_url.Database(url))
    assert ("cret" not in shown, "host/db" in shown) == (True, True)


def test_a_driver_that_is_missing_is_an_error_of_the_source() -> None:
    with pytest.raises(SourceError, match="jobs: its query failed: "):
        jobs("nothing://ada:secret@host/db").discover()
    assert "secret" not in repr(sql_url.Database("nothing://ada:secret@host/db"))

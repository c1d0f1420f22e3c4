"""The SQL connector: rows become nodes, their SQL becomes ports, bad rows are said."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, nullcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_ledger.connectors.cron import frequency
from graph_ledger.connectors.sql import SqlConnector, sql_connector
from graph_ledger.errors import SourceError, ValidationError
from graph_ledger.values.port import DataPort


class Rows:
    """A connection whose ``execute`` yields mappings."""

    def __init__(self, *rows: dict[str, Any]) -> None:
        self.rows = rows

    def execute(self, query: str) -> Iterable[dict[str, Any]]:
        return list(self.rows)


def connector(*rows: dict[str, Any], **options: Any) -> SqlConnector:
    return sql_connector(**{"name": "jobs", "connection": Rows(*rows), "query": "SELECT", "name_column": "name", **options})


def ports(sql: str, **options: Any) -> tuple[list[DataPort], list[DataPort]]:
    """Return the ports of one job that runs the SQL."""
    (node,) = connector({"name": "job", "sql": sql, "team": "tm_checks"}, sql_column="sql", **options).discover()
    return sorted(node.inputs, key=repr), sorted(node.outputs, key=repr)


def texts(found: Iterable[DataPort]) -> list[str]:
    return [repr(port) for port in found]


def test_sqlite_is_read_as_it_comes() -> None:
    with sqlite3.connect(":memory:") as database:
        database.executescript("CREATE TABLE m (name, owner, note); INSERT INTO m VALUES ('fraud', 'ada', NULL), (NULL, 'x', 'y')")
        found = sql_connector("registry", database, "SELECT * FROM m", "name")
        (node,) = found.discover()
    database.close()
    assert (node.name, node.platform, node.metadata) == ("fraud", "registry", {"node_type": "registry", "owner": "ada"})
    assert [(error.where, error.reason) for error in found.errors] == [("row 2", "the row has no name: 'name' is empty")]


def test_sqlite_rows_and_plain_cursors_are_read_too() -> None:
    class OnlyCursors:
        def __init__(self, database: sqlite3.Connection) -> None:
            self.cursor = database.cursor

    with sqlite3.connect(":memory:") as database:
        database.row_factory = sqlite3.Row
        for connection in (database, OnlyCursors(database)):
            (node,) = sql_connector("r", connection, "SELECT 'a' AS NAME, 1 AS b", "name").discover()
            assert (node.name, node.metadata["b"]) == ("a", 1)
    database.close()


def test_an_answer_of_sqlalchemy_is_read_as_mappings() -> None:
    class Row(tuple[Any, ...]):
        __slots__ = ()

    class Result:
        def keys(self) -> list[str]:
            return ["name", "owner"]

        def __iter__(self) -> Iterator[Row]:
            return iter([Row(("a", "ada"))])

    class Connection:
        def exec_driver_sql(self, query: str) -> Result:
            return Result()

    class Engine:
        def connect(self) -> "nullcontext[Connection]":
            return nullcontext(Connection())

    for connection in (Connection(), Engine()):
        (node,) = sql_connector("r", connection, "SELECT", "name").discover()
        assert node.metadata["owner"] == "ada"


def test_a_query_that_fails_is_no_empty_estate() -> None:
    database = sqlite3.connect(":memory:")
    with pytest.raises(SourceError, match="no such table: nowhere"):
        sql_connector("r", database, "SELECT * FROM nowhere", "name").discover()
    database.close()


def test_a_column_that_the_query_does_not_give_is_refused() -> None:
    database = sqlite3.connect(":memory:")
    with pytest.raises(ValidationError, match="no column 'name': it gives a, b"):
        sql_connector("r", database, "SELECT 1 AS a, 2 AS b", "name").discover()
    database.close()


def test_one_bad_row_does_not_cost_the_others() -> None:
    found = connector({"name": "a"}, {}, {"name": " "}, {"name": "b", "sql": "SELECT FROM WHERE"}, sql_column="sql")
    listing = found.discover()
    assert [node.name for node in listing] == ["a", "b"]
    assert [error.where for error in listing.errors] == ["row 2", "row 3"]
    assert (listing.complete, listing.coverage["refused"]) == (False, 1)


def test_a_reading_without_errors_is_complete() -> None:
    listing = connector({"name": "a"}).discover()
    assert (listing.complete, listing.source_key) == (True, "jobs/default")


def test_a_preprocessor_that_raises_costs_its_row_alone() -> None:
    found = connector({"name": "a", "sql": "x"}, {"name": "b", "sql": None}, sql_column="sql", sql_preprocessor=lambda text: text[9])
    assert [node.name for node in found.discover()] == ["b"]
    assert found.errors[0].reason == "string index out of range"


def test_rows_of_one_name_are_one_node() -> None:
    rows = [{"name": "a", "sql": "INSERT INTO x SELECT * FROM t"}, {"name": "a", "sql": "INSERT INTO y SELECT * FROM t"}]
    (node,) = connector(*rows, sql_column="sql").discover()
    assert ([port.identifier for port in node.inputs], [port.identifier for port in node.outputs]) == (["t"], ["x", "y"])


def test_columns_of_ports_are_lower_cased_and_empty_ones_are_none() -> None:
    row = {"name": "a", "i": "Raw.T", "j": "", "o": ["X", "y"]}
    (node,) = connector(row, input_columns=["i", "j"], output_columns=["o"], name_prefix="queue:").discover()
    assert (node.name, texts(node.inputs), texts(node.outputs)) == ("queue:a", ["DataPort('raw.t')"], ["DataPort('x')", "DataPort('y')"])
    assert node.metadata == {"node_type": "jobs"}


def test_a_port_of_a_column_has_a_schema_and_a_fallback() -> None:
    spec = {"column": "queue", "fallback": "name", "kind": "alert_queue"}
    first, second = connector({"name": "A", "queue": None}, {"name": "b", "queue": "Q"}, output_port=spec, input_port=spec).discover()
    assert texts(first.outputs) == ["DataPort('a', kind='alert_queue')"]
    assert texts(second.inputs) == ["DataPort('q', kind='alert_queue')"]


def test_a_column_that_comes_twice_is_refused_where_it_counts() -> None:
    with closing(sqlite3.connect(":memory:")) as source, pytest.raises(ValidationError, match="gives two columns 'name': give one"):
        sql_connector("jobs", source, "SELECT 'a' AS name, 'b' AS name", "name").discover()
    with closing(sqlite3.connect(":memory:")) as source:
        assert len(sql_connector("jobs", source, "SELECT 'a' AS name, 1 AS x, 2 AS x", "name").discover()) == 1


def test_what_is_no_query_is_no_empty_estate() -> None:
    with closing(sqlite3.connect(":memory:")) as source, pytest.raises(SourceError, match="is it a query"):
        sql_connector("jobs", source, "PRAGMA user_version = 1", "name").discover()


def test_metadata_is_what_was_named_else_everything_left() -> None:
    row = {"name": "a", "owner": "ada", "tier": None, "b": b"x", "sql": "SELECT 1"}
    assert next(iter(connector(row, sql_column="sql").discover())).metadata == {"node_type": "jobs", "owner": "ada", "b": "b'x'"}
    assert next(iter(connector(row, metadata_columns=["owner"]).discover())).metadata == {"node_type": "jobs", "owner": "ada"}
    assert next(iter(connector(row, metadata_columns={"by": "owner"}).discover())).metadata == {"node_type": "jobs", "by": "ada"}


DISCRIMINATED = {
    "a filtered read is no written literal": (
        "INSERT INTO out.t SELECT x FROM scores WHERE model_name = 'x'",
        ["DataPort('scores', model_name='x')"],
        ["DataPort('out.t')"],
    ),
    "a written literal is": (
        "INSERT INTO alerts SELECT 'checks' AS model_name, x FROM t",
        ["DataPort('t')"],
        ["DataPort('alerts', model_name='checks')"],
    ),
    "IN and LIKE": (
        "SELECT * FROM scores WHERE model_name IN ('a', 'b') OR model_name LIKE 'tm-%'",
        ["DataPort('scores', model_name='a')", "DataPort('scores', model_name='b')", "DataPort('scores', model_name='tm-%')"],
        [],
    ),
    "not NOT": ("SELECT * FROM scores WHERE NOT model_name = 'a' AND model_name <> 'b'", ["DataPort('scores')"], []),
    "only shared tables are told apart": ("SELECT * FROM t WHERE model_name = 'a'", ["DataPort('t')"], []),
    "a literal through a WITH": (
        "WITH c AS (SELECT 'a' AS model_name, x FROM t) INSERT INTO u SELECT * FROM c",
        ["DataPort('t')"],
        ["DataPort('u', model_name='a')"],
    ),
    "a literal by its place": (
        "INSERT INTO u (x, model_name) SELECT x, 'a' FROM t; INSERT INTO v (model_name) VALUES ('b'), ('c')",
        ["DataPort('t')"],
        ["DataPort('u', model_name='a')", "DataPort('v', model_name='b')", "DataPort('v', model_name='c')"],
    ),
    "literals of each branch, and rows without one": (
        "CREATE TABLE u AS SELECT 'a' AS model_name UNION ALL SELECT 'b' AS model_name UNION ALL SELECT model_name FROM t",
        ["DataPort('t')"],
        ["DataPort('u')", "DataPort('u', model_name='a')", "DataPort('u', model_name='b')"],
    ),
    "an UPDATE's literal, never its filter's": (
        "UPDATE u SET model_name = 'a' WHERE x = 1; UPDATE v SET x = 1 WHERE model_name = 'a'",
        [],
        ["DataPort('u', model_name='a')", "DataPort('v')"],
    ),
    "a MERGE's": (
        "MERGE INTO u USING t ON u.i = t.i WHEN NOT MATCHED THEN INSERT (i, model_name) VALUES (t.i, 'a')",
        ["DataPort('t')"],
        ["DataPort('u', model_name='a')"],
    ),
    "a literal elsewhere is not written": (
        "INSERT INTO u SELECT x FROM t WHERE x IN (SELECT y FROM (SELECT 'a' AS model_name, y FROM v))",
        ["DataPort('t')", "DataPort('v')"],
        ["DataPort('u')"],
    ),
    "placeholders keep their names": ("SELECT * FROM {{schema}}.{{ p.table }}", ["DataPort('schema.table')"], []),
}


@pytest.mark.parametrize(("sql", "inputs", "outputs"), DISCRIMINATED.values(), ids=DISCRIMINATED)
def test_a_discriminator_stands_where_the_rows_carry_it(sql: str, inputs: list[str], outputs: list[str]) -> None:
    assert tuple(map(texts, ports(sql))) == (inputs, outputs)


def test_a_fallback_names_the_rows_of_a_shared_table() -> None:
    options = {"shared_table_fallback": {"source_column": "team", "strip_prefix": "tm_"}}
    assert texts(ports("INSERT INTO app.alerts SELECT * FROM t", **options)[1]) == ["DataPort('app.alerts', model_name='checks')"]
    assert texts(ports("INSERT INTO other SELECT * FROM t", **options)[1]) == ["DataPort('other')"]
    assert texts(ports("INSERT INTO alerts SELECT 'x' AS model_name", **options)[1]) == ["DataPort('alerts', model_name='x')"]


@pytest.mark.parametrize(
    "options",
    [{"sql_preprocessor": "other"}, {"input_port": {"kind": "x"}}, {"shared_table_fallback": {}}, {"name": "a/b"}],
)
def test_a_wrong_argument_is_refused_at_once(options: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        connector(**options)


@pytest.mark.parametrize(
    ("cron", "spoken"),
    [
        ("* * * * *", "Every minute"),
        ("*/5 * * * *", "Every 5 minutes"),
        ("*/7 * * * *", None),
        ("15 * * * *", "Hourly at minute 15"),
        ("0 */6 * * *", "Every 6 hours"),
        ("0 */5 * * *", None),
        ("30 6 * * *", "Daily at 06:30"),
        ("@daily", "Daily at 00:00"),
        ("0 6 * * 7", "Weekly on Sunday at 06:00"),
        ("0 6 * * 1-5", "Monday to Friday at 06:00"),
        ("0 6 * * mon,THU", "Weekly on Monday, Thursday at 06:00"),
        ("0 6 1 * *", "Monthly on day 1 at 06:00"),
        ("0 6 1 * 1", None),
        ("0 25 * * *", None),
        ("60 6 * * *", None),
        ("0 6 0 * *", None),
        ("0 6 * * 8", None),
        ("0 6 * 2 *", None),
        ("٣ * * * *", None),
        ("nonsense", None),
    ],
)
def test_a_cron_line_is_said_right_or_not_at_all(cron: str, spoken: str | None) -> None:
    assert frequency(cron) == spoken
    expected = {"node_type": "jobs", "cron": cron} | ({"run_frequency": spoken} if spoken else {})
    assert next(iter(connector({"name": "a", "c": cron}, cron_column="c").discover())).metadata == expected


@given(st.lists(st.text("0123456789*/,-LW?monSUN", max_size=6), min_size=5, max_size=5).map(" ".join))
def test_no_cron_line_raises(cron: str) -> None:
    assert frequency(cron) is None or isinstance(frequency(cron), str)

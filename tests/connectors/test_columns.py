"""Columns out of SQL: what comes from what, how, and never a flow that may be wrong."""

import time
from pathlib import Path
from typing import Any

import pytest

from graph_ledger.connectors.sql import sql_connector
from graph_ledger.connectors.sql_reading import read_sql
from graph_ledger.connectors.sql_reading.column_order import Told, follow, producers_first
from graph_ledger.connectors.sql_reading.column_scopes import Catalogue
from graph_ledger.connectors.sql_reading.columns import read_columns
from graph_ledger.connectors.sql_reading.reading import Reading
from graph_ledger.connectors.warehouse import WarehouseConnector

WORDS = {"IDENTITY": "=", "TRANSFORMATION": "~", "AGGREGATION": "+"}


def flows(sql: str, catalogue: Catalogue | None = None, dialect: str = "bigquery") -> set[str]:
    """Every flow as ``column<table.column`` with ``=``, ``~`` or ``+`` for what is done with it, or the word of what it decides."""
    found = set()
    for statement in read_sql(sql, dialect=dialect):
        for tree in statement.trees:
            for _, to, table, column, _, subtype in read_columns(tree, catalogue or {}, dialect).flows:
                found.add(f"{to}{WORDS.get(subtype, f'<{subtype} ')}{table}.{column}")
    return found


CASES: dict[str, set[str]] = {
    "SELECT a, b + 1 AS c, SUM(d) AS s FROM t": {"a=t.a", "c~t.b", "s+t.d"},
    "SELECT a FROM t WHERE b > 1 AND t.c": {"a=t.a", "*<FILTER t.b", "*<FILTER t.c"},
    "SELECT t.a, u.b FROM t JOIN u ON t.k = u.l": {"a=t.a", "b=u.b", "*<JOIN t.k", "*<JOIN u.l"},
    "SELECT k, t.a FROM t LEFT JOIN u USING (k)": {"k=t.k", "k=u.k", "a=t.a", "*<JOIN t.k", "*<JOIN u.k"},
    "SELECT a AS x, COUNT(*) AS n FROM t GROUP BY 1 HAVING MAX(b) > 1 ORDER BY x": {
        "x=t.a", "*<GROUP_BY t.a", "*<FILTER t.b", "*<SORT t.a",
    },
    "SELECT CASE WHEN a THEN b ELSE c END AS x, IF(d, e, 1) AS y FROM t": {
        "x<CONDITIONAL t.a", "x~t.b", "x~t.c", "y<CONDITIONAL t.d", "y~t.e",
    },
    "SELECT ROW_NUMBER() OVER (PARTITION BY a ORDER BY b) AS n, SUM(c) OVER (PARTITION BY a) AS s FROM t": {
        "n<WINDOW t.a", "n<WINDOW t.b", "s+t.c", "s<WINDOW t.a",
    },
    "WITH q AS (SELECT * FROM t WHERE f), Q2 AS (SELECT a, SUM(b) AS b FROM Q GROUP BY a) SELECT a, b * 2 AS c FROM q2": {
        "a=t.a", "c+t.b", "*<FILTER t.f", "*<GROUP_BY t.a",
    },
    "SELECT a FROM t UNION ALL SELECT b FROM u WHERE c": {"a=t.a", "a=u.b", "*<FILTER u.c"},
    "SELECT x, y.z AS w FROM t, UNNEST(t.arr) AS x, t.brr AS y": {"x~t.arr", "w~t.brr"},
    "SELECT event.name, (SELECT value FROM UNNEST(event.params) WHERE key = 'a') AS p FROM t": {
        "name~t.event", "p~t.event", "*<FILTER t.event",
    },
    "SELECT a, (SELECT MAX(z) FROM w WHERE w.k = t.k) AS m FROM t WHERE b IN (SELECT c FROM v)": {
        "a=t.a", "m+w.z", "*<FILTER w.k", "*<FILTER t.k", "*<FILTER t.b", "*<FILTER v.c",
    },
    "SELECT COUNT(DISTINCT t) AS n, TO_JSON_STRING(t) AS j FROM t": {"n+t.*", "j~t.*"},
    "SELECT ARRAY(SELECT AS STRUCT v + 1 AS w FROM UNNEST(arr) AS v) AS q FROM t": {"q~t.arr"},
    "WITH m AS (SELECT a FROM t) SELECT w FROM UNNEST(GENERATE_DATE_ARRAY((SELECT MIN(a) FROM m), CURRENT_DATE())) AS w": {"w+t.a"},
    "SELECT * EXCEPT (b), b AS c FROM (SELECT a, b FROM t)": {"a=t.a", "c=t.b"},
    "SELECT * REPLACE (a + 1 AS a) FROM (SELECT a, b FROM t)": {"a~t.a", "b=t.b"},
    "SELECT a FROM t QUALIFY ROW_NUMBER() OVER (PARTITION BY b ORDER BY c) = 1": {"a=t.a", "*<WINDOW t.b", "*<WINDOW t.c"},
    "INSERT INTO o (p, q) SELECT a, b FROM t": {"p=t.a", "q=t.b"},
    "CREATE OR REPLACE VIEW o AS SELECT `p.d.t`.a FROM `p.d.t`": {"a=p.d.t.a"},
    "MERGE INTO o USING (SELECT k, a, b FROM t WHERE f) AS s ON o.k = s.k WHEN MATCHED AND s.b > 1 THEN UPDATE SET x = s.a + o.x "
    "WHEN NOT MATCHED THEN INSERT (k, y) VALUES (k, s.b)": {
        "x~t.a", "k=t.k", "y=t.b", "*<FILTER t.f", "*<JOIN t.k", "*<FILTER t.b",
    },
    "CREATE TABLE o AS SELECT p.d.t.a, t.b FROM p.d.t": {"a=p.d.t.a", "b=p.d.t.b"},
}  # fmt: skip


@pytest.mark.parametrize("sql", CASES)
def test_every_column_is_tied_to_what_it_comes_from(sql: str) -> None:
    assert flows(sql) == CASES[sql]


UNKNOWN = [
    "SELECT * FROM t",
    "SELECT a FROM t JOIN u ON t.k = u.k",
    "SELECT a, b FROM t, u",
    "SELECT t.x.*, t.a FROM t",
    "SELECT * FROM t PIVOT (SUM(a) FOR b IN ('x', 'y'))",
    "INSERT INTO o SELECT a FROM t",
    "SELECT a FROM t NATURAL JOIN u",
    "SELECT * FROM t UNION ALL SELECT * FROM u",
    "MERGE INTO o USING t ON o.k = t.k WHEN NOT MATCHED THEN INSERT ROW",
    "MERGE INTO o USING t ON k = t.k WHEN MATCHED THEN UPDATE SET x = t.a",
    "DELETE FROM o WHERE a IN (SELECT b FROM t)",
    "WITH RECURSIVE r AS (SELECT a FROM t UNION ALL SELECT x FROM r, u) SELECT a FROM r",
    "WITH RECURSIVE b AS (SELECT a, x FROM t), r AS (SELECT a, x FROM b UNION ALL SELECT x AS a, a AS x FROM r) SELECT a FROM r",
    "SELECT unknown.a FROM (SELECT b FROM t) AS q",
]


@pytest.mark.parametrize("sql", UNKNOWN)
def test_where_it_is_not_sure_nothing_is_said(sql: str) -> None:
    assert flows(sql) == set()


def test_what_is_unknown_of_one_table_leaves_the_others_as_they_are() -> None:
    assert flows("SELECT t.*, u.a FROM t JOIN u ON t.k = u.l") == {"a=u.a", "*<JOIN u.l"}


def test_a_catalogue_says_which_table_has_a_column_and_what_a_star_is() -> None:
    known = {"t": ("a", "k"), "u": ("k", "b"), "o": ("x", "y")}
    assert flows("SELECT a, b FROM t JOIN u ON t.k = u.k", known) == {"a=t.a", "b=u.b", "*<JOIN t.k", "*<JOIN u.k"}
    assert flows("SELECT * FROM t", known) == {"a=t.a", "k=t.k"}
    assert flows("SELECT * FROM t JOIN u USING (k)", known) == {"a=t.a", "k=t.k", "k=u.k", "b=u.b", "*<JOIN t.k", "*<JOIN u.k"}
    assert flows("INSERT INTO o SELECT k, a FROM t", known) == {"x=t.k", "y=t.a"}
    assert flows("SELECT nowhere FROM t", known) == set()


@pytest.mark.parametrize("dialect", ["", "postgres", "snowflake", "duckdb", "mysql", "tsql", "spark"])
def test_other_dialects_are_followed_too(dialect: str) -> None:
    assert flows("SELECT a, SUM(b) AS s FROM t WHERE c = 1 GROUP BY a", dialect=dialect) == {
        "a=t.a", "s+t.b", "*<FILTER t.c", "*<GROUP_BY t.a",
    }  # fmt: skip


def test_where_an_item_may_use_another_one_nothing_is_said_of_it() -> None:
    sql = "SELECT a + 1 AS b, b * 2 AS c FROM t"
    assert flows(sql, dialect="snowflake") == flows(sql, dialect="") == set()
    assert flows(sql) == {"b~t.a", "c~t.b"}


def told(*texts: str, **catalogue: tuple[str, ...]) -> dict[str, Told]:
    """What nodes named n0, n1, ... say of columns."""
    return follow({f"n{place}": [Reading(text, dialect="bigquery")] for place, text in enumerate(texts)}, catalogue)


def test_what_a_producer_gives_is_known_to_its_readers_in_whatever_order_they_come() -> None:
    found = told("SELECT * FROM n1", "SELECT * FROM n2", "SELECT a, b FROM raw")
    assert [found[name].names for name in ("n0", "n1", "n2")] == [("a", "b")] * 3
    assert ("n0", "a", "n1", "a", "DIRECT", "IDENTITY") in found["n0"].flows


def test_tables_that_read_each_other_end_and_say_what_they_can() -> None:
    found = told("SELECT a FROM n1", "SELECT a FROM n0")
    assert [len(found[name].flows) for name in ("n0", "n1")] == [1, 1]
    assert sorted(producers_first({"a": {"b"}, "b": {"a"}, "c": {"c"}})) == ["a", "b", "c"]


def test_an_input_that_one_statement_cannot_follow_is_not_known_at_all() -> None:
    script = "CREATE TABLE n0 AS SELECT a, u.b FROM t JOIN u ON t.k = u.k; SELECT t.c FROM t"
    assert told(script)["n0"].known == frozenset()
    script = "INSERT INTO n0 (a, b) SELECT t.a, u.b FROM t JOIN u ON t.k = u.k; DELETE FROM n0 WHERE a IN (SELECT x FROM t)"
    assert [sorted(told(script)["n0"].known), sorted(told(script)["n0"].inputs)] == [["u"], ["t", "u"]]


def test_a_variable_that_a_script_reads_is_no_column_of_its_result() -> None:
    script = "DECLARE d DATE DEFAULT (SELECT MAX(day) FROM t); SELECT a FROM u WHERE day > d"
    assert (sorted(told(script)["n0"].known), {flow[1] for flow in told(script)["n0"].flows}) == (["u"], {"a", "*"})


def test_both_renderings_of_a_template_count() -> None:
    script = "{% if is_init() %}SELECT a FROM t{% else %}SELECT b AS a FROM t{% endif %}"
    assert {flow[3] for flow in told(script)["n0"].flows} == {"a", "b"}
    script = "{% if is_init() %}SELECT * FROM t{% else %}SELECT a FROM t{% endif %}"
    assert (told(script)["n0"].known, told(script)["n0"].names) == (frozenset(), None)


BOMBS = {
    "brackets": "(" * 10_000 + "1" + ")" * 10_000,
    "queries": "(SELECT * FROM " * 10_000 + "t" + ")" * 10_000,
    "cases": "CASE WHEN a THEN " * 10_000 + "1" + " END" * 10_000,
    "signs": "- " * 10_000 + "1",
    "words": "NOT " * 10_000 + "TRUE",
    "types": "CAST(a AS " + "ARRAY<" * 10_000 + "INT64" + ">" * 10_000 + ")",
    "ten megabytes": "'" + "x" * 10_000_000 + "'",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_statement_that_is_too_much_is_refused_at_once_and_the_others_land(bomb: str) -> None:
    began = time.perf_counter()
    read = read_sql(f"SELECT a FROM before; SELECT {BOMBS[bomb]} FROM t; SELECT b FROM after", dialect="bigquery")
    assert [(each.status, each.inputs) for each in read] == [("parsed", ("before",)), ("refused", ()), ("parsed", ("after",))]
    assert "is the most" in str(read[1].reason) or "nested too deep" in str(read[1].reason)
    assert time.perf_counter() - began < 5


def test_long_and_flat_is_not_too_much() -> None:
    read = read_sql(
        "SELECT " + ", ".join(f"CAST(a{i} AS ARRAY<STRUCT<x INT64>>) AS b{i}" for i in range(500)) + " FROM t", dialect="bigquery"
    )
    assert [each.status for each in read] == ["parsed"]
    assert len(flows(" UNION ALL ".join(["SELECT a FROM t"] * 2_000))) == 1
    deep = "WITH c0 AS (SELECT * FROM t)" + "".join(f", c{i} AS (SELECT * FROM c{i - 1})" for i in range(1, 1_000)) + " SELECT a FROM c999"
    assert flows(deep) == {"a=t.a"}


def test_the_warehouse_connector_gives_columns_and_says_how_many(tmp_path: Path) -> None:
    for table, sql in {
        "raw_users": "SELECT id, country FROM p.raw.users",
        "wide": "SELECT * FROM p.d.raw_users WHERE country = 'x'",
        "events_1": "SELECT a FROM p.raw.e",
        "reads_all": "SELECT e.a FROM `p.d.events_*` AS e",
        "strange": "SELECT * FROM p.raw.users",
    }.items():
        kind = "view.sql" if table == "wide" else "query.sql"
        place = tmp_path / "sql" / "p" / "d" / table / kind
        place.parent.mkdir(parents=True)
        place.write_text(f"CREATE VIEW p.d.wide AS {sql}" if table == "wide" else sql, encoding="utf-8")
    connector = WarehouseConnector(tmp_path, cache=False)
    nodes = {node.name.rpartition(".")[2]: node for node in connector.discover()}
    assert {(f.output, f.output_column, f.input, f.input_column) for f in nodes["wide"].columns} == {
        ("p.d.wide", "id", "p.d.raw_users", "id"), ("p.d.wide", "country", "p.d.raw_users", "country"),
        ("p.d.wide", "*", "p.d.raw_users", "country"),
    }  # fmt: skip
    assert {flow.input for flow in nodes["reads_all"].columns} == {"p.d.events_*", "p.d.events_1"}
    assert nodes["strange"].columns == ()
    assert connector.totals["columns"] == {"nodes": 5, "named": 4, "inputs": 5, "known": 4, "flows": 7}
    assert all(node.columns == () for node in WarehouseConnector(tmp_path, columns=False, cache=False).discover())
    known = WarehouseConnector(tmp_path, catalogue={"P.raw.Users": ["ID", "country"]}, cache=False)
    assert {flow.output_column for node in known.discover() if node.name == "p.d.strange" for flow in node.columns} == {"id", "country"}


def test_a_registry_of_jobs_gives_the_columns_of_its_sql() -> None:
    class Registry:
        def execute(self, query: str) -> list[dict[str, str]]:
            return [
                {"job": "daily", "code": "INSERT INTO out (a) SELECT b FROM raw", "writes": ""},
                {"job": "view", "code": "SELECT c FROM raw WHERE d", "writes": "seen"},
                {"job": "two", "code": "INSERT INTO x (a) SELECT b FROM raw", "writes": ""},
                {
                    "job": "two",
                    "code": "INSERT INTO x (a) SELECT raw.b FROM raw JOIN u USING (k); INSERT INTO y SELECT * FROM u",
                    "writes": "",
                },
                {"job": "scan", "code": "SELECT c FROM raw", "writes": ""},
            ]

    def nodes(**more: Any) -> dict[str, set[tuple[str, ...]]]:
        connector = sql_connector("jobs", Registry(), "q", "job", sql_column="code", output_columns=["writes"], **more)
        return {node.name: {(f.output, f.output_column, f.input, f.input_column) for f in node.columns} for node in connector.discover()}

    assert nodes() == {
        "daily": {("out", "a", "raw", "b")},
        "view": {("seen", "c", "raw", "c"), ("seen", "*", "raw", "d")},
        "two": {("x", "a", "raw", "b"), ("x", "*", "raw", "k")},
        "scan": set(),
    }
    assert not any(nodes(columns=False).values())

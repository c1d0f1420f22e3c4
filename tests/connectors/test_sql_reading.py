"""What a text of SQL reads and writes, and how sure that is."""

import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_ledger.connectors.sql_reading import CoverageLine, Home, Statement, read_sql, report, totals, worst
from graph_ledger.connectors.sql_reading.splitting import split

HOME = Home("p", "d")


def read(text: str, **options: Any) -> tuple[set[str], set[str]]:
    """Return what every statement together reads and writes, in the warehouse's dialect."""
    statements = read_sql(text, **{"dialect": "bigquery", "home": HOME, **options})
    return {name for s in statements for name in s.inputs}, {name for s in statements for name in s.outputs}


def anywhere(text: str, dialect: str | None = None) -> tuple[set[str], set[str]]:
    return read(text, dialect=dialect, home=None, templates=False)


READS = {
    "short names get the folder's": ("SELECT * FROM t, x.y, `q.x.y`, `q`.x.y, q.x.`y`", {"p.d.t", "p.x.y", "q.x.y"}),
    "names lose case and partition": ("SELECT * FROM `Q.X.Y$20260101`", {"q.x.y"}),
    "a hyphenated project": ("SELECT * FROM my-project.x.y", {"my-project.x.y"}),
    "a wildcard stays as written": ("SELECT * FROM `q.x.events_*`", {"q.x.events_*"}),
    "names of CTEs ignore case": ("WITH c AS (SELECT 1) SELECT * FROM C", set()),
    "an inner CTE hides an outer one": ("WITH a AS (SELECT 1) SELECT * FROM (WITH b AS (SELECT * FROM a) SELECT * FROM b), b", {"p.d.b"}),
    "a CTE does not see itself": ("WITH a AS (SELECT * FROM a) SELECT * FROM a", {"p.d.a"}),
    "nor a later one": ("WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a", {"p.d.b"}),
    "a recursive one does": ("WITH RECURSIVE a AS (SELECT 1 UNION ALL SELECT * FROM a) SELECT * FROM a", set()),
    "a CTE named as a dataset": ("WITH x AS (SELECT * FROM x.y) SELECT * FROM x", {"p.x.y"}),
    "an array of a source": ("SELECT * FROM t AS e, e.items, UNNEST(e.others) AS o, o.more", {"p.d.t"}),
    "an array of an outer source": ("SELECT ARRAY(SELECT i FROM _Cur.items.more AS i) FROM t AS _cur", {"p.d.t"}),
    "an array of a table by its last name": ("SELECT * FROM q.x.y, y.items", {"q.x.y"}),
    "a derived table sees no sibling": ("SELECT * FROM t AS x, (SELECT * FROM x.y)", {"p.d.t", "p.x.y"}),
    "a table after a source of another name": ("WITH params AS (SELECT 1) SELECT * FROM params, q.x.y AS e", {"q.x.y"}),
    "EXTRACT and DISTINCT FROM": ("SELECT EXTRACT(DATE FROM x.y) FROM t WHERE a IS DISTINCT FROM b.c", {"p.d.t"}),
    "comments and strings": ('SELECT \'from a.b\', """from c; d""" /* from e */ FROM t -- from f\n # from g', {"p.d.t"}),
    "subqueries in any clause": (
        """SELECT (SELECT 1 FROM a) FROM b JOIN c ON c.x IN (SELECT 1 FROM e) WHERE EXISTS(SELECT 1 FROM f)
        QUALIFY 1 = (SELECT 1 FROM g) ORDER BY (SELECT 1 FROM h)""",
        {f"p.d.{name}" for name in "abcefgh"},
    ),
    "joins in brackets": ("SELECT * FROM a JOIN (b JOIN c USING (x)) USING (x)", {"p.d.a", "p.d.b", "p.d.c"}),
    "table functions": ("SELECT * FROM q.x.tvf(1), ML.PREDICT(MODEL q.x.m, (SELECT * FROM t))", {"p.d.t"}),
    "system views": (
        "SELECT * FROM `region-us`.INFORMATION_SCHEMA.JOBS, `q.x.INFORMATION_SCHEMA.TABLES`, x.__TABLES__, `q`.`x.INFORMATION_SCHEMA.JOBS`",
        set(),
    ),
    "a body of a function": ("CREATE TEMP FUNCTION f(x INT64) AS ((SELECT MAX(y) FROM t)); SELECT f(1) FROM u", {"p.d.t", "p.d.u"}),
    "pivots": ("SELECT * FROM t PIVOT(SUM(a) FOR b IN ('x')) AS v, v.items", {"p.d.t"}),
    "pipes": ("FROM x.y |> JOIN q.x.z USING (i) |> WHERE i > 1", {"p.x.y", "q.x.z"}),
    "only a literal is executed": ("EXECUTE IMMEDIATE 'SELECT 1 FROM t'", {"p.d.t"}),
}

WRITES = {
    "INSERT": ("INSERT x.y (a) SELECT a FROM t", {"p.d.t"}, {"p.x.y"}),
    "CREATE and INSERT": ("CREATE TABLE t (a INT64); INSERT INTO t VALUES (1)", set(), {"p.d.t"}),
    "a view names another than its folder": ("CREATE VIEW `q.x.v` AS SELECT * FROM t", {"p.d.t"}, {"q.x.v"}),
    "a materialized view": ("CREATE MATERIALIZED VIEW x.v AS SELECT * FROM t", {"p.d.t"}, {"p.x.v"}),
    "MERGE": ("MERGE x.y AS a USING (SELECT * FROM t) AS b ON a.i = b.i WHEN MATCHED THEN DELETE", {"p.d.t"}, {"p.x.y"}),
    "an array of a MERGE's target": (
        "MERGE x.y AS a USING t AS b ON TRUE WHEN MATCHED THEN UPDATE SET z = (SELECT MAX(i) FROM a.items)",
        {"p.d.t"},
        {"p.x.y"},
    ),
    "UPDATE": ("UPDATE x.y SET a = 1 FROM t WHERE EXISTS(SELECT 1 FROM y.items)", {"p.d.t"}, {"p.x.y"}),
    "DELETE": ("DELETE FROM x.y WHERE a IN (SELECT a FROM t)", {"p.d.t"}, {"p.x.y"}),
    "TRUNCATE": ("TRUNCATE TABLE x.y", set(), {"p.x.y"}),
    "LOAD DATA": ("LOAD DATA INTO x.y FROM FILES (uris = ['gs://a'])", set(), {"p.x.y"}),
    "EXPORT DATA": ("EXPORT DATA OPTIONS (uri = 'gs://a') AS SELECT * FROM t", {"p.d.t"}, set()),
    "a clone of a moment": (
        "DROP SNAPSHOT TABLE x.y; CREATE SNAPSHOT TABLE x.y CLONE q.x.z FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP()",
        {"q.x.z"},
        {"p.x.y"},
    ),
    "a table that is written and read": ("CREATE TABLE t AS SELECT 1; SELECT * FROM t", {"p.d.t"}, {"p.d.t"}),
    "temporary tables": (
        "CREATE TEMP TABLE t AS SELECT * FROM u; MERGE x.y USING T ON FALSE WHEN NOT MATCHED THEN INSERT ROW; SELECT * FROM _SESSION.v",
        {"p.d.u"},
        {"p.x.y"},
    ),
    "a temporary table until it is dropped": ("CREATE TEMP TABLE t (a INT64); DROP TABLE t; SELECT * FROM t", {"p.d.t"}, set()),
    "loops": (
        "FOR r IN (SELECT a FROM t) DO INSERT INTO x.y SELECT r.a; END FOR; l: LOOP SET i = (SELECT 1 FROM u); LEAVE l; END LOOP l",
        {"p.d.t", "p.d.u"},
        {"p.x.y"},
    ),
    "branches": (
        """IF EXISTS(SELECT 1 FROM t) THEN DELETE FROM x.y WHERE TRUE; ELSEIF (SELECT b FROM u) THEN SELECT 1 FROM v;
        ELSE SELECT IF(a, 1, 2) FROM w; END IF; CASE WHEN TRUE THEN SELECT CASE WHEN a THEN 1 END FROM k; END CASE""",
        {"p.d.t", "p.d.u", "p.d.v", "p.d.w", "p.d.k"},
        {"p.x.y"},
    ),
    "a procedure": ("CREATE PROCEDURE d.f(a INT64) BEGIN INSERT INTO x.y SELECT * FROM t; END", {"p.d.t"}, {"p.x.y"}),
    "a block that catches": ("BEGIN SELECT 1 FROM t; EXCEPTION WHEN ERROR THEN INSERT INTO x.y SELECT 1; END", {"p.d.t"}, {"p.x.y"}),
    "ASSERT": ("ASSERT (SELECT COUNT(*) FROM t) > 0 AS 'empty'", {"p.d.t"}, set()),
    "DECLARE and SET": (
        "DECLARE a DATE DEFAULT (SELECT MAX(b) FROM t); SET (b, c) = (SELECT AS STRUCT 1, 2 FROM u)",
        {"p.d.t", "p.d.u"},
        set(),
    ),
}

ANYWHERE = {
    "quoted": ('SELECT * FROM "a"."b"', {"a.b"}, set()),
    "back-ticked": ("SELECT * FROM `a`.`b`", {"a.b"}, set()),
    "bracketed": ("SELECT * FROM [dbo].[t]", {"dbo.t"}, set()),
    "hyphenated": ("SELECT * FROM my-proj.ds.t", {"my-proj.ds.t"}, set()),
    "comma joins": ("SELECT * FROM a, b, c.d", {"a", "b", "c.d"}, set()),
    "four parts": ("SELECT * FROM srv.a.b.c", {"srv.a.b.c"}, set()),
    "a MERGE's source": ("MERGE INTO a USING b ON a.i = b.i WHEN MATCHED THEN DELETE", {"b"}, {"a"}),
    "UPDATE": ("UPDATE a SET x = 1", set(), {"a"}),
    "DELETE": ("DELETE FROM a WHERE x = 1", set(), {"a"}),
    "COPY INTO": ("COPY INTO a.b FROM @stage", set(), {"a.b"}),
    "SELECT INTO": ("SELECT x INTO s.o FROM t", {"t"}, {"s.o"}),
    "REPLACE INTO": ("REPLACE INTO a SELECT * FROM b", {"b"}, {"a"}),
    "CREATE VIEW": ("CREATE OR REPLACE VIEW v AS SELECT * FROM t", {"t"}, {"v"}),
    "CREATE MATERIALIZED VIEW": ("CREATE MATERIALIZED VIEW v AS SELECT * FROM t", {"t"}, {"v"}),
    "CREATE TEMP TABLE": ("CREATE TEMP TABLE v AS SELECT * FROM t", {"t"}, set()),
    "CREATE TRANSIENT TABLE": ("CREATE TRANSIENT TABLE v AS SELECT * FROM t", {"t"}, {"v"}),
    "a name that looks like a clause": ("SELECT valid_from AS vf FROM t", {"t"}, set()),
    "functions that say FROM": ("SELECT EXTRACT(YEAR FROM ts), TRIM(BOTH 'x' FROM name) FROM t WHERE a IS DISTINCT FROM b", {"t"}, set()),
    "comments that say FROM": ("-- data from upstream team\nSELECT 1 /* insert into x */ FROM t", {"t"}, set()),
    "text that says FROM": ("SELECT 'from a', 'insert into b' FROM t", {"t"}, set()),
    "GRANT": ("GRANT INSERT ON t TO u", set(), set()),
    "a written WITH": ("WITH x AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * FROM x", set(), {"a", "b"}),
    "an UPDATE by its alias": ("UPDATE t SET x = 1 FROM real_t AS t JOIN b ON TRUE", {"b", "real_t"}, {"real_t"}),
    "LIKE and REFERENCES": ("CREATE TABLE a LIKE b; CREATE TABLE c (i INT REFERENCES e (i))", set(), {"a", "c"}),
}


@pytest.mark.parametrize(("text", "inputs"), READS.values(), ids=READS)
def test_every_table_that_is_read_is_named(text: str, inputs: set[str]) -> None:
    assert read(text)[0] == inputs


@pytest.mark.parametrize(("text", "inputs", "outputs"), WRITES.values(), ids=WRITES)
def test_every_table_that_is_written_is_named(text: str, inputs: set[str], outputs: set[str]) -> None:
    assert read(text) == (inputs, outputs)


@pytest.mark.parametrize(("text", "inputs", "outputs"), ANYWHERE.values(), ids=ANYWHERE)
def test_sql_of_an_unnamed_dialect_is_read(text: str, inputs: set[str], outputs: set[str]) -> None:
    assert anywhere(text) == (inputs, outputs)


@pytest.mark.parametrize(
    ("text", "dialect", "inputs", "outputs"),
    [
        ("SELECT * INTO #t FROM z; SELECT * FROM #t, @v", "tsql", {"z"}, set()),
        ("WITH a AS (SELECT * FROM a) SELECT * FROM a", "tsql", set(), set()),
        ("DELETE a FROM a JOIN b ON a.x = b.x", "mysql", {"a", "b"}, {"a"}),
        ("UPDATE a JOIN b ON a.x = b.x SET a.y = 1", "mysql", {"b"}, {"a"}),
        ("INSERT ALL INTO a VALUES (1) INTO b VALUES (2) SELECT * FROM c", "oracle", {"c"}, {"a", "b"}),
        ("SELECT * FROM t, LATERAL FLATTEN(input => t.x) AS f, TABLE(g(1))", "snowflake", {"t"}, set()),
        ("SELECT $$ from a; b $$ FROM t", "postgres", {"t"}, set()),
        ("SELECT 'c:\\'; SELECT 1 FROM t", "postgres", {"t"}, set()),
    ],
)
def test_a_dialect_is_read_as_its_own(text: str, dialect: str, inputs: set[str], outputs: set[str]) -> None:
    assert anywhere(text, dialect) == (inputs, outputs)


@pytest.mark.parametrize(
    ("text", "status", "reason"),
    [
        ("SELECT 1", "parsed", None),
        ("SELECT * FROM EXTERNAL_QUERY('c', 'SELECT 1 FROM t')", "partly", "federated query"),
        ("EXECUTE IMMEDIATE CONCAT('a', b)", "partly", "dynamic SQL"),
        ("CALL d.f(1)", "partly", "dynamic SQL"),
        ("SELECT * FROM {{ metrics.calculate(a=1) }}", "partly", "unresolved template call"),
        ("{{ config(a=1) }} SELECT * FROM t", "partly", "unresolved template call"),
        ("SELECT * FROM {% import 'm' as m %}{{ m.f() }}", "partly", "unresolved template call"),
        ("SELECT * FROM `{{ project }}.x.y`", "partly", "unresolved template call"),
        ("SELECT * FROM t WHERE a = '{{ ds }}'", "parsed", None),
        ("SELECT\n  *\nFROM\n  WHERE", "refused", "Expected table name but got WHERE, line 4"),
        ("SELECT {% if %}", "refused", "template: Expected an expression, got 'end of statement block', line 1"),
        ("SELECT {{ 'a' * 10 ** 9 }}", "refused", "template: the template asks for a text that is too long"),
        ("SELECT {{ 9 ** 9 ** 9 ** 99 ** 99 }}", "refused", "template: the template asks for a number that is too large"),
        ("SELECT {{ ''.__class__.__mro__ }} FROM t", "parsed", None),
        ("SELECT " + "(" * 5000 + "1" + ")" * 5000, "refused", "nested too deep, line 1"),
        ("DO WHATEVER", "refused", "this statement is not understood, line 1"),
    ],
)
def test_a_statement_says_how_well_it_was_read(text: str, status: str, reason: str | None) -> None:
    (statement,) = read_sql(text, dialect="bigquery", home=HOME)
    assert (statement.status, statement.reason) == (status, reason)


def test_a_statement_that_fails_does_not_cost_the_others() -> None:
    statements = read_sql("SELECT 1 FROM a;\nSELECT FROM WHERE;\nSELECT 2 FROM b", dialect="bigquery")
    assert [(s.number, s.status, s.inputs) for s in statements] == [(1, "parsed", ("a",)), (2, "refused", ()), (3, "parsed", ("b",))]
    assert statements[1].reason is not None
    assert statements[1].reason.endswith("line 2")


def test_a_template_is_read_as_the_daily_run_and_as_the_first_fill() -> None:
    statements = read_sql("{% if is_init() %}SELECT 1 FROM a{% else %}SELECT 1 FROM b{% endif %}", dialect="bigquery")
    assert [(s.rendering, s.inputs) for s in statements] == [("daily", ("b",)), ("init", ("a",))]


def test_a_template_that_is_only_a_comment_or_raw_is_read_once() -> None:
    text = "{# note #} SELECT 1 FROM t -- {% raw %}{{ x }}{% endraw %}"
    assert [(s.rendering, s.inputs) for s in read_sql(text, dialect="bigquery")] == [("daily", ("t",))]


def test_a_federated_query_names_its_connection() -> None:
    (statement,) = read_sql("SELECT * FROM EXTERNAL_QUERY('proj.us.db', 'SELECT 1')", dialect="bigquery")
    assert statement.connections == ("proj.us.db",)


def test_a_mirror_is_the_original_where_that_is_said() -> None:
    assert read("SELECT * FROM `mirror.x.y`", home=Home("p", "d", {"mirror": "q"}))[0] == {"q.x.y"}


def test_thousands_of_branches_are_no_depth() -> None:
    assert read(" UNION ALL ".join(["SELECT 1 FROM t"] * 4000))[0] == {"p.d.t"}


@pytest.mark.parametrize("text", ["", " ;; ; -- nothing\n", "/* a; b */", "\ufeff"])
def test_a_text_without_statements_has_none(text: str) -> None:
    assert read_sql(text, dialect="bigquery") == []


@given(st.text(alphabet="abSELECTFROM from;'\"`-#/*\n{}%$()[],.\\\0é", max_size=60))
def test_no_text_ever_raises(text: str) -> None:
    assert all(isinstance(statement, Statement) for statement in read_sql(text, dialect="bigquery"))


PLACES = st.sampled_from(["'{}'", '"""{}"""', "/* {} */", "-- {}\n", "# {}\n", "`{}`"])


@given(st.lists(st.tuples(PLACES, st.text(string.ascii_letters + " ;", max_size=10)), max_size=6))
def test_a_semicolon_that_is_hidden_never_splits(parts: list[tuple[str, str]]) -> None:
    text = "SELECT 1 " + " ".join(place.format(inner) for place, inner in parts)
    assert len(split(text, "bigquery")) == 1
    assert len(split(f"{text}\n; {text}\n;", "bigquery")) == 2


NAMES = st.lists(st.from_regex(r"t_[a-z]{1,5}", fullmatch=True), min_size=1, max_size=5, unique=True)


@given(names=NAMES, ctes=NAMES)
def test_names_of_ctes_are_never_inputs_whatever_their_case(names: list[str], ctes: list[str]) -> None:
    hidden = [f"c{name}" for name in ctes]
    clause = ", ".join(f"{name} AS (SELECT * FROM {table})" for name, table in zip(hidden, names * len(hidden), strict=False))
    found, _ = read(f"WITH {clause} SELECT * FROM {', '.join(name.upper() for name in [*hidden, *names])}")
    assert found == {f"p.d.{name}" for name in names}


def line(status: str, reason: str | None = None, *, node: str = "a", rendering: str = "plain") -> CoverageLine:
    fields = {"node": node, "file": "f", "statement": 1, "kind": "select", "rendering": rendering, "inputs": (), "outputs": ()}
    return CoverageLine.model_validate({**fields, "status": status, "reason": reason})


def test_a_node_is_as_sure_as_its_worst_statement() -> None:
    assert worst(["parsed", "refused", "partly"]) == "refused"
    lines = [line("parsed"), line("partly", "dynamic SQL"), line("refused", "x, line 1", node="b"), line("parsed", rendering="init")]
    assert totals(lines, nodes=3) == {
        "nodes": 3,
        "statements": 3,
        "parsed": 1,
        "partly": 1,
        "refused": 1,
        "reasons": {"dynamic SQL": 1, "refused": 1},
    }


def test_a_report_is_one_json_line_a_statement_and_the_totals() -> None:
    first, last = report([line("parsed")], {"nodes": 1})
    assert first.startswith('{"node":"a","file":"f","statement":1,"kind":"select","rendering":"plain","status":"parsed","reason":null,')
    assert last == '{"nodes": 1}'

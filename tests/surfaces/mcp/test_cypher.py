"""The tool cypher: reads the graph, and nothing else."""

from typing import Any

import pytest

from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.mcp.budget import Budget
from tests.graph import counts
from tests.surfaces.mcp.talk import call, served, text

QUOTE = "MATCH (`'`) RETURN apoc.load.json('http://x') AS `'`"
REFUSED = [
    "CREATE (n:Hacked) RETURN n",
    "MATCH (n:ModelRef) DETACH DELETE n",
    "MATCH (n:ModelRef) SET n.owner = 'me' RETURN n",
    "MATCH (n:ModelRef) REMOVE n.owner",
    "MERGE (n:Hacked {x: 1})",
    "MATCH (n) CALL (n) { CREATE (m:Hacked) RETURN m } RETURN m",
    "MATCH (n:ModelRef) CALL (n) { SET n.x = 1 } IN TRANSACTIONS RETURN 1",
    "WITH 1 AS x FOREACH (y IN [1] | CREATE (:Hacked))",
    "USING PERIODIC COMMIT LOAD CSV FROM 'file:///etc/passwd' AS line CREATE (n)",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "MATCH (n) WITH n LIMIT 1 LOAD CSV FROM 'http://127.0.0.1:1/x' AS line RETURN line",
    "MATCH (n) WHERE EXISTS { LOAD CSV FROM 'file:///x' AS l RETURN l } RETURN n",
    "RETURN COLLECT { LOAD CSV FROM 'file:///x' AS l RETURN l } AS z",
    "CALL dbms.listConfig()",
    "CALL dbms.listConnections()",
    "CALL dbms.killConnection('bolt-1')",
    "CALL dbms.queryJmx('*:*')",
    "UNWIND [1] AS x CALL (x) { CALL dbms.components() YIELD name RETURN name } RETURN name",
    "CALL `dbms`.`components`()",
    "CALL `dbms.components`()",
    "CALL db.clearQueryCaches()",
    "CALL db.createLabel('Hacked')",
    "CALL db.awaitIndexes(300)",
    "CALL db.stats.retrieve('QUERIES')",
    "CALL db.prepareForReplanning()",
    "CALL tx.setMetaData({a: 1})",
    "CALL apoc.load.json('http://x')",
    "CALL apoc.export.csv.all('x.csv', {})",
    "RETURN apoc.load.json('http://x')",
    "RETURN apoc . cypher . runFirstColumn ('CREATE (n)', {})",
    "RETURN `apoc.load.json`('x')",
    QUOTE,
    "RETURN '\\\\' + apoc.load.json('x') + ''",
    "RETURN 1 AS `a``b'` , apoc.load.json('http://x') AS `'`",
    "RETURN genai.vector.encode('x', 'OpenAI', {})",
    "SHOW SETTINGS",
    "SHOW TRANSACTIONS",
    "SHOW DATABASES",
    "SHOW USERS",
    "SHOW PROCEDURES YIELD name RETURN name",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "ALTER USER neo4j SET PASSWORD 'hacked12'",
    "CREATE USER bob SET PASSWORD 'abcdefghi'",
    "DROP DATABASE neo4j",
    "CREATE INDEX hacked FOR (n:Hacked) ON (n.x)",
    "DROP CONSTRAINT model_ref_key",
    "USE system SHOW USERS",
    "USE system MATCH (n) RETURN n",
    "EXPLAIN CREATE (n)",
    "PROFILE MATCH (n) RETURN n",
    "CYPHER runtime=slotted MATCH (n) RETURN n",
    "CYPHER 25 CREATE (n)",
    "/* MATCH */ CREATE (n:Hacked)",
    "// MATCH\nCREATE (n:Hacked)",
    "MATCH (n) RETURN n; MATCH (m) DETACH DELETE m",
    "MATCH (n) RETURN n // ; \n ; CREATE (m:Hacked)",
    "MATCH (n) RETURN \\u006c\\u006f\\u0061d('x')",
    "C\\u0052EATE (n:Hacked)",
    "RETURN 1 UNION CREATE (n:Hacked) RETURN 1",
    "// MATCH\rCREATE (n:Hacked) //\nRETURN 1",
    "RETURN 1 //\r, apoc.load.json('http://x') AS x",
    "MATCH (n:ModelRef) RETURN n.na\u200bme",
    "MATCH (n:ModelRef)\x1fRETURN n",
    "MATCH (n:ModelRef) RETURN n // \u202e",
    "MATCH (n",
    "",
    "   ",
]


SECRETS = [
    "MATCH (k:ApiKey) RETURN k.digest",
    "MATCH (k:`ApiKey`) RETURN properties(k)",
    "MATCH (k:ApiKey) RETURN count(*)",
    "MATCH (k:ApiKey {name: 'hidden'}) RETURN k",
    "MATCH (k:ApiKey) WHERE k.name STARTS WITH 'h' RETURN k",
    "MATCH (k:Port|ApiKey) RETURN k",
    "MATCH (k) RETURN properties(k)",
    "MATCH (k:!ModelRef) RETURN k",
    "MATCH (k:%) RETURN k",
    "MATCH (k) WHERE k.name = 'hidden' RETURN k",
    "MATCH (k)-[*0..1]-() RETURN k",
    "WITH 'Api' + 'Key' AS label MATCH (k:$(label)) RETURN k",
    "MATCH (k) WHERE elementId(k) = $key RETURN k",
    "MATCH (k) WHERE elementId(k) IN [$key] RETURN k",
    "RETURN COLLECT { MATCH (k:ApiKey) RETURN k.digest } AS found",
    "RETURN [x IN [1] | COLLECT { MATCH (k) RETURN properties(k) }] AS found",
    "RETURN CASE WHEN true THEN COLLECT { MATCH (k:ApiKey) RETURN k.digest } END AS found",
    "MATCH (m:ModelRef) WHERE any(x IN [1] WHERE EXISTS { MATCH (k) WHERE k.digest STARTS WITH 'a' }) RETURN m",
    "RETURN reduce(n = 0, x IN [1] | n + COUNT { MATCH (k) WHERE k.digest STARTS WITH 'a' }) AS found",
    "MATCH (m:ModelRef) CALL (m) { MATCH (k:ApiKey) RETURN k.digest AS digest } RETURN digest",
]


def ask(ledger: Ledger, statement: str, parameters: dict[str, Any] | None = None, rows: int = 200) -> Any:
    given = {"statement": statement, "parameters": parameters or {}}
    return served(ledger, call("cypher", given), cypher=True, budget=Budget(rows=rows, seconds=10))


@pytest.mark.parametrize("statement", REFUSED)
def test_what_does_more_than_read_the_graph_is_refused(bank: Ledger, statement: str) -> None:
    before = counts(bank)
    result = ask(bank, statement)
    assert result.is_error
    assert result.structured_content["error"] in {"NotAllowedError", "ValidationError"}
    assert "Traceback" not in text(result)
    assert counts(bank) == before


@pytest.mark.parametrize("statement", SECRETS)
def test_keys_are_not_shown_however_they_are_asked_for(bank: Ledger, statement: str) -> None:
    result = ask(bank, statement, {"key": "4:x:0"} if "$key" in statement else None)
    assert (result.is_error, result.structured_content["error"]) == (True, "NotAllowedError"), text(result)


@pytest.mark.parametrize(
    "statement",
    [
        "MATCH (m:ModelRef) RETURN count(*) AS n",
        "OPTIONAL MATCH (m:ModelRef {key: $key}) RETURN m",
        "WITH date('2026-06-30') AS day RETURN day, datetime.truncate('day', datetime()) <= datetime() AS past",
        "UNWIND ['it\\'s', \"CREATE (n)\", 'apoc.load.json(x)'] AS text RETURN text",
        "MATCH (m:ModelRef) WHERE EXISTS { (m)-[:FEEDS]->(:Port) } RETURN m.key ORDER BY m.key",
        "MATCH p = (:ModelRef)-[:FEEDS]->(:Port) RETURN p LIMIT 1",
        "CALL db.labels() YIELD label RETURN label",
        "MATCH (m:ModelRef) CALL (m) { MATCH (m)-[:HAS_SNAPSHOT]->(s) RETURN count(s) AS events } RETURN m.key, events",
        "// a comment\nMATCH (m:ModelRef) RETURN labels(m)[0] AS label, count(*) AS n /* DELETE */",
        "MATCH (`m`:ModelRef) RETURN `m`.`name`",
        "MATCH (`m\x1f`:ModelRef)\r\n\tRETURN 'a\u200bb' AS text // \r , count(*) AS n",
        "MATCH (n) RETURN count(*) AS nodes",
        "MATCH (m:ModelRef) RETURN m.key, [(m)-[:FEEDS]->(port:Port) | port.key] AS ports, COUNT { (m)-->() } AS ways",
    ],
)
def test_what_reads_is_answered(bank: Ledger, statement: str) -> None:
    result = ask(bank, statement, {"key": "ml/fraud_scoring"} if "$key" in statement else None)
    assert not result.is_error, text(result)
    assert result.structured_content["columns"]


def test_rows_are_bounded_and_it_says_so(bank: Ledger) -> None:
    answer = ask(bank, "UNWIND range(1, 100000000) AS x RETURN x", rows=7).structured_content
    assert ([row[0] for row in answer["rows"]], answer["complete"]) == ([1, 2, 3, 4, 5, 6, 7], False)
    assert ask(bank, "UNWIND range(1, 7) AS x RETURN x", rows=7).structured_content["complete"]


def test_one_value_that_is_as_large_as_a_graph_is_over_budget(bank: Ledger) -> None:
    large = "RETURN reduce(text = 'x', n IN range(1, 21) | text + text) AS text"
    assert ask(bank, large).structured_content["limit"] == "bytes"


def test_it_is_there_only_where_it_is_allowed(bank: Ledger) -> None:
    async def names(client: Any) -> set[str]:
        return {tool.name for tool in (await client.list_tools()).tools}

    assert "cypher" not in served(bank, names)
    assert "cypher" in served(bank, names, cypher=True)

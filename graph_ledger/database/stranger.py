"""Stranger: a statement of somebody who may only read, explained before it is run, and run within bounds."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from unicodedata import category

from neo4j import READ_ACCESS, ManagedTransaction
from neo4j.exceptions import ClientError

from graph_ledger.database.database import Database, timed
from graph_ledger.database.failures import mapped, too_large
from graph_ledger.errors import BatchTooLargeError, NotAllowedError, OverBudgetError, ValidationError

READS = "r"
"""What EXPLAIN calls a statement that only reads; also LOAD CSV and most SHOW commands, so it does not suffice."""
BEGINNINGS = ("MATCH", "OPTIONAL", "WITH", "UNWIND", "RETURN", "CALL")
PROCEDURES = frozenset(
    {
        "db.labels", "db.propertyKeys", "db.relationshipTypes", "db.schema.nodeTypeProperties", "db.schema.relTypeProperties",
        "db.index.fulltext.queryNodes", "db.index.fulltext.queryRelationships",
    }
)  # fmt: skip
"""Procedures that read the graph and nothing else."""
FUNCTIONS = frozenset({"date", "datetime", "duration", "localdatetime", "localtime", "time", "point", "vector"})
"""First parts of the server's own functions that have several; those of plug-ins may do anything."""
REFUSED = re.compile(r"LoadCSV|Show|Terminate|Administration|System|Transaction|Foreach|Create|Delete|Merge|Set|Remove|Drop|Alter")
TOKENS = re.compile(r"`(?P<name>[^`]*)`|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|//[^\r\n]*|/\*.*?\*/", re.DOTALL)
ANYWHERE = re.compile(r"AllNodesScan|^Node\w*ByIdSeek|^Node\w*ByElementIdSeek|Dynamic")
"""Steps that find nodes of any label, those of keys among them; no relationship leads to a key."""
KEYS = re.compile(r"\bApiKey\b")
HIDDEN = re.compile(r"\b(?:COLLECT|COUNT|EXISTS) \{")
"""A question inside of an expression, of which EXPLAIN shows no steps."""
INVISIBLE = frozenset({"Cc", "Cf"})
CALLED = re.compile(r"(\w+(?:\s*\.\s*\w+)+)\s*\(")
MENDABLE = ("Neo.ClientError.Statement.", "Neo.ClientError.Procedure.")
"""What the server calls a fault of the statement itself."""
NEEDED = "a statement that only reads the graph"


class Rows(NamedTuple):
    """What a statement returned."""

    columns: list[str]
    rows: list[list[Any]]
    """As many as were asked for, at most."""
    complete: bool
    """Whether that is all."""


def ask(database: Database, text: str, parameters: Mapping[str, Any], most: int) -> Rows:
    """Run a statement that only reads the graph; return at most so many rows.

    Raises:
        NotAllowedError: It would write, read a file or an address, call a procedure, or look at the server or its keys.
        ValidationError: It is no statement.
        OverBudgetError: It takes longer than its request may.
    """
    check_text(text)

    def work(transaction: ManagedTransaction) -> Rows:
        with too_large():
            explained = transaction.run(f"EXPLAIN {text}", dict(parameters)).consume()
            if explained.query_type != READS:
                raise NotAllowedError("that statement would do more than read", NEEDED)
            check_plan(explained.plan)
            result = transaction.run(text, dict(parameters))
            found = [record.values() for record in result.fetch(most + 1)]
            return Rows(list(result.keys()), found[:most], len(found) <= most)

    reader = database.driver.session(database=database.name, default_access_mode=READ_ACCESS, fetch_size=most + 1)
    with mapped(database.uri), reader as session:
        try:
            return session.execute_read(timed(work))
        except ClientError as error:
            if not (error.code or "").startswith(MENDABLE):
                raise
            raise ValidationError(f"statement: {_said(error)}") from None
        except BatchTooLargeError:
            raise OverBudgetError("memory", None) from None


def check_text(text: str) -> None:
    r"""Refuse what can be seen without a server.

    >>> check_text("MATCH (n) RETURN apoc.load.json('http://x')")
    Traceback (most recent call last):
    graph_ledger.errors.NotAllowedError: the function apoc.load.json is not the server's own
    """
    if "\\u" in text.lower():
        raise ValidationError("statement: letters written as numbers are not read here: hand texts in as parameters")
    if any(category(letter) in INVISIBLE and letter not in "\t\r\n" for letter in TOKENS.sub(_bare, text)):
        raise ValidationError("statement: letters that nobody sees are not read here: hand texts in as parameters")
    code = TOKENS.sub(_code, text).strip()
    first = re.match(r"\(*\s*(\w+)", code)
    if first is None or first[1].upper() not in BEGINNINGS:
        raise NotAllowedError(f"a statement begins with {', '.join(BEGINNINGS)}", NEEDED)
    for name in (re.sub(r"\s", "", found[1]) for found in CALLED.finditer(code)):
        if name.partition(".")[0].lower() not in FUNCTIONS and name not in PROCEDURES:
            raise NotAllowedError(f"the function {name} is not the server's own", NEEDED)


def check_plan(plan: Any) -> None:
    """Refuse a plan with a step that does anything but read the graph, or that could read keys."""
    for step in _steps(plan):
        name = str(step["operatorType"]).partition("@")[0]
        said = str(step.get("args", {}).get("Details", ""))
        if KEYS.search(said) or ANYWHERE.search(name):
            raise NotAllowedError("keys are not shown, and a node of any label could be one: name the labels, as in (m:ModelRef)", NEEDED)
        if HIDDEN.search(said):
            raise NotAllowedError("a question inside of an expression does not say what it reads: ask it with CALL (...) { }", NEEDED)
        if "ProcedureCall" in name and said.partition("(")[0] in PROCEDURES:
            continue
        if "ProcedureCall" in name or REFUSED.search(name):
            raise NotAllowedError(f"that statement would do more than read the graph: {name}", NEEDED)


def _steps(plan: Any) -> Iterator[Any]:
    waiting = [plan]
    while waiting:
        step = waiting.pop()
        yield step
        waiting.extend(step.get("children", []))


def _code(token: re.Match[str]) -> str:
    """Leave names in backticks as what they name, a namespace too; texts and comments go."""
    name = token["name"]
    if token[0].startswith("/"):
        return " "
    return "''" if name is None else f" {re.sub(r'[^A-Za-z0-9_.]', '_', name)} "


def _bare(token: re.Match[str]) -> str:
    """Leave comments; what stands in quotes may hold any letter."""
    return token[0] if token[0].startswith("/") else "''"


def _said(error: ClientError) -> str:
    return next(iter((error.message or "").splitlines()), "") or "it is none"

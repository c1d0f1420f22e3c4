"""Read a text of SQL statement by statement: what it is, what it reads and writes, how sure that is."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, SqlglotError

from graph_ledger.connectors.sql_reading.bounds import too_much
from graph_ledger.connectors.sql_reading.coverage import Status
from graph_ledger.connectors.sql_reading.names import Home
from graph_ledger.connectors.sql_reading.procedures import first_word, fragments
from graph_ledger.connectors.sql_reading.splitting import Piece, split
from graph_ledger.connectors.sql_reading.tables import TEMPLATE, Tables
from graph_ledger.connectors.sql_reading.templates import UNKNOWN, UNKNOWN_CALL, Rendering, renderings

OTHERS = ("bigquery", "mysql", "tsql", "snowflake", "postgres", "sqlite")
"""Dialects to try, in this order, where none was named and the common one does not fit."""
FIRST_REASON = ("unresolved template call", "dynamic SQL", "federated query")
UNKNOWNS = re.compile(f"{UNKNOWN_CALL}|{UNKNOWN}")
NO_STATEMENT = (exp.Command, exp.Alias, exp.Condition)
"""What the parser makes of words that it does not know."""
SNAPSHOT = re.compile(r"(CREATE(?:\s+OR\s+REPLACE)?|DROP)\s+SNAPSHOT\s+TABLE\b", re.IGNORECASE)
CLONED = re.compile(r"(CREATE\b[^()]*?\b(?:CLONE|COPY)\s+[\w`.\"-]+)\s+FOR\s+SYSTEM_TIME\b.*", re.IGNORECASE | re.DOTALL)
LOOK = 10_000
"""So many characters hold the first word of a statement that is not read."""
REPLACED = re.compile(r"REPLACE\s+INTO\b", re.IGNORECASE)


@dataclass(frozen=True)
class Statement:
    """One statement and what was read of it."""

    number: int
    """From 1 in its rendering; 0 where the text could not be rendered."""
    kind: str
    rendering: str
    status: Status
    reason: str | None = None
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    connections: tuple[str, ...] = ()
    """Other databases it reads from."""
    trees: tuple[exp.Expr, ...] = field(default=(), repr=False, compare=False)
    """What was parsed, for whoever looks at more than tables: literals, columns."""


def read_sql(text: str, *, dialect: str | None = None, home: Home | None = None, templates: bool = True) -> list[Statement]:
    """Return every statement of a text, in each of its renderings.

    Args:
        text: SQL, or a Jinja2 template of it.
        dialect: As sqlglot names it. None: the common one, else the first other that can read the statement.
        home: What short names are short for. None: they stay short.
        templates: Whether braces are a template.

    >>> [(s.kind, s.inputs, s.outputs) for s in read_sql("INSERT INTO s.o SELECT * FROM s.i")]
    [('insert', ('s.i',), ('s.o',))]
    """
    chosen = (dialect or "").lower()
    return [
        statement
        for rendering in renderings(text, templates)
        for statement in _rendered(rendering, chosen, dialect is None, home or Home())
    ]


def _rendered(rendering: Rendering, dialect: str, guess: bool, home: Home) -> Iterator[Statement]:  # noqa: FBT001
    if rendering.error:
        yield Statement(0, "template", rendering.name, "refused", rendering.error)
        return
    tables = Tables(home, dialect)
    for number, piece in enumerate(split(rendering.text, dialect), 1):
        yield _statement(piece, tables, Statement(number, "", rendering.name, "parsed"), guess)


def _statement(piece: Piece, tables: Tables, blank: Statement, guess: bool) -> Statement:  # noqa: FBT001
    """Read one statement; whatever is wrong with it stays with it."""
    tables.start()
    tables.connections.clear()
    reason = too_much(piece.text, tables.dialect)
    if reason is not None:
        return replace(
            blank, kind=first_word(piece.text[:LOOK], tables.dialect).lower()[:40], status="refused", reason=f"{reason}, line {piece.line}"
        )
    kind, error = "", ""
    trees: list[exp.Expr] = []
    outer = fragments(piece.text, tables.dialect) if _procedural(piece.text, tables.dialect) else None
    try:
        if outer is None:
            kind = _read(piece, tables, trees, guess)
        else:
            kind = outer[0]
            for fragment in outer[1]:
                if fragment.reason:
                    tables.reasons.add(fragment.reason)
                else:
                    _read(Piece(fragment.sql, piece.line), tables, trees, guess)
    except RecursionError:
        error = f"nested too deep, line {piece.line}"
    except SqlglotError as problem:
        error = _reason(problem, piece.line)
    if UNKNOWN_CALL in piece.text or (error and UNKNOWN in piece.text):
        tables.reasons.add(TEMPLATE)
    kind = kind or first_word(piece.text, tables.dialect).lower()[:40]
    found = replace(
        blank,
        kind=kind,
        inputs=tuple(sorted(tables.inputs)),
        outputs=tuple(sorted(tables.outputs)),
        connections=tuple(sorted(tables.connections)),
        trees=tuple(trees),
    )
    if tables.reasons:
        return replace(found, status="partly", reason=min(tables.reasons, key=FIRST_REASON.index))
    if error:
        return replace(found, status="refused", reason=error)
    return found


def _procedural(text: str, dialect: str) -> bool:
    return first_word(text, dialect) not in {"SELECT", "WITH", "INSERT", "MERGE", "("}


def _read(piece: Piece, tables: Tables, found: list[exp.Expr], guess: bool) -> str:  # noqa: FBT001
    """Parse one statement, note what it reads and writes, return its kind."""
    text = _rewritten(piece.text, first_word(piece.text, tables.dialect))
    attempts = [text]
    if UNKNOWN in text or UNKNOWN_CALL in text:
        attempts.append(UNKNOWNS.sub("", text))
    first: SqlglotError | None = None
    for attempt in attempts:
        for dialect in (tables.dialect, *(OTHERS if guess else ())):
            try:
                trees = parse(attempt, dialect)
            except SqlglotError as problem:
                first = first or problem
                continue
            for tree in trees:
                tables.read(tree)
            found.extend(trees)
            return kind_of(trees[0]) if trees else ""
    raise first or ParseError("nothing to read")


def _rewritten(text: str, word: str) -> str:
    """Return the statement in words that the parser knows: a snapshot is a table, its moment is no matter."""
    if word == "REPLACE":
        return REPLACED.sub("INSERT INTO", text, count=1)
    if word in {"CREATE", "DROP"}:
        return CLONED.sub(r"\1", SNAPSHOT.sub(r"\1 TABLE", text, count=1), count=1)
    return text


def parse(text: str, dialect: str) -> list[exp.Expr]:
    """Parse one statement.

    Raises:
        SqlglotError: It is not of that dialect, or the parser only kept its words.
    """
    logger = logging.getLogger("sqlglot")
    quiet, logger.disabled = logger.disabled, True
    try:
        trees = [tree for tree in sqlglot.parse(text, dialect=dialect or None) if tree is not None]
    finally:
        logger.disabled = quiet
    if any(isinstance(tree, NO_STATEMENT) and not isinstance(tree, exp.Query) for tree in trees):
        raise ParseError("this statement is not understood")
    return trees


def kind_of(tree: exp.Expr) -> str:
    """Return what a statement is, in words: ``select``, ``create temp table``, ``merge``."""
    if isinstance(tree, exp.Query):
        return "select"
    if isinstance(tree, exp.Create):
        properties = tree.args.get("properties")
        words = {type(item) for item in properties.expressions} if properties is not None else set()
        adjective = "temp " if exp.TemporaryProperty in words else "materialized " if exp.MaterializedProperty in words else ""
        return f"create {adjective}{str(tree.args.get('kind') or '').lower()}".strip()
    if isinstance(tree, exp.Drop):
        return f"drop {str(tree.args.get('kind') or '').lower()}".strip()
    return {"truncatetable": "truncate", "loaddata": "load data", "export": "export data"}.get(tree.key, tree.key)


def _reason(problem: SqlglotError, line: int) -> str:
    errors = getattr(problem, "errors", None) or [{}]
    said = errors[0].get("description") or (str(problem).splitlines() or [type(problem).__name__])[0]
    said = re.sub(r"<Token.*?text: (.*?), line:.*", r"\1", str(said).splitlines()[0])
    return f"{said}, line {line + (errors[0].get('line') or 1) - 1}"

"""Take off the procedural words around a statement, so that what it reads can be parsed."""

import re
from typing import NamedTuple

from graph_ledger.connectors.sql_reading.splitting import without_comments, words

DYNAMIC = "dynamic SQL"
"""Why a statement is only partly read: its text is put together while it runs."""

ENDINGS = frozenset(
    {
        "BREAK",
        "CONTINUE",
        "END",
        "ITERATE",
        "LEAVE",
        "RAISE",
        "RETURN",
        "COMMIT",
        "ROLLBACK",
        "GRANT",
        "REVOKE",
        "USE",
        "SHOW",
        "ANALYZE",
        "VACUUM",
        "COMMENT",
        "SAVEPOINT",
        "LOCK",
        "UNLOCK",
    }
)
"""Statements that read and write no table whose name matters here."""
WORDS = ENDINGS | frozenset(
    {
        "ASSERT",
        "BEGIN",
        "CALL",
        "CASE",
        "DECLARE",
        "ELSE",
        "ELSEIF",
        "ELSIF",
        "EXCEPTION",
        "EXEC",
        "EXECUTE",
        "FOR",
        "IF",
        "LOOP",
        "REPEAT",
        "SET",
        "START",
        "UNTIL",
        "WHILE",
        "WHEN",
    }
)
VALUES = {"ASSERT": "AS", "DECLARE": "DEFAULT", "SET": "="}
"""Words with a value, and what stands between: the value of an ASSERT is in front of it."""
DEEPEST = 100
"""Most procedural words in front of one statement."""
OPENERS = frozenset({"BEGIN", "CASE"})
PROCEDURE = re.compile(
    r"\s*CREATE\s+(?:OR\s+(?:REPLACE|ALTER)\s+)?PROC(?:EDURE)?\b.*?\bBEGIN\b(?!\s*(?:TRAN|;))", re.IGNORECASE | re.DOTALL
)
LABEL = re.compile(r"\s*\w+\s*:\s*(?=(?:LOOP|BEGIN|WHILE|REPEAT|FOR)\b)", re.IGNORECASE)
QUERY = re.compile(r"\b(?:SELECT|FROM)\b", re.IGNORECASE)


class Fragment(NamedTuple):
    """A part of a statement: SQL to parse, or the reason why there is none."""

    sql: str = ""
    reason: str = ""


def first_word(text: str, dialect: str) -> str:
    """Return the first word of a statement in capitals.

    >>> first_word("/* a */ select 1", "")
    'SELECT'
    """
    for token in words(text, dialect):
        return token.group().upper()
    return ""


def fragments(text: str, dialect: str) -> tuple[str, list[Fragment]] | None:
    """Return the kind of a procedural statement and what can be parsed of it; None for any other statement.

    >>> fragments("IF (SELECT max(a) FROM t) > 1 THEN DELETE FROM u", "")
    ('if', [Fragment(sql='SELECT (SELECT max(a) FROM t) > 1', reason=''), Fragment(sql='DELETE FROM u', reason='')])
    """
    kind, found = "", list[Fragment]()
    for _ in range(DEEPEST):
        text = LABEL.sub("", text, count=1)
        if head := PROCEDURE.match(text):
            kind, text = kind or "create procedure", text[head.end() :]
            continue
        word = first_word(text, dialect)
        if word not in WORDS or (word == "FOR" and not _at(text, dialect, "DO")) or (word == "IF" and not _at(text, dialect, "THEN")):
            break
        kind = kind or word.lower()
        before, text = _peel(word, text, dialect)
        found.extend(before)
        if not text:
            break
    if not kind:
        return None
    if text.strip() and without_comments(text, dialect).strip():
        found.append(Fragment(text.strip()))
    return kind, found


def _peel(word: str, text: str, dialect: str) -> tuple[list[Fragment], str]:
    """Return what one procedural word holds and the text after it."""
    after = _after(text, dialect)
    if word in {"ELSE", "LOOP", "REPEAT", "BEGIN"}:
        return [], "" if first_word(after, dialect) in {"TRANSACTION", "TRAN", "WORK"} else after
    if word == "CASE":
        head, _ = _cut(after, dialect, "WHEN")
        return _query(head), after[len(head) :]
    if word in {"IF", "ELSEIF", "ELSIF", "WHEN", "EXCEPTION", "WHILE", "UNTIL"}:
        return _condition(after, dialect, "DO" if word == "WHILE" else "END" if word == "UNTIL" else "THEN")
    if word == "FOR":
        head, rest = _cut(after, dialect, "DO")
        _, query = _cut(head, dialect, "IN")
        return [Fragment(query.strip())] if QUERY.search(query) else [], rest
    if word in VALUES:
        before, value = _cut(after, dialect, VALUES[word])
        return _query(before if word == "ASSERT" else value), ""
    return [_execute(word, after, dialect)] if word in {"EXECUTE", "EXEC", "CALL"} else [], ""


def _condition(text: str, dialect: str, end: str) -> tuple[list[Fragment], str]:
    condition, rest = _cut(text, dialect, end)
    return _query(condition), rest


def _query(value: str) -> list[Fragment]:
    """Return a value as a query, where there is one in it."""
    return [Fragment(f"SELECT {value.strip()}")] if QUERY.search(value) else []


def _execute(word: str, text: str, dialect: str) -> Fragment:
    """Return the statement that is executed where it is one plain literal."""
    tokens = [token.group() for token in words(text, dialect)]
    if word == "EXECUTE" and len(tokens) > 1 and tokens[0].upper() == "IMMEDIATE":
        literal, rest = tokens[1], tokens[2:]
        if literal[:1] in "'\"" and (not rest or rest[0].upper() in {"USING", "INTO"}):
            quote = literal[:3] if literal[:3] in {"'''", '"""'} else literal[:1]
            return Fragment(literal[len(quote) : -len(quote)].replace(quote * 2 if len(quote) == 1 else quote, quote))
    return Fragment(reason=DYNAMIC)


def _cut(text: str, dialect: str, end: str) -> tuple[str, str]:
    """Cut at a word outside parentheses and CASE ... END; without it everything is in front."""
    depth = 0
    for token in words(text, dialect):
        word = token.group().upper()
        if word == end and depth == 0:
            return text[: token.start()], text[token.end() :]
        depth += (word in {"(", "["} or word in OPENERS) - (word in {")", "]", "END"})
    return text, ""


def _at(text: str, dialect: str, word: str) -> bool:
    return _cut(_after(text, dialect), dialect, word) != (_after(text, dialect), "")


def _after(text: str, dialect: str) -> str:
    for token in words(text, dialect):
        return text[token.end() :]
    return ""

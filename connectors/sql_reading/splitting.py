"""Cut SQL at its semicolons, so that one statement that fails does not cost the others."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

BACKSLASH_DIALECTS = frozenset({"bigquery", "mysql", "snowflake", "databricks", "spark", "hive", "clickhouse", "doris", "starrocks"})
DOLLAR_DIALECTS = frozenset({"", "postgres", "snowflake", "redshift", "duckdb", "databricks", "materialize"})
HASH_DIALECTS = frozenset({"bigquery", "mysql", "doris", "starrocks"})


class Piece(NamedTuple):
    """One statement as written."""

    text: str
    line: int
    """Where it starts in the whole text, from 1."""


def split(text: str, dialect: str = "") -> list[Piece]:
    """Return the statements of a text; comments, strings and quoted names keep their semicolons.

    >>> [piece.text for piece in split("SELECT ';'; -- a; b")]
    ["SELECT ';'"]
    """
    pieces, start = [], 0
    for token in skipping(dialect).finditer(text):
        if token.group() == ";":
            pieces.append((start, token.start()))
            start = token.end()
    pieces.append((start, len(text)))
    return [
        Piece(text[first:last].strip(), text.count("\n", 0, first + _blank(text, first, last)) + 1)
        for first, last in pieces
        if text[first:last].strip() and not only_comments(text[first:last], dialect)
    ]


def only_comments(text: str, dialect: str) -> bool:
    """Whether nothing stands in the text but comments and spaces."""
    return not text.translate(SPACES) or (_starts_comment(text) and not without_comments(text, dialect).strip())


def without_comments(text: str, dialect: str) -> str:
    """Return the text with a space in place of each comment."""
    return skipping(dialect).sub(lambda token: " " if _is_comment(token.group(), dialect) else token.group(), text)


def words(text: str, dialect: str) -> Iterator[re.Match[str]]:
    """Yield every token of a statement: words, strings, signs; never a comment or a space."""
    for token in _tokens(dialect).finditer(text):
        if not token.group().isspace() and not _is_comment(token.group(), dialect):
            yield token


@lru_cache(maxsize=64)
def skipping(dialect: str) -> re.Pattern[str]:
    """Return the expression of what a semicolon may hide in, and of the semicolon itself."""
    return re.compile(f"{_hidden(dialect)}|;", re.DOTALL)


@lru_cache(maxsize=64)
def brackets(dialect: str) -> re.Pattern[str]:
    """Return the expression of whatever opens or closes a level of nesting, and of what it may hide in."""
    return re.compile(rf"{_hidden(dialect)}|[()\[\]{{}}]|\b(?:CASE|END)\b", re.DOTALL | re.IGNORECASE)


@lru_cache(maxsize=64)
def _tokens(dialect: str) -> re.Pattern[str]:
    return re.compile(rf"{_hidden(dialect)}|\s+|[\w@$]+|.", re.DOTALL)


def _hidden(dialect: str) -> str:
    comments = r"--[^\n]*|/\*.*?(?:\*/|\Z)" + (r"|\#[^\n]*" if dialect in HASH_DIALECTS else "")
    inner = r"\\.|" if dialect in BACKSLASH_DIALECTS else ""
    quoted = "|".join(rf"{q}(?:{inner}{q}{q}|[^{q}{chr(92) * 2 if inner else ''}])*(?:{q}|\Z)" for q in ("'", '"', "`"))
    triple = "|".join(rf"{q * 3}(?:\\.|(?!{q * 3})[^\\])*(?:{q * 3}|\Z)" for q in ("'", '"')) + "|" if dialect == "bigquery" else ""
    dollar = r"\$(?P<tag>[A-Za-z_]*)\$.*?(?:\$(?P=tag)\$|\Z)|" if dialect in DOLLAR_DIALECTS else ""
    return comments + "|" + dollar + triple + quoted


SPACES = {ord(character): None for character in " \t\r\n\f\v\u00a0\ufeff"}


def _starts_comment(text: str) -> bool:
    return text.lstrip()[:1] in "-/#"


def _is_comment(token: str, dialect: str) -> bool:
    return token.startswith(("--", "/*")) or (token.startswith("#") and dialect in HASH_DIALECTS)


def _blank(text: str, first: int, last: int) -> int:
    return last - first - len(text[first:last].lstrip())

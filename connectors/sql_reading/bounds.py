"""How much SQL is read at all: the parser calls itself for each level of nesting, and ends the process where there are too many."""

import re

from graph_ledger.connectors.sql_reading.splitting import brackets

LONGEST = 2_000_000
"""Most characters of one statement; the largest that people write by hand has some hundred thousand."""
DEEPEST = 250
"""Most levels of brackets, CASE, signs in front of a value, types within types."""
OPENERS = ("(", "[", "{")
CHAINS = re.compile(
    rf"(?:(?:\bNOT\b|[-+~!])\s*){{{DEEPEST}}}"
    rf"|(?:\b(?:EXPLAIN|DISTINCT|ALL|AS|ON|JOIN|IN|CREATE)\s+){{{DEEPEST}}}"
    rf"|(?:\b\w{{1,64}}\s*<\s*){{{DEEPEST}}}",
    re.IGNORECASE,
)
"""Nesting without brackets: signs and words in front of each other, types within types."""


def too_much(text: str, dialect: str) -> str | None:
    """Say why a statement is not read, where it is too long or nested too deep; one look at its characters.

    >>> too_much("(" * 300 + "1" + ")" * 300, "")
    'nested too deep'
    """
    if len(text) > LONGEST:
        return f"{len(text):,} characters; {LONGEST:,} is the most"
    upper = text.upper()
    count = sum(map(text.count, OPENERS)) + upper.count("CASE")
    if (count > DEEPEST and _depth(text, dialect) > DEEPEST) or CHAINS.search(text):
        return "nested too deep"
    return None


def _depth(text: str, dialect: str) -> int:
    deepest = depth = 0
    for token in brackets(dialect).finditer(text):
        word = token.group().upper()
        if word in {"(", "[", "{", "CASE"}:
            depth += 1
            deepest = max(deepest, depth)
        elif word in {")", "]", "}", "END"}:
            depth = max(depth - 1, 0)
    return deepest

"""Text of strangers on a terminal: what would move the cursor or turn the line around is shown, not done."""

import json
from datetime import datetime
from typing import Any
from unicodedata import category

from graph_ledger.values.moment import isoformat

UNSEEN = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Control characters, halves of characters, line and paragraph separators."""
DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that change the direction of writing."""


def printable(text: str) -> str:
    r"""Return a text in which such characters are escapes; everything else, emoji too, stays.

    >>> printable("a\nb")
    'a\\nb'
    """
    return text if text.isprintable() else "".join(map(_shown, text))


def cell(value: Any) -> str:
    """Return a value as a person reads it, on one line.

    >>> cell(["a", 1]), cell({"a": None}), cell(None)
    ('a, 1', '{"a": null}', '')
    """
    if isinstance(value, datetime):
        return isoformat(value)[:19].replace("T", " ") + "Z"
    if isinstance(value, (list, tuple)) and value and not isinstance(value[0], (dict, list, tuple)):
        return ", ".join(map(cell, value))
    if isinstance(value, (dict, list, tuple)):
        return printable(json.dumps(value, ensure_ascii=False, default=str)) if value else ""
    return "" if value is None else printable(str(value))


def _shown(character: str) -> str:
    hidden = category(character) in UNSEEN or character in DIRECTIONS
    return character.encode("unicode_escape").decode() if hidden else character

"""Hashed: which texts of an event stand for themselves alone in its hash; any other could be exchanged without a trace."""

import json
import unicodedata

from graph_ledger.values.canonical import canonical_json


def is_normal(text: str | None) -> bool:
    """Say whether a text is in Unicode normalization form C, in which it is hashed: two texts of one form have one hash."""
    return text is None or text.isascii() or unicodedata.is_normalized("NFC", text)


def is_canonical_object(text: str) -> bool:
    """Say whether it is a JSON object to the letter: a comma moved from one field to the next would leave the hash as it was."""
    try:
        return text == "{}" or (isinstance(found := json.loads(text), dict) and canonical_json(found) == text)
    except (ValueError, RecursionError):
        return False

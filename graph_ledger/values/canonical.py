"""Canonical JSON and the hashes over it: one content, one text, one hash, on every machine."""

import json
import unicodedata
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from graph_ledger.errors import ValidationError

JSON_SCALARS = (str, int, float, bool, type(None))


def canonical_json(value: Any) -> str:
    """Return the one text of a JSON value: sorted keys, no spaces, NFC, UTF-8.

    Raises:
        ValidationError: Something in it is not JSON: another type, a key that is no string, NaN, a lone surrogate.
    Source: RFC 8259, with keys in code point order and strings in Unicode normalization form C.

    >>> canonical_json({"b": 1, "a": ["x"]})
    '{"a":["x"],"b":1}'
    """
    _refuse_foreign(value)
    text = _dumps(value)
    if text.isascii():
        return text
    text = _dumps(_normalised(value))
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValidationError(f"text with half a character (a lone surrogate) cannot be stored: {error.object[error.start : error.end]!r}") from None
    return text


def digest(text: str) -> str:
    """Return the SHA-256 of a text as 64 hex digits."""
    return sha256(text.encode()).hexdigest()


def short_digest(text: str) -> str:
    """Return the first 32 hex digits of the SHA-256 of a text."""
    return digest(text)[:32]


def _dumps(value: Any) -> str:
    try:
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise ValidationError(f"not JSON: {error}") from None


def _refuse_foreign(value: Any) -> None:
    """Refuse what ``json`` would quietly turn into something else: keys that are no strings, subclasses of strings and numbers."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Mapping):
            for key in item:
                if type(key) is not str:
                    raise ValidationError(f"not JSON: the key {key!r} is no string")
            waiting.extend(item.values())
        elif isinstance(item, (list, tuple)):
            waiting.extend(item)
        elif not isinstance(item, JSON_SCALARS):
            raise ValidationError(f"not JSON: {item!r} is a {type(item).__name__}; give text, numbers, true, false, null, lists or mappings")


def _normalised(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        normalised = {_normalised(key): _normalised(item) for key, item in value.items()}
        if len(normalised) != len(value):
            raise ValidationError("two keys of one mapping are the same text in Unicode normal form")
        return normalised
    if isinstance(value, (list, tuple)):
        return [_normalised(item) for item in value]
    return value

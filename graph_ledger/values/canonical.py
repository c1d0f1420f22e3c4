"""Canonical JSON and the hashes over it: one content, one text, one hash, on every machine."""

import json
import unicodedata
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from graph_ledger.errors import ValidationError

DEEPEST = 100
"""Levels of lists and mappings within each other."""
_SCALARS = frozenset({str, int, float, bool, type(None)})
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode
_string = json.encoder.encode_basestring


def canonical_json(value: Any) -> str:
    """Return the one text of a JSON value: sorted keys, no spaces, NFC, UTF-8.

    Raises:
        ValidationError: Something in it is not JSON: another type, a key that is no string, NaN, a lone surrogate; or it is nested
            more than 100 deep, which many readers of JSON refuse.
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
        raise ValidationError(
            f"text with half a character (a lone surrogate) cannot be stored: {error.object[error.start : error.end]!r}"
        ) from None
    return text


def digest(text: str) -> str:
    """Return the SHA-256 of a text as 64 hex digits."""
    return sha256(text.encode()).hexdigest()


def short_digest(text: str) -> str:
    """Return the first 32 hex digits of the SHA-256 of a text."""
    return digest(text)[:32]


def canonical_string(text: str) -> str:
    """Return the canonical JSON of one string; quicker than `canonical_json` for the many that are plain."""
    return _string(text) if text.isascii() else canonical_json(text)


def _dumps(value: Any) -> str:
    try:
        return _encode(value)
    except (TypeError, ValueError, RecursionError) as error:
        raise ValidationError(f"not JSON: {error}") from None


def _refuse_foreign(value: Any, depth: int = 0) -> None:
    """Refuse what ``json`` would quietly turn into something else, such as a key that is no string."""
    kind = type(value)
    if depth > DEEPEST:
        raise ValidationError(f"nested more than {DEEPEST} deep: keep it flatter")
    if kind is dict:
        for key, item in value.items():
            if type(key) is not str:
                raise ValidationError(f"not JSON: the key {key!r} is no string")
            if type(item) not in _SCALARS:
                _refuse_foreign(item, depth + 1)
    elif kind is list or kind is tuple:
        for item in value:
            if type(item) not in _SCALARS:
                _refuse_foreign(item, depth + 1)
    elif kind not in _SCALARS and not isinstance(value, (str, int, float)):
        raise ValidationError(f"not JSON: {value!r} is a {kind.__name__}; give text, numbers, true, false, null, lists or mappings")


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

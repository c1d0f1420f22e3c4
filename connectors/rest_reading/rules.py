"""Rules of paging as a configuration gives them: ``{"type": "offset", "limit": 100}``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_ledger.connectors.rest_reading.json_path import check_path
from graph_ledger.connectors.rest_reading.paging import Links, Numbers, Paging, Tokens
from graph_ledger.errors import ValidationError

ENDS = frozenset({"empty", "short"})


def paging_of(given: Mapping[str, Any]) -> Paging:
    """Make the rule that a mapping describes.

    Raises:
        ValidationError: There is no such rule, or it has no such part.

    >>> paging_of({"type": "page", "limit": 50})
    Numbers(limit_param='limit', limit=50, ...)
    """
    parts = {name: value for name, value in given.items() if name != "type"}
    kind = given.get("type")
    rule = RULES.get(kind) if isinstance(kind, str) else None
    if rule is None:
        raise ValidationError(f"the type of pagination is one of {', '.join(RULES)}, not {kind!r}")
    for name in parts:
        if name not in rule.parts:
            raise ValidationError(f"pagination by {kind} has no {name!r}: it has {', '.join(rule.parts)}")
    _check(parts)
    named = {rule.parts[name]: value for name, value in parts.items() if value is not None}
    made: Paging = rule.make(**{**rule.defaults, **named})
    return made


@dataclass(frozen=True)
class _Rule:
    make: Any
    parts: Mapping[str, str]
    defaults: Mapping[str, Any]


LIMITS = {"limit_param": "limit_param", "limit": "limit"}
TOKEN = {"token_field": "next_field", "param": "param", "more_field": "more_field", **LIMITS}
NUMBER = {"param": "param", "start": "start", "end": "end", **LIMITS}
RULES = {
    "token": _Rule(Tokens, TOKEN, {"limit_param": "limit"}),
    "cursor": _Rule(
        Tokens, {"cursor_field": "next_field", **TOKEN}, {"next_field": "next_cursor", "param": "cursor", "limit_param": "limit"}
    ),
    "offset": _Rule(Numbers, NUMBER, {"limit_param": "limit", "limit": 100}),
    "page": _Rule(Numbers, NUMBER, {"param": "page", "start": 1, "by_item": False, "limit_param": "limit"}),
    "link": _Rule(Links, {"field": "link_field", **LIMITS}, {"limit_param": "limit"}),
}


def _check(parts: Mapping[str, Any]) -> None:
    for name, value in parts.items():
        if name in {"limit", "start"}:
            if isinstance(value, bool) or not isinstance(value, int) or value < (name == "limit"):
                raise ValidationError(f"the {name} of pagination is a whole number, not {value!r}")
        elif name == "end":
            if value not in ENDS:
                raise ValidationError(f'the end of pagination is "empty" or "short", not {value!r}')
        elif name.endswith("field"):
            check_path(value, f"the {name} of pagination")
        elif value is not None and (not isinstance(value, str) or not value):
            raise ValidationError(f"the {name} of pagination is the name of a parameter, not {value!r}")

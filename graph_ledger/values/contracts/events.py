"""What one event of a report may say: labels, aspects and the lists of instances among them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_ledger.values.contracts.kinds import ChangeType, Kind

OPERATIONS = ("added", "modified", "removed")
OPERATION, VALUE = "_op", "_value"
INSTANCES, CAME, WENT = "instances", "instances_added", "instances_removed"
LISTS = (INSTANCES, CAME, WENT)
_ADDED_OR_REMOVED = {"properties": {"change_type": {"enum": ["ADDED", "REMOVED"]}}, "required": ["change_type"]}
_LEAF = {"properties": {"kind": {"enum": ["PROPERTY", "ENUM_VALUE"]}}, "required": ["kind"]}
_REMOVED = {"properties": {"change_type": {"const": "REMOVED"}}, "required": ["change_type"]}
SCHEMA: dict[str, Any] = {
    "allOf": [
        {
            "if": _ADDED_OR_REMOVED,
            "then": {
                "properties": {
                    "renamed_from": {"type": "null"},
                    "content": {"anyOf": [{"type": "null"}, {"type": "array", "maxItems": 0}]},
                }
            },
        },
        {"if": _LEAF, "then": {"required": ["parent_label"], "properties": {"parent_label": {"type": "string"}}}},
        {"if": _REMOVED, "then": {"properties": {"aspects": {"type": "object", "maxProperties": 0}}}},
        {"properties": {"aspects": {"propertyNames": {"not": {"const": "name"}}}}},
    ]
}
"""What the JSON Schema of an event adds to its fields: which of them go together."""


@dataclass(frozen=True, slots=True)
class Aspect:
    """One aspect of an event: what was done to it, and what it is now."""

    operation: str
    value: Any


def label_of(text: str) -> str:
    """Return a label, or say why it is none."""
    fault = _fault(text)
    if fault is not None:
        raise ValueError(fault)
    return text


def _fault(text: str) -> str | None:
    if not text.strip():
        return "must not be blank"
    if "\0" in text or any("\ud800" <= each <= "\udfff" for each in text):
        return "must not contain NUL or half a surrogate pair, which no file can hold"
    return None


def aspects_of(aspects: dict[str, Any]) -> dict[str, Any]:
    """Return the aspects of an event, or say which of their names is none."""
    for key in aspects:
        if not key.strip():
            raise ValueError("an aspect must not be blank")
    if "name" in aspects:
        raise ValueError("must not carry 'name': a rename is said by renamed_from")
    return aspects


def instance_list(value: Any, name: str) -> tuple[str, ...]:
    """Return a list of instances; null is none."""
    if value is None:
        return ()
    if not isinstance(value, (list, tuple)) or not all(isinstance(each, str) for each in value):
        raise ValueError(f"{name} must be a flat list of strings")
    refused = next((fault for each in value if (fault := _fault(each))), None)
    if refused is not None:
        raise ValueError(f"{name} must be a flat list of strings, each of which {refused}")
    if len(set(value)) < len(value):
        twice = next(each for each in value if value.count(each) > 1)
        raise ValueError(f"{name} has a duplicate: {twice!r}")
    return tuple(value)


def check_aspects(kind: Kind | None, change_type: ChangeType, aspects: Mapping[str, Any]) -> None:
    """Refuse aspects that an event of this kind and type can not have.

    Raises:
        ValueError: The aspects are refused; the message says why.
    """
    if change_type is ChangeType.REMOVED and aspects:
        raise ValueError("REMOVED must not carry aspects")
    if change_type is ChangeType.MODIFIED:
        for key in aspects:
            aspect(key, aspects[key])
    if kind is Kind.ENTITY:
        for name in (CAME, WENT):
            if name in aspects and change_type is not ChangeType.MODIFIED:
                raise ValueError(f"{name} is only valid on MODIFIED")
        for name in LISTS:
            if name in aspects:
                told = aspect(name, aspects[name]).value if change_type is ChangeType.MODIFIED else aspects[name]
                instance_list(told, name)


def aspect(key: str, told: Any) -> Aspect:
    """Return an aspect of a MODIFIED event: a plain value is a modification.

    Raises:
        ValueError: It names an operation wrongly.

    >>> aspect("unit", {"_op": "added", "_value": "mph"})
    Aspect(operation='added', value='mph')
    """
    if not isinstance(told, Mapping) or OPERATION not in told:
        return Aspect("modified", told)
    operation = told[OPERATION]
    if operation not in OPERATIONS:
        raise ValueError(f"aspect {key!r}: {OPERATION} is one of {', '.join(OPERATIONS)}, not {operation!r}")
    if set(told) - {OPERATION, VALUE}:
        raise ValueError(f"aspect {key!r}: Extra inputs beside {OPERATION} and {VALUE}")
    if operation != "removed" and VALUE not in told:
        raise ValueError(f"aspect {key!r}: {VALUE}: Field required")
    return Aspect(operation, None if operation == "removed" else told[VALUE])

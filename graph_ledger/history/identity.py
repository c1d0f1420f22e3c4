"""The identity fields: what a model is, as its events have it."""

from collections.abc import Mapping
from typing import Any

FIELDS = ("owner", "tier", "status", "purpose", "model_type", "model_origin", "platform", "metadata", "present")
"""In the order in which they travel; metadata as canonical JSON text."""

Fields = dict[str, Any]

DEFAULTS: Mapping[str, Any] = {
    "owner": "unknown",
    "tier": "unclassified",
    "status": "active",
    "purpose": "",
    "model_type": "unknown",
    "model_origin": "internal",
    "platform": "",
    "metadata": "{}",
    "present": True,
}
"""What holds where nobody has said anything; below every opinion."""


def as_list(fields: Mapping[str, Any]) -> list[str]:
    """Return the fields as the texts that the graph keeps beside them, to notice an edit by hand."""
    return [str(fields[name]) if name != "present" else ("true" if fields[name] else "false") for name in FIELDS]


def from_list(texts: list[str]) -> Fields:
    """Return the fields of such a list."""
    fields: Fields = dict(zip(FIELDS, texts, strict=True))
    fields["present"] = fields["present"] == "true"
    return fields


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the fields that differ, each with its old and new value."""
    return {name: {"old": before[name], "new": after[name]} for name in FIELDS if before[name] != after[name]}

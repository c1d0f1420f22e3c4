"""Schemas: what a tool takes and answers as JSON Schema, within the budget."""

from typing import Any

from mcp_types import Tool as Described
from mcp_types import ToolAnnotations

from graph_ledger.surfaces.mcp.budget import Budget
from graph_ledger.surfaces.mcp.cuts import FIELD, SCHEMA
from graph_ledger.surfaces.tools.tool import Sourced, Tool

ENDS_SOMETHING = frozenset(
    {
        "add", "add_member", "apply", "contract_sync", "discover", "record", "register", "register_group", "registry_stage",
        "remove_member", "resolve_observation", "tag", "take_listing", "unlink_dependency", "untag", "update",
    }
)  # fmt: skip
"""Tools after which something is not believed any more that was before; its history stays, whatever they do."""
ONLY_ADDS = frozenset(
    {"connect", "link_dependency", "plan", "plan_listing", "record_many", "record_observation", "record_validation", "seal"}
)
"""Tools that write, if at all, beside what is there. A test holds every writing tool to stand in one of the two."""
SAID_TWICE_IS_SILENT = frozenset(
    {
        "add", "add_member", "apply", "connect", "contract_sync", "discover", "link_dependency", "plan", "plan_listing", "register",
        "register_group", "registry_stage", "seal", "take_listing", "update",
    }
)  # fmt: skip
REHEARSES = frozenset({"plan", "plan_listing"})
"""Tools that keep nothing, though they take a writer: a run is rehearsed under its locks, for which other writers wait."""


def described(tool: Tool[Any, Any], budget: Budget) -> Described:
    """Return a tool as tools/list shows it."""
    return Described(
        name=tool.name, title=tool.title, description=tool.description, input_schema=asks(tool, budget), output_schema=answers(tool),
        annotations=ToolAnnotations(
            title=tool.title,
            read_only_hint=not tool.writes or tool.name in REHEARSES,
            destructive_hint=tool.name in ENDS_SOMETHING,
            idempotent_hint=not tool.writes or tool.name in SAID_TWICE_IS_SILENT,
            open_world_hint=issubclass(tool.asks, Sourced),
        ),
    )  # fmt: skip


def asks(tool: Tool[Any, Any], budget: Budget) -> dict[str, Any]:
    """Return what a tool takes; `limit` and `depth` say what the budget allows."""
    schema: dict[str, Any] = _plain(tool.asks.model_json_schema())
    for name, _, most in budget.limits():
        field = schema.get("properties", {}).get(name)
        if field is None or most is None:
            continue
        default = tool.asks.model_fields[name].default
        bound = min(most, _own_maximum(field))
        schema["properties"][name] = {
            "type": "integer", "minimum": 1, "maximum": bound, "default": bound if default is None else min(default, bound),
            "description": field["description"].partition(" Left out:")[0],
        }  # fmt: skip
    return schema


def answers(tool: Tool[Any, Any]) -> dict[str, Any]:
    """Return what a tool answers, and how it says that it was cut."""
    schema: dict[str, Any] = _plain(tool.answers.model_json_schema(mode="serialization"))
    schema["properties"] = {**schema.get("properties", {}), FIELD: SCHEMA}
    return schema


def _own_maximum(field: dict[str, Any]) -> int:
    """Return the most that a tool takes, whatever the budget."""
    return min(int(each["maximum"]) for each in (field, *field.get("anyOf", ())) if "maximum" in each)


def _plain(schema: Any, *, names: bool = False) -> Any:
    """Leave out titles, which say the names of fields once more; ``names``: whether the keys here are names of fields."""
    if isinstance(schema, dict):
        kept = schema.items() if names else ((key, each) for key, each in schema.items() if key != "title" or not isinstance(each, str))
        return {key: _plain(each, names=not names and key in {"properties", "$defs"}) for key, each in kept}
    return [_plain(each) for each in schema] if isinstance(schema, list) else schema

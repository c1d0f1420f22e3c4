"""Every tool is described, in and out, and knows at least the words that agents know it by."""

from typing import Any

import pytest
from pydantic import BaseModel

from graph_ledger.errors import ValidationError
from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.tools.catalogue import TOOLS
from graph_ledger.surfaces.tools.tool import Tool

DOCUMENTED: dict[str, tuple[str, str]] = {
    "record": (
        "model_name event payload actor owner model_type purpose tier",
        "model_name model_hash event_id timestamp is_new_model",
    ),
    "query": ("text platform model_type owner status limit offset tier validated changed_since", "total models has_more"),
    "investigate": (
        "model_name detail as_of",
        """name owner model_type purpose status created_at metadata recent_events days_since_last_event total_events upstream downstream
        groups members last_validated open_observation_count tier validations""",
    ),
    "trace": ("name direction depth", "root upstream downstream total_nodes nodes"),
    "changelog": ("since until model_name event_type limit offset", "total events has_more period"),
    "discover": (
        "source_type models file_path connector_name connector_config auto_connect",
        "models_added models_skipped links_created models errors added skipped",
    ),
    "tag": ("model_name tag_name", "model_name tag_name model_hash snapshot_hash updated_at"),
    "list_tags": ("model_name", "model_name tags"),
}
ROWS = {
    ("query", "models"): "name owner model_type platform status last_event event_count",
    ("investigate", "recent_events"): "event_type timestamp actor summary model_name payload",
    ("investigate", "upstream"): "name platform depth relationship",
    ("trace", "nodes"): "name platform depth relationship",
    ("changelog", "events"): "event_type timestamp actor summary model_name payload",
    ("list_tags", "tags"): "model_name tag_name model_hash snapshot_hash updated_at",
}
NOT_TOOLS = {"close", "contracts", "database", "temporary", "demo", "open_observation_count", "registry", "trace_names"}
"""What a Ledger has that is no question: its life, its rooms, and what counts offline."""
LISTINGS = {"take_listing", "plan_listing"}
"""`discover` and `plan` of what a client read on its own machine."""


def names(schema: dict[str, Any]) -> set[str]:
    return set(schema.get("properties", {}))


@pytest.mark.parametrize("name", DOCUMENTED)
def test_a_documented_tool_takes_and_gives_what_it_is_known_for(name: str) -> None:
    asked, answered = DOCUMENTED[name]
    assert TOOLS[name].documented
    assert set(asked.split()) <= names(TOOLS[name].asks.model_json_schema())
    assert set(answered.split()) <= names(TOOLS[name].answers.model_json_schema(mode="serialization"))


@pytest.mark.parametrize(("name", "field"), ROWS)
def test_a_row_of_a_documented_answer_has_what_it_is_known_for(name: str, field: str) -> None:
    schema = TOOLS[name].answers.model_json_schema(mode="serialization")
    row = schema["$defs"][schema["properties"][field]["items"]["$ref"].rpartition("/")[2]]
    assert set(ROWS[name, field].split()) <= names(row)


def test_the_documented_tools_are_these_eight_and_come_first() -> None:
    assert [tool.name for tool in TOOLS.values() if tool.documented][:6] == list(TOOLS)[:6]
    assert {tool.name for tool in TOOLS.values() if tool.documented} == set(DOCUMENTED)


def test_every_verb_of_the_client_is_a_tool() -> None:
    verbs = {name for name in vars(Ledger) | {n: 0 for base in Ledger.__mro__ for n in vars(base)} if not name.startswith("_")}
    assert verbs - NOT_TOOLS == {name for name in TOOLS if not name.startswith(("contract_", "registry_"))} - LISTINGS


@pytest.mark.parametrize("tool", TOOLS.values(), ids=list(TOOLS))
def test_a_tool_and_each_of_its_fields_say_what_they_are(tool: Tool[Any, Any]) -> None:
    assert tool.title
    assert not tool.title.endswith(".")
    for schema in (tool.asks.model_json_schema(), tool.answers.model_json_schema(mode="serialization")):
        parts = {"": schema, **schema.get("$defs", {})}
        undescribed = {
            f"{part}.{name}" for part, held in parts.items() for name, field in held.get("properties", {}).items() if not said(field)
        }
        assert undescribed == set()


def said(field: dict[str, Any]) -> bool:
    return bool(field.get("description"))


@pytest.mark.parametrize("tool", TOOLS.values(), ids=list(TOOLS))
def test_a_tool_refuses_what_it_would_ignore(tool: Tool[Any, Any]) -> None:
    with pytest.raises(ValidationError, match="moon"):
        tool.read({**tool.example, "moon": "full"})


@pytest.mark.parametrize("tool", TOOLS.values(), ids=list(TOOLS))
def test_a_tool_that_reads_the_graph_of_a_moment_takes_both_clocks(tool: Tool[Any, Any]) -> None:
    asked = names(tool.asks.model_json_schema())
    assert ("as_of" in asked) <= ("known_at" in asked)
    assert not (tool.writes and "as_of" in asked)


def test_what_has_a_role_above_reader_writes() -> None:
    assert {tool.name for tool in TOOLS.values() if tool.role != "reader"} == {tool.name for tool in TOOLS.values() if tool.writes}
    assert issubclass(TOOLS["trace"].asks, BaseModel)

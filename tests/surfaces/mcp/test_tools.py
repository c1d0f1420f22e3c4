"""What the tools are, and that each answers what the library answers."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from mcp import Client
from mcp_types import Tool as Described

from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.mcp.budget import Budget
from graph_ledger.surfaces.mcp.schemas import ENDS_SOMETHING, ONLY_ADDS, REHEARSES, SAID_TWICE_IS_SILENT
from graph_ledger.surfaces.tools.caller import HERE, Caller
from graph_ledger.surfaces.tools.catalogue import TOOLS
from tests.surfaces.mcp.talk import call, served, text

EIGHT = ["record", "query", "investigate", "trace", "changelog", "discover", "tag", "list_tags"]
READING = sorted(name for name, tool in TOOLS.items() if not tool.writes)
NEEDS_MORE = {"prove", "check_proof", "check_consistency", "prove_consistency"}
"""Tools whose question is made of another one's answer."""
MOVES = {"doctor", "silent", "investigate"}
"""Tools whose answer tells the time."""


async def listed(client: Client) -> dict[str, Described]:
    return {tool.name: tool for tool in (await client.list_tools()).tools}


@pytest.fixture(scope="module")
def tools(opened: Ledger) -> dict[str, Described]:
    return served(opened, listed)


def test_the_documented_eight_come_first_and_every_other_tool_is_there(tools: dict[str, Described]) -> None:
    assert list(tools)[: len(EIGHT)] == EIGHT
    assert tools.keys() == TOOLS.keys()


def test_every_tool_and_every_field_is_described(tools: dict[str, Described]) -> None:
    for tool in tools.values():
        assert tool.title
        assert tool.description
        for schema in (tool.input_schema, tool.output_schema or {}):
            Draft202012Validator.check_schema(schema)
            assert schema["type"] == "object"
            undescribed = [name for name, field in schema["properties"].items() if not field.get("description")]
            assert (tool.name, undescribed) == (tool.name, [])
        assert json.dumps(tool.input_schema).count('"title"') == 0


def test_a_tool_says_whether_it_writes(tools: dict[str, Described]) -> None:
    for name, tool in tools.items():
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint is (not TOOLS[name].writes or name in {"plan", "plan_listing"})
    ends = {name for name, tool in tools.items() if tool.annotations and tool.annotations.destructive_hint}
    assert {"untag", "discover", "apply", "take_listing", "resolve_observation"} <= ends
    assert not ends & set(READING)


def test_of_every_tool_that_writes_it_is_judged_whether_it_ends_something() -> None:
    writing = sorted(TOOLS.keys() - set(READING))
    assert sorted([*ENDS_SOMETHING, *ONLY_ADDS]) == writing
    assert set(writing) >= SAID_TWICE_IS_SILENT | REHEARSES
    assert not REHEARSES & ENDS_SOMETHING


@pytest.mark.parametrize("name", [name for name in READING if name not in NEEDS_MORE])
def test_each_example_gives_what_the_library_gives(bank: Ledger, name: str) -> None:
    tool = TOOLS[name]
    result = served(bank, call(name, tool.example), budget=Budget(rows=10_000))
    direct = tool.call(bank, tool.read(tool.example), HERE).model_dump(mode="json")
    assert not result.is_error
    assert json.loads(text(result)) == result.structured_content
    if name in MOVES:
        assert result.structured_content.keys() == direct.keys()
    else:
        assert result.structured_content == direct


def test_what_writes_writes_and_signs_with_who_asks(bank: Ledger) -> None:
    given = {"model_name": "fraud_scoring", "event": "reviewed", "actor": "claude", "payload": {"minutes": 45}}
    result = served(bank, call("record", given), caller=Caller("agents", "writer"))
    assert (result.structured_content["snapshot"]["actor"], result.structured_content["snapshot"]["tags"]) == (
        "agents",
        {"on_behalf_of": "claude"},
    )
    assert bank.latest("fraud_scoring") is not None


def test_a_role_is_shown_and_may_use_its_own_tools_alone(bank: Ledger) -> None:
    reader = Caller("notebook", "reader")
    assert list(served(bank, listed, caller=reader)) == [name for name, tool in TOOLS.items() if tool.role == "reader"]
    refused = served(bank, call("record", {"model_name": "fraud_scoring", "event": "reviewed"}), caller=reader)
    problem: dict[str, Any] = refused.structured_content
    assert (refused.is_error, problem["error"], problem["needed"], problem["status"]) == (True, "NotAllowedError", "writer", 403)
    assert served(bank, call("seal"), caller=Caller("etl", "writer")).is_error


def test_a_plan_is_handed_back_as_it_was_and_applied(bank: Ledger) -> None:
    models = [{"name": f"side_sheet{number}", "platform": "office", "inputs": ["customer_data", "b", "c"]} for number in range(5)]

    async def both(client: Client) -> Any:
        plan = await client.call_tool("plan", {"source": "sheets", "models": models})
        return await client.call_tool("apply", {"plan": plan.structured_content})

    assert served(bank, both, budget=Budget(rows=2)).structured_content["added"] == len(models)
    assert bank.get("side_sheet4").key == "office/side_sheet4"

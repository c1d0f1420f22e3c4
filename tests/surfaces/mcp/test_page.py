"""The page for agents: its tables, and the conversation with its answers."""

import json
import re
from typing import Any

import pytest
from click.testing import CliRunner

from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.cli.main import cli
from graph_ledger.surfaces.mcp.budget import Budget
from graph_ledger.surfaces.mcp.prompts import PROMPTS
from graph_ledger.surfaces.mcp.resources import RESOURCES
from graph_ledger.surfaces.tools.catalogue import TOOLS
from graph_ledger.surfaces.tools.tool import Tool
from tests.docs.pages import ROOT
from tests.surfaces.mcp.talk import call, served

PAGE = (ROOT / "docs" / "agents.md").read_text(encoding="utf-8")
BLOCKS = [json.loads(block) for block in re.findall(r"^```json\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)]
CONVERSATION = [block for block in BLOCKS if "tool" in block]


def shown_in(answer: Any, shown: Any) -> bool:
    """Whether what a page shows stands in an answer: fields that it names, the first entries of its lists."""
    if isinstance(shown, dict):
        return all(name in answer and shown_in(answer[name], each) for name, each in shown.items())
    if isinstance(shown, list):
        return len(shown) <= len(answer) and all(map(shown_in, answer, shown))
    return bool(answer == shown)


@pytest.mark.parametrize("turn", CONVERSATION, ids=lambda turn: turn["tool"])
def test_the_conversation_goes_as_the_page_says(bank: Ledger, turn: dict[str, Any]) -> None:
    answer = served(bank, call(turn["tool"], turn["arguments"])).structured_content
    assert shown_in(answer, turn["answer"]), answer


def test_a_list_that_is_said_to_be_all_is_all(bank: Ledger) -> None:
    assert [turn["tool"] for turn in CONVERSATION] == ["changelog", "trace", "investigate", "impact"]
    for turn in CONVERSATION:
        if "complete" in turn["answer"]:
            answer = served(bank, call(turn["tool"], turn["arguments"])).structured_content
            assert len(answer["nodes"]) == len(turn["answer"]["nodes"])


def _kind(tool: Tool[Any, Any]) -> tuple[bool, bool]:
    return tool.documented, tool.writes and not tool.documented


def test_every_tool_stands_in_the_table_of_its_kind_in_its_own_words() -> None:
    parts = re.split(r"^These read, too:|^And these write;", PAGE, flags=re.MULTILINE)
    kinds = ((True, False), (False, False), (False, True))
    for part, (documented, writes) in zip(parts, kinds, strict=True):
        rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", part, re.MULTILINE)
        assert dict(rows) == {name: tool.title for name, tool in TOOLS.items() if _kind(tool) == (documented, writes)}


def test_resources_prompts_and_options_are_those_of_the_page() -> None:
    assert re.findall(r"^\| `(ledger://\w+)` \| (.+?)(?:; no password, no key)? \|$", PAGE, re.MULTILINE) == [
        (uri, each.description.rstrip(".")) for uri, each in RESOURCES.items()
    ]
    prompts = re.findall(r"^\| `([\w-]+)` \| (.+) \| (.+\?) \|$", PAGE, re.MULTILINE)
    assert [(name, re.findall(r"\w+", arguments), text) for name, arguments, text in prompts] == [
        (name, [argument.name for argument in each.arguments], each.description) for name, each in PROMPTS.items()
    ]
    said = CliRunner().invoke(cli, ["mcp", "--help"]).output
    assert all(option in said for option in re.findall(r"`(--[\w-]+)`", PAGE))
    assert f"| `--max-rows` | {Budget().rows} |" in PAGE
    assert f"| `--max-seconds` | {Budget().seconds:g} |" in PAGE

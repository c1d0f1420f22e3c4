"""Resources, prompts and completion: what an agent finds its way by."""

import json
from typing import Any

import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError
from mcp_types import PromptReference

from graph_ledger.errors import NotInstalledError
from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.mcp.prompts import PROMPTS
from graph_ledger.surfaces.tools.caller import HERE, Caller
from graph_ledger.surfaces.tools.catalogue import TOOLS
from tests.surfaces.mcp.talk import served, talk
from tests.surfaces.mcp.test_errors import unopened

URIS = ["ledger://overview", "ledger://schema", "ledger://backends", "ledger://doctor"]


async def read_all(client: Client) -> dict[str, Any]:
    listed = [str(each.uri) for each in (await client.list_resources()).resources]
    return {uri: json.loads((await client.read_resource(uri)).contents[0].text) for uri in listed}  # type: ignore[union-attr]


def test_four_resources_are_read_without_a_tool(bank: Ledger) -> None:
    found = served(bank, read_all)
    assert list(found) == URIS
    assert found["ledger://overview"] == TOOLS["overview"].call(bank, TOOLS["overview"].read({}), HERE).model_dump(mode="json")
    assert found["ledger://schema"].keys() == TOOLS.keys()
    assert found["ledger://schema"]["trace"]["asks"]["properties"]["name"]["description"]
    assert found["ledger://backends"] == {"backend": "neo4j", "open": True}
    assert found["ledger://doctor"]["ok"]


def test_the_schema_is_of_what_the_caller_may_use(bank: Ledger) -> None:
    found = served(bank, read_all, caller=Caller("notebook", "reader"))
    assert "record" not in found["ledger://schema"]


def test_a_resource_that_needs_the_database_says_why_it_cannot_be_had() -> None:
    async def asked(client: Client) -> None:
        backends = await client.read_resource("ledger://backends")
        assert '"open": false' in backends.contents[0].text  # type: ignore[union-attr]
        with pytest.raises(MCPError, match="graph-ledger server install"):
            await client.read_resource("ledger://overview")
        with pytest.raises(MCPError, match="ledger://schema"):
            await client.read_resource("ledger://nonsense")

    talk(unopened(NotInstalledError()), asked)


def test_every_prompt_names_tools_that_there_are(bank: Ledger) -> None:
    async def asked(client: Client) -> None:
        for prompt in (await client.list_prompts()).prompts:
            assert prompt.description
            assert all(argument.description for argument in prompt.arguments or [])
            needed = {argument.name: "customer_features" for argument in prompt.arguments or [] if argument.required}
            text = (await client.get_prompt(prompt.name, needed)).messages[0].content.text  # type: ignore[union-attr]
            assert "{" not in text
            called = {word.rpartition(" ")[2] for word in text.split("(")[:-1]} & TOOLS.keys()
            assert called

    assert list(PROMPTS) == ["what-breaks-if", "who-must-know", "what-changed"]
    served(bank, asked)


def test_what_is_given_stands_in_the_prompt(bank: Ledger) -> None:
    async def asked(client: Client) -> None:
        given = {"model": "customer_features", "as_of": "2025-12-31"}
        found = await client.get_prompt("what-breaks-if", given)
        assert "impact(model='customer_features', as_of='2025-12-31')" in found.messages[0].content.text  # type: ignore[union-attr]
        found = await client.get_prompt("what-changed", {"since": "2026-06-01"})
        assert "changelog(since='2026-06-01')" in found.messages[0].content.text  # type: ignore[union-attr]
        for name, arguments, named in (("what-breaks-if", {}, "model"), ("what-changed", {"until": "x"}, "until"), ("nope", {}, "nope")):
            with pytest.raises(MCPError, match=named):
                await client.get_prompt(name, arguments)

    served(bank, asked)


def test_names_of_models_are_completed(bank: Ledger) -> None:
    async def asked(client: Client) -> None:
        prompt = PromptReference(type="ref/prompt", name="what-breaks-if")
        before = await client.complete(prompt, {"name": "model", "value": "fraud_s"})
        assert before.completion.values == []  # nothing is opened for it
        await client.call_tool("overview", {})
        found = await client.complete(prompt, {"name": "model", "value": "fraud_s"})
        assert "ml/fraud_scoring" in found.completion.values
        assert len((await client.complete(prompt, {"name": "model", "value": ""})).completion.values) == 20
        assert (await client.complete(prompt, {"name": "as_of", "value": "20"})).completion.values == []

    served(bank, asked)

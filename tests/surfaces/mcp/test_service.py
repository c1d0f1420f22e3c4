"""Asking a service instead of a database: the tools stay what they are."""

import subprocess

from mcp import Client
from mcp_types import CallToolResult

from graph_ledger.access.keys import create_key
from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.tools.caller import HERE
from graph_ledger.surfaces.tools.catalogue import TOOLS
from tests.surfaces.mcp.talk import PROGRAM, Environment, call, listening, over_http, over_stdio, text
from tests.surfaces.mcp.test_http import post
from tests.surfaces.mcp.test_tools import MOVES, NEEDS_MORE
from tests.surfaces.rest.serving import served

READING = [name for name, tool in TOOLS.items() if not tool.writes and name not in NEEDS_MORE]
NOT_HERE = {"GRAPH_LEDGER_URI": "bolt://127.0.0.1:1"}


def test_a_service_answers_the_same_and_its_key_decides(bank: Ledger, environment: Environment) -> None:
    reader, writer = create_key(bank.database, "asks", "reader"), create_key(bank.database, "tells", "writer")

    async def all_of_them(client: Client) -> dict[str, CallToolResult]:
        assert f'"address": "{address}"' in (await client.read_resource("ledger://backends")).contents[0].text  # type: ignore[union-attr]
        found = {name: await client.call_tool(name, dict(TOOLS[name].example)) for name in READING}
        found["missing"] = await client.call_tool("trace", {"name": "fraud_scorin"})
        found["record"] = await client.call_tool("record", {"model_name": "credit_risk", "event": "reviewed", "actor": "claude"})
        return found

    with served(bank) as service:
        address = str(service.base_url).rstrip("/")
        found = over_stdio(environment, all_of_them, "--url", address, "--max-rows", "10000", GRAPH_LEDGER_KEY=reader, **NOT_HERE)
        direct = {name: TOOLS[name].call(bank, TOOLS[name].read(TOOLS[name].example), HERE).model_dump(mode="json") for name in READING}
        told = over_stdio(environment, all_of_them, "--url", address, GRAPH_LEDGER_KEY=writer, **NOT_HERE)["record"]
        refused = over_stdio(environment, all_of_them, "--url", address, GRAPH_LEDGER_KEY="gl_0123456789abcdef_" + "x" * 43, **NOT_HERE)
    assert {name for name in READING if found[name].is_error} == set()
    assert {name for name in READING if name not in MOVES and found[name].structured_content != direct[name]} == set()
    assert found["missing"].structured_content["near"] == ["ml/fraud_scoring"]
    assert found["record"].structured_content["needed"] == "writer"
    assert (told.structured_content["snapshot"]["actor"], told.structured_content["snapshot"]["tags"]) == (
        "tells",
        {"on_behalf_of": "claude"},
    )
    assert "GRAPH_LEDGER_KEY" in text(refused["trace"])
    assert all("gl_" not in str(each) for each in refused.values())


def test_over_http_whoever_asks_a_service_shows_its_key(bank: Ledger, environment: Environment) -> None:
    key, other = create_key(bank.database, "asks-for-many", "reader"), create_key(bank.database, "another", "admin")
    with served(bank) as service:
        address = str(service.base_url).rstrip("/")
        with listening(environment, "--url", address, GRAPH_LEDGER_KEY=key, **NOT_HERE) as here:
            for shown in ({}, {"Authorization": f"Bearer {other}"}):
                assert post(here, **shown).status_code == 401
            assert post(here, Authorization=f"Bearer {key}").status_code == 200
            assert not over_http(here, call("overview"), key).is_error


def test_what_takes_a_database_says_so(environment: Environment) -> None:
    for options, said in (
        (("--url", "https://ledger.example", "--allow-cypher"), "--allow-cypher"),
        (("--url", "neo4j://graph.example"), "--uri"),
        (("--url", "https://ledger.example", "--demo"), "exclude"),
    ):
        done = subprocess.run(
            [*PROGRAM, "mcp", *options], env=environment.of_process(), cwd=environment.folder, capture_output=True, text=True, check=False
        )
        assert (done.returncode, said in done.stderr, done.stdout) == (2, True, "")

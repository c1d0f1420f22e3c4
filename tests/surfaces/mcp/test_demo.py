"""The demo estate, loaded when an agent first needs it: never the user's own graph, and two servers share it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from graph_ledger import server
from graph_ledger.settings import Settings
from tests.surfaces.mcp.talk import PROGRAM, Environment, over_stdio

PATIENCE = 600.0


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[Environment]:
    """A home of its own, in which the user's graph is one that nobody can reach."""
    if not server.is_installed(Settings().cache):
        pytest.skip("no local Neo4j is installed")
    yield Environment(tmp_path, {"GRAPH_LEDGER_HOME": str(tmp_path), "GRAPH_LEDGER_URI": "bolt://127.0.0.1:1"})
    server.stop(tmp_path / "demo")


@pytest.mark.slow
def test_two_agents_that_ask_at_once_get_the_estate_whole(apart: Environment) -> None:
    parameters = StdioServerParameters(command=PROGRAM[0], args=[*PROGRAM[1:], "mcp", "--demo"], env=apart.of_process(), cwd=apart.folder)

    async def asked(first: Client) -> list[Any]:
        import anyio

        found: list[Any] = []

        async def ask(client: Client) -> None:
            found.append(await client.call_tool("impact", {"model": "customer_features"}, read_timeout_seconds=PATIENCE))

        assert not (apart.folder / "demo" / "loaded_on").exists()
        async with Client(parameters) as second, anyio.create_task_group() as group:
            group.start_soon(ask, first)
            group.start_soon(ask, second)
        overview = await first.call_tool("overview", {})
        found.append(overview)
        backends = await first.read_resource("ledger://backends")
        assert '"demo": true' in backends.contents[0].text  # type: ignore[union-attr]
        return found

    one, other, overview = over_stdio(apart, asked, "--demo")
    assert one.structured_content == other.structured_content
    depths = [node["depth"] for node in one.structured_content["nodes"]]
    assert (depths, one.structured_content["complete"]) == ([1, 1, 1, 2, 2], True)
    assert (overview.structured_content["total_models"], overview.structured_content["total_events"]) == (67, 240)

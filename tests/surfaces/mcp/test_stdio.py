"""Standard input and output: one server a client, which answers at once and ends with it."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.tools.caller import HERE
from graph_ledger.surfaces.tools.catalogue import TOOLS
from tests.connectors.local_server import Asked, Reply, serving
from tests.surfaces.mcp.talk import PROGRAM, Environment, call, over_stdio, text

NOWHERE = "bolt://127.0.0.1:1"
PROCESSOR_SECONDS = 4.0
"""Of the whole handshake, client included; about one on an idle machine."""
HEAVY = {"neo4j", "neomodel", "sqlglot", "pandas", "fastapi", "graph_ledger.server", "graph_ledger.ledger", "graph_ledger.discovery"}
HANDSHAKE = [
    {"method": "initialize", "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}},
    {"method": "tools/list", "params": {}},
    {"method": "resources/list", "params": {}},
    {"method": "prompts/list", "params": {}},
    {"method": "resources/read", "params": {"uri": "ledger://backends"}},
    {"method": "resources/read", "params": {"uri": "ledger://schema"}},
]


def lines(*asked: dict[str, Any]) -> str:
    """Return requests as a client writes them."""
    written = [{"jsonrpc": "2.0", "id": number, **each} for number, each in enumerate(asked)]
    return "".join(
        json.dumps(each) + "\n" for each in [written[0], {"jsonrpc": "2.0", "method": "notifications/initialized"}, *written[1:]]
    )


async def tool_names(client: Client) -> list[str]:
    return [tool.name for tool in (await client.list_tools()).tools]


def test_the_handshake_needs_no_database_and_loads_no_driver(environment: Environment, tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with (tmp_path / "imports").open("w+", encoding="utf-8") as told, subprocess.Popen(
        [sys.executable, "-X", "importtime", *PROGRAM[1:], "mcp"], env=environment.of_process(GRAPH_LEDGER_URI=NOWHERE), cwd=tmp_path,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=told, text=True,
    ) as server:  # fmt: skip
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(lines(*HANDSHAKE))
        server.stdin.flush()
        answers = [json.loads(server.stdout.readline()) for _ in HANDSHAKE]
        server.stdin.close()
        assert server.wait(30) == 0
        told.seek(0)
        imported = {line.rpartition("|")[2].strip() for line in told if line.startswith("import time:")}
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert {each["id"] for each in answers if "result" in each} == set(range(len(HANDSHAKE)))
    assert not {name for name in imported if name in HEAVY}
    assert after.ru_utime - before.ru_utime < PROCESSOR_SECONDS


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_old_and_new_clients_get_what_the_library_gives(bank: Ledger, environment: Environment, mode: str) -> None:
    tool = TOOLS["trace"]
    result = over_stdio(environment, call("trace", tool.example), mode=mode)
    assert result.structured_content == tool.call(bank, tool.read(tool.example), HERE).model_dump(mode="json")


def test_nothing_but_the_protocol_is_written_to_standard_output(bank: Ledger, environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "noisy.py").write_text(
        "import os\nfrom graph_ledger.values.node import DataNode\n"
        "class Noisy:\n    name = 'noisy'\n    def discover(self):\n        print('hello')\n        os.system('echo from a child')\n"
        "        return [DataNode('noise', platform='office')]\n"
        "def made(**options):\n    return Noisy()\n",
        encoding="utf-8",
    )
    info = tmp_path / "noisy-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: noisy\nVersion: 1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[graph_ledger.connectors]\nnoisy = noisy:made\n", encoding="utf-8")
    asked = {"name": "discover", "arguments": {"source_type": "connector", "connector_name": "noisy"}}
    with subprocess.Popen(
        [*PROGRAM, "mcp"], env=environment.of_process(PYTHONPATH=str(tmp_path)), cwd=tmp_path, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as server:  # fmt: skip
        assert server.stdin is not None
        assert server.stdout is not None
        assert server.stderr is not None
        server.stdin.write(lines(HANDSHAKE[0], {"method": "tools/call", "params": asked}))
        server.stdin.flush()
        answers = [json.loads(server.stdout.readline()) for _ in range(2)]
        server.stdin.close()
        assert server.stdout.read() == ""
        said = server.stderr.read()
    assert answers[1]["result"]["structuredContent"]["models_added"] == 1
    assert "hello" in said
    assert "from a child" in said


def test_read_only_leaves_out_whatever_writes(bank: Ledger, environment: Environment) -> None:
    assert over_stdio(environment, tool_names, "--read-only") == [*_first(), *_rest()]


def _first() -> list[str]:
    return [name for name, tool in TOOLS.items() if tool.documented and not tool.writes]


def _rest() -> list[str]:
    return [name for name, tool in TOOLS.items() if not tool.documented and not tool.writes]


def test_a_server_that_is_not_installed_is_named_with_its_command(environment: Environment, tmp_path: Path) -> None:
    alone = {"GRAPH_LEDGER_URI": "", "GRAPH_LEDGER_CACHE": str(tmp_path / "empty")}
    result = over_stdio(environment, call("query"), **alone)
    assert result.is_error
    assert "graph-ledger server install" in text(result)
    assert str(tmp_path) not in str(result)


def test_connectors_are_run_here_and_their_trouble_is_told(bank: Ledger, environment: Environment) -> None:
    with serving(prefect) as (port, _):
        given = {"source_type": "connector", "connector_name": "prefect", "connector_config": {"url": f"http://127.0.0.1:{port}/api"}}
        found = over_stdio(environment, call("discover", given)).structured_content
        assert (found["errors"], [model["name"] for model in found["models"]]) == ([], ["score/nightly"])
        again = over_stdio(environment, call("discover", {**given, "connector_name": "rest", "source": "registry", "connector_config": {
            "url": f"http://127.0.0.1:{port}/models"}})).structured_content  # fmt: skip
        assert [model["name"] for model in again["models"]] == ["registered"]
    away = over_stdio(environment, call("discover", given))
    assert not away.is_error
    assert away.structured_content["errors"]
    unknown = over_stdio(environment, call("discover", {**given, "connector_name": "nonsense"}))
    assert "nonsense" in unknown.structured_content["errors"][0]


def prefect(asked: Asked) -> Reply:
    """Answer as a Prefect with one deployment, and as a registry with one model."""
    if asked.path.endswith("/count"):
        return Reply(body=b"1")
    if asked.path.endswith("/models"):
        return Reply(body=b'[{"name": "registered"}]')
    if asked.path.endswith("/flows/filter"):
        return Reply(body=b'[{"id": "7", "name": "score"}]')
    deployment = {"id": "1", "flow_id": "7", "name": "nightly", "tags": ["input:customer_data"]}
    return Reply(body=json.dumps([deployment] if b'"offset": 0' in asked.body or b'"offset":0' in asked.body else []).encode())


@pytest.mark.parametrize("busy", [False, True])
def test_the_server_ends_with_its_client(bank: Ledger, environment: Environment, tmp_path: Path, busy: bool) -> None:
    program = tmp_path / "client.py"
    slow = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a = -b RETURN count(*) AS n"
    request = {"method": "tools/call", "params": {"name": "cypher", "arguments": {"statement": slow if busy else "RETURN 1 AS n"}}}
    program.write_text(
        "import subprocess, sys, time\n"
        f"server = subprocess.Popen({[*PROGRAM, 'mcp', '--allow-cypher']!r}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)\n"
        f"server.stdin.write({lines(HANDSHAKE[0], request)!r}); server.stdin.flush()\n"
        f"[server.stdout.readline() for _ in range({1 if busy else 2})]\n"
        "print(server.pid, flush=True)\ntime.sleep(600)\n",
        encoding="utf-8",
    )
    with subprocess.Popen(
        [sys.executable, str(program)], env=environment.of_process(), cwd=tmp_path, stdout=subprocess.PIPE, text=True
    ) as client:
        assert client.stdout is not None
        number = int(client.stdout.readline())
        time.sleep(1)
        os.kill(client.pid, signal.SIGKILL)
    assert ended(number)


def ended(number: int) -> bool:
    """Wait until a process is gone."""
    for _ in range(150):
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_two_servers_at_once_serve_one_graph(bank: Ledger, environment: Environment) -> None:
    async def outer(first: Client) -> Any:
        await first.call_tool("tag", {"model_name": "credit_risk", "tag_name": "seen-by-two", "actor": "one"})
        second = StdioServerParameters(command=PROGRAM[0], args=[*PROGRAM[1:], "mcp"], env=environment.of_process(), cwd=environment.folder)
        async with Client(second) as other:
            return (await other.call_tool("list_tags", {"model_name": "credit_risk"})).structured_content

    assert "seen-by-two" in {tag["tag_name"] for tag in over_stdio(environment, outer)["tags"]}


def test_an_interrupt_ends_it(environment: Environment, tmp_path: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, "mcp"], env=environment.of_process(), cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(lines(HANDSHAKE[0]))
        server.stdin.flush()
        server.stdout.readline()
        server.send_signal(signal.SIGINT)
        assert server.wait(10) != 0

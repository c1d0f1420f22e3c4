"""HTTP: many clients, each known by its key."""

import subprocess
from typing import Any

import httpx
import pytest
from mcp import Client

from graph_ledger.access.keys import create_key, revoke_key
from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.tools.caller import HERE
from graph_ledger.surfaces.tools.catalogue import TOOLS
from tests.surfaces.mcp.talk import PROGRAM, Environment, call, listening, over_http

ROLES = ("reader", "writer", "admin")
INITIALIZE = {
    "jsonrpc": "2.0", "id": 1, "method": "initialize",
    "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}},
}  # fmt: skip
ACCEPT = {"Accept": "application/json, text/event-stream"}


async def tool_names(client: Client) -> list[str]:
    return [tool.name for tool in (await client.list_tools()).tools]


def post(address: str, **headers: str) -> httpx.Response:
    return httpx.post(address, json=INITIALIZE, headers={**ACCEPT, **headers}, trust_env=False, timeout=30)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_old_and_new_clients_get_what_the_library_gives(bank: Ledger, environment: Environment, mode: str) -> None:
    tool = TOOLS["trace"]
    with listening(environment) as address:
        result = over_http(address, call("trace", tool.example), mode=mode)
    assert result.structured_content == tool.call(bank, tool.read(tool.example), HERE).model_dump(mode="json")


def test_a_web_page_of_somebody_else_and_a_foreign_name_are_refused(bank: Ledger, environment: Environment) -> None:
    with listening(environment) as address:
        assert post(address).status_code == 200
        assert post(address, Host="ledger.example").status_code == 421
        assert post(address, Origin="https://evil.example").status_code == 403
        assert post(address, Origin="http://localhost:3000").status_code == 200


def test_sources_are_not_read_for_others_unless_that_is_allowed(bank: Ledger, environment: Environment) -> None:
    rest = {"source_type": "connector", "connector_name": "rest", "connector_config": {"url": "http://127.0.0.1:9/x"}}
    file = {"source_type": "file", "file_path": str(environment.folder / "models.json")}
    (environment.folder / "models.json").write_text('[{"name": "from_file", "platform": "office"}]', encoding="utf-8")
    with listening(environment) as address:
        for given in (rest, file):
            problem = over_http(address, call("discover", given)).structured_content
            assert problem["error"] == "NotAllowedError"
    with listening(environment, "--allow-folder", str(environment.folder)) as address:
        assert over_http(address, call("discover", file)).structured_content["models_added"] == 1


def test_without_keys_it_listens_to_this_machine_alone(bank: Ledger, environment: Environment) -> None:
    command = [*PROGRAM, "mcp", "--http", "--port", "0", "--host", "0.0.0.0"]
    for options, said in (([], "--allow-host"), (["--allow-host", "ledger.example"], "no key")):
        done = subprocess.run(
            [*command, *options],
            env=environment.of_process(),
            cwd=environment.folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode, said in done.stderr) == (2, True)


def test_a_role_decides_what_is_shown_and_done_and_a_key_signs(bank: Ledger, environment: Environment) -> None:
    keys = {role: create_key(bank.database, f"agent-{role}", role) for role in ROLES}  # type: ignore[arg-type]
    record = {"model_name": "credit_risk", "event": "reviewed", "actor": "claude"}
    with listening(environment) as address:
        assert post(address).status_code == 401
        assert post(address, Authorization="Bearer gl_0123456789abcdef_" + "x" * 43).status_code == 401
        shown = {role: over_http(address, tool_names, key) for role, key in keys.items()}
        assert [len(shown[role]) for role in ROLES] == [
            len([tool for tool in TOOLS.values() if tool.role in ROLES[: place + 1]]) for place in range(len(ROLES))
        ]
        assert over_http(address, call("record", record), keys["reader"]).structured_content["needed"] == "writer"
        said: Any = over_http(address, call("record", record), keys["writer"]).structured_content["snapshot"]
        assert (said["actor"], said["tags"]["on_behalf_of"]) == ("agent-writer", "claude")
    command = ["--host", "0.0.0.0", "--allow-host", "ledger.example"]
    with listening(environment, *command) as address:
        here = address.replace("0.0.0.0", "127.0.0.1")
        key = f"Bearer {keys['reader']}"
        assert post(here).status_code == 401
        assert post(here, Authorization=key, Host="ledger.example").status_code == 200
        assert post(here, Authorization=key, Host="other.example").status_code == 421
    revoke_key(bank.database, "agent-reader")
    with listening(environment) as address:
        assert post(address, Authorization=f"Bearer {keys['reader']}").status_code == 401

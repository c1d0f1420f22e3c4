"""Errors: what is wrong, what would fit, what to do next; nothing of the machine."""

import logging
import re
from functools import partial
from typing import Any

import anyio
import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError

from graph_ledger.errors import NotInstalledError, UnreachableError
from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.mcp.budget import Budget
from graph_ledger.surfaces.mcp.chosen import chosen
from graph_ledger.surfaces.mcp.opened import Opened
from graph_ledger.surfaces.mcp.server import make_server
from graph_ledger.surfaces.mcp.service import Service
from graph_ledger.values.node import DataNode
from tests.surfaces.mcp.talk import call, served, talk, text


def unopened(error: Exception) -> Any:
    """Return a server whose ledger cannot be opened."""

    def fail() -> Ledger:
        raise error

    return make_server(Service(Opened(fail), partial(chosen, read_only=True, cypher_rows=None), Budget(), {"backend": "neo4j"}))


def test_a_name_that_nearly_fits_leads_to_the_right_one(bank: Ledger) -> None:
    result = served(bank, call("investigate", {"model_name": "fraud_scorin"}))
    problem = result.structured_content
    assert (result.is_error, problem["error"], problem["near"][0]) == (True, "ModelNotFoundError", "ml/fraud_scoring")
    assert "ml/fraud_scoring" in text(result)
    assert "near" in problem["next"]


def test_a_name_that_several_have_lists_their_keys(bank: Ledger) -> None:
    bank.add([DataNode("twin", platform="ml"), DataNode("twin", platform="rules")])
    problem = served(bank, call("trace", {"name": "twin"})).structured_content
    assert (problem["error"], problem["keys"]) == ("AmbiguousModelError", ["ml/twin", "rules/twin"])


@pytest.mark.parametrize(
    ("name", "given", "named"),
    [
        ("trace", {}, "name"),
        ("trace", {"name": "fraud_scoring", "directon": "up"}, "directon"),
        ("trace", {"name": "fraud_scoring", "direction": "sideways"}, "direction"),
        ("query", {"limit": 0}, "limit"),
        ("query", {"limit": "many"}, "limit"),
        ("impact", {"model": "fraud_scoring", "as_of": "last week"}, "as_of"),
        ("discover", {"source_type": "inline"}, "models"),
        ("apply", {"plan": {"cut": {}}}, "plan"),
    ],
)
def test_what_does_not_fit_is_named(bank: Ledger, name: str, given: dict[str, Any], named: str) -> None:
    result = served(bank, call(name, given))
    assert result.is_error
    assert result.structured_content["error"] == "ValidationError"
    assert named in text(result)


def test_a_tool_that_there_is_not_is_an_error_of_the_protocol(bank: Ledger) -> None:
    async def asked(client: Client) -> None:
        with pytest.raises(MCPError, match="did you mean impact"):
            await client.call_tool("impakt", {})

    served(bank, asked)


def test_a_server_that_is_not_installed_is_told_with_the_command_that_installs_it() -> None:
    result = talk(unopened(NotInstalledError()), call("overview"))
    assert (result.is_error, "graph-ledger server install" in text(result)) == (True, True)


def test_a_database_that_is_away_tells_nothing_of_where_it_is() -> None:
    result = talk(unopened(UnreachableError("bolt://10.1.2.3:7687", "refused")), call("overview"))
    assert result.is_error
    assert "10.1.2.3" not in str(result)
    assert "graph-ledger doctor" in text(result)


def test_what_nobody_foresaw_has_a_number_and_its_rest_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "graph_ledger.mcp"):
        result = talk(unopened(KeyError("/secret/path")), call("overview"))
    number = result.structured_content["id"]
    assert re.fullmatch(r"[0-9a-f]{12}", number)
    assert number in text(result)
    assert "/secret/path" not in str(result)
    assert "Traceback" not in str(result)
    assert any(number in record.getMessage() and record.exc_info for record in caplog.records)


def test_one_slow_question_holds_up_no_other(bank: Ledger) -> None:
    slow = "UNWIND range(1, 30000) AS a UNWIND range(1, 30000) AS b WITH a, b WHERE a = -b RETURN count(*) AS n"

    async def both(client: Client) -> list[str]:
        done: list[str] = []

        async def ask(name: str, given: dict[str, Any]) -> None:
            await client.call_tool(name, given)
            done.append(name)

        async with anyio.create_task_group() as group:
            group.start_soon(ask, "cypher", {"statement": slow})
            await anyio.sleep(0.2)
            group.start_soon(ask, "get", {"model": "fraud_scoring"})
        return done

    assert served(bank, both, cypher=True, budget=Budget(seconds=4)) == ["get", "cypher"]

"""Budgets: a bound where none was given, an error where more is asked for, and a word on every list that was cut."""

import re
from typing import Any, Literal

import pytest
from mcp import Client
from mcp_types import CallToolResult

from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.mcp.budget import Budget
from graph_ledger.values.node import DataNode
from tests.graph import empty
from tests.surfaces.mcp.talk import call, served, text

READERS = 30


@pytest.fixture(scope="module")
def wide(opened: Ledger) -> Ledger:
    """One table that thirty models read, one after the other as well."""
    empty(opened)
    chain = [
        DataNode(f"reader_{number:02}", platform="ml", inputs=["table", f"step_{number}"], outputs=[f"step_{number + 1}"])
        for number in range(READERS)
    ]
    opened.add([DataNode("source", platform="etl", outputs=["table"]), *chain])
    opened.add([DataNode(f"step_{number:02}", platform="line", inputs=[f"s{number}"], outputs=[f"s{number + 1}"]) for number in range(8)])
    return opened


def ask(ledger: Ledger, name: str, given: dict[str, Any], **bounds: Any) -> CallToolResult:
    return served(ledger, call(name, given), budget=Budget(**bounds))


def test_a_walk_is_bounded_by_the_budget_and_says_where_to_go_on(wide: Ledger) -> None:
    found = ask(wide, "impact", {"model": "source"}, rows=10)
    answer = found.structured_content
    assert (len(answer["nodes"]), answer["complete"], answer["reason"]) == (10, False, "limit")
    assert answer["frontier"]
    whole = ask(wide, "impact", {"model": "source"}).structured_content
    assert (len(whole["nodes"]), whole["complete"], "cut" in whole) == (READERS, True, False)


def test_more_than_the_budget_is_an_error_that_names_the_bound(wide: Ledger) -> None:
    for bound, of in (({"limit": 11}, "rows"), ({"limit": "11"}, "rows"), ({"limit": 1e6}, "rows"), ({"depth": 3}, "depth")):
        given = {"model": "source", **bound}
        found = ask(wide, "impact", given, rows=10, depth=2)
        problem = found.structured_content
        assert (found.is_error, problem["error"], problem["limit"]) == (True, "OverBudgetError", of)
        assert f"at most {problem['most']:g}" in text(found)


def test_the_budget_is_written_into_what_a_tool_takes(wide: Ledger) -> None:
    async def fields(client: Client) -> dict[str, Any]:
        return {tool.name: tool.input_schema["properties"] for tool in (await client.list_tools()).tools}

    found = served(wide, fields, budget=Budget(rows=20, depth=5))
    assert (found["impact"]["limit"]["maximum"], found["impact"]["limit"]["default"], found["impact"]["depth"]["maximum"]) == (20, 20, 5)
    assert found["query"]["limit"]["default"] == 20
    assert served(wide, fields)["query"]["limit"]["default"] == 50
    assert served(wide, fields, budget=Budget(rows=5_000))["query"]["limit"]["maximum"] == 1_000


def test_a_depth_that_was_left_out_is_that_of_the_budget(wide: Ledger) -> None:
    answer = ask(wide, "trace", {"name": "line/step_00", "direction": "downstream"}, depth=3).structured_content
    assert (max(node["depth"] for node in answer["downstream"]), answer["complete"], answer["reason"]) == (3, False, "depth")


def test_a_list_that_is_too_long_is_cut_and_says_so_twice(wide: Ledger) -> None:
    found = ask(wide, "downstream", {"model": "source"}, rows=10)
    answer = found.structured_content
    assert (len(answer["names"]), answer["cut"]) == (10, {"names": {"shown": 10, "of": READERS}})
    assert "names: cut at 10 of 30" in text(found)
    assert answer["names"] == ask(wide, "downstream", {"model": "source"}).structured_content["names"][:10]


def test_a_list_inside_another_is_cut_where_it_stands(wide: Ledger) -> None:
    wide.record("source", event="measured", actor="probe", payload={"values": list(range(50))})
    answer = ask(wide, "latest", {"model": "source"}, rows=10).structured_content
    assert answer["cut"] == {"event.payload.values": {"shown": 10, "of": 50}}


def test_a_budget_that_cut_what_counts_nothing_says_that_there_is_more(wide: Ledger) -> None:
    found = ask(wide, "list", {}, rows=10)
    answer = found.structured_content
    assert (len(answer["models"]), answer["cut"]) == (10, {"models": {"shown": 10, "of": None}})
    assert "offset=10" in text(found)
    second = ask(wide, "list", {"offset": 10, "limit": 10}, rows=10).structured_content
    assert [model["key"] for model in answer["models"] + second["models"]] == [each.key for each in wide.list(limit=20)]
    assert "cut" not in second
    exactly = wide.query().total
    assert "cut" not in ask(wide, "list", {}, rows=exactly).structured_content


def test_what_is_said_after_a_cut_leads_to_the_end(wide: Ledger) -> None:
    every = [model.key for model in wide.list()]
    found, given = [], {"offset": 3}
    while True:
        page = ask(wide, "list", given, rows=10)
        found += [model["key"] for model in page.structured_content["models"]]
        if "cut" not in page.structured_content:
            break
        given = {"offset": int(re.search(r"offset=(\d+)", text(page))[1])}  # type: ignore[index]
    assert found == every[3:]


@pytest.mark.parametrize("order", ["asc", "desc"])
def test_a_history_that_was_cut_goes_on_in_its_own_direction(wide: Ledger, order: Literal["asc", "desc"]) -> None:
    for number in range(1, 13):
        wide.record("line/step_00", event="counted", actor="probe", payload={"n": number}, timestamp=f"2026-01-{number:02}")
    found: list[str] = []
    given: dict[str, Any] = {"model": "line/step_00", "order": order}
    for _ in range(20):
        page = ask(wide, "history", given, rows=5)
        found += [event["snapshot_hash"] for event in page.structured_content["events"]]
        if "cut" not in page.structured_content:
            break
        bound, when = re.search(r"(since|until)=([^,]+),", text(page)).groups()  # type: ignore[union-attr]
        given[bound] = when
    assert list(dict.fromkeys(found)) == [event.snapshot_hash for event in wide.history("line/step_00", order=order)]


def test_a_page_says_by_itself_that_there_is_more(wide: Ledger) -> None:
    answer = ask(wide, "query", {}, rows=10).structured_content
    assert (len(answer["models"]), answer["has_more"], "cut" in answer) == (10, True, False)


def test_evidence_is_whole_whatever_the_budget(wide: Ledger) -> None:
    for number in range(40):
        wide.record("source", event="measured", actor="probe", payload={"n": number})
    wide.seal()
    event = wide.history("source", limit=1)[0].snapshot_hash
    proof = ask(wide, "prove", {"snapshot": event}, rows=1).structured_content
    assert len(proof["path"]) > 1
    assert ask(wide, "check_proof", {"proof": proof, "checkpoint": proof["checkpoint"]}, rows=2).structured_content["status"] == "ok"


def test_what_takes_too_long_is_ended_by_the_server_and_says_so(wide: Ledger) -> None:
    slow = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a = -b RETURN count(*) AS n"
    found = served(wide, call("cypher", {"statement": slow}), cypher=True, budget=Budget(seconds=1))
    assert (found.is_error, found.structured_content["error"], found.structured_content["limit"]) == (True, "OverBudgetError", "seconds")
    assert "Narrow" in text(found)


def test_what_stands_in_the_question_is_taken_in_within_the_seconds_or_not_at_all(wide: Ledger) -> None:
    models = [{"name": f"late_{number}", "platform": "office", "inputs": ["t"]} for number in range(3)]
    given = {"source": "sheets", "models": models, "complete": True}
    planned = ask(wide, "plan", given).structured_content
    for name, asked in (("plan", given), ("discover", given), ("apply", {"plan": planned})):
        problem = ask(wide, name, asked, seconds=0.002).structured_content
        assert (name, problem["error"], problem["limit"]) == (name, "OverBudgetError", "seconds")
    assert ask(wide, "apply", {"plan": planned}).structured_content["added"] == len(models)

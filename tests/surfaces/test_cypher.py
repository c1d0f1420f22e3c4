"""The packaged questions: each runs as it is pasted, and says what its header says."""

import json
from typing import Any

import pytest

from graph_ledger.database.statements import names, question, source, statement
from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.cli.statements import parameters
from graph_ledger.values.node import DataNode
from tests.surfaces.conftest import Say

TOOLS = {"explore/nodes", "explore/edges", "explore/empty"}
QUESTIONS = [name for name in names() if name.startswith("explore/") and name not in TOOLS]


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_pasted_with_its_header_is_answered(name: str, estate: Ledger) -> None:
    given = {taken: "2026-06-30" if taken in {"as_of", "known_at"} else "ml/fraud" for taken in parameters(statement(name))}
    given |= {"days": "1"} if "days" in given else {}
    columns, _ = estate.database.table(source(name), **given)
    returns = source(name).partition("// Returns")[2].splitlines()[0]
    assert all(column in returns for column in columns)
    assert all(f"${taken}" in source(name).partition("MATCH")[0] for taken in parameters(statement(name)))


def rows(say: Say, name: str, *given: str) -> Any:
    """Return the rows of a question, as the command gives them."""
    done = say("cypher", "run", name, *(word for each in given for word in ("--param", each)), "--json")
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    lines = say("cypher", "run", name, *(word for each in given for word in ("--param", each)), "--jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == found
    return found


def test_neighbourhoods_are_ways_to_draw(estate: Ledger, say: Say) -> None:
    down = rows(say, "impact_neighbourhood", "key=etl/features")
    up = rows(say, "upstream_neighbourhood", "key=alerting/queue")
    assert [len(row["way"]) for row in down] == [3, 5, 7, 9]
    assert down[-1]["way"][-1]["key"] == "alerting/queue"
    assert up[-1]["way"][0]["key"] == "etl/features"
    assert rows(say, "impact_neighbourhood", "key=alerting/queue")[0]["start"]["name"] == "queue"
    assert len(rows(say, "whole_estate")) == 4


def test_owners_widest_and_orphans(estate: Ledger, say: Say) -> None:
    estate.add(DataNode("alone", platform="ml", inputs=["from_outside"]))
    assert rows(say, "who_owns_downstream", "key=etl/features") == [
        {"owner": "ops-team", "models": 1, "keys": ["alerting/queue"]},
        {"owner": "risk-team", "models": 1, "keys": ["ml/fraud"]},
    ]
    assert [(row["model"], row["reaches"]) for row in rows(say, "widest_impact")] == [("etl/features", 2), ("ml/fraud", 1)]
    assert [row["model"] for row in rows(say, "orphan_nodes")] == ["ml/alone"]
    assert rows(say, "ports_without_producer")[0]["port"] == "from_outside"
    assert {row["owner"]: row["high"] for row in rows(say, "models_by_owner")}["risk-team"] == 1
    assert [row["model"] for row in rows(say, "recent_changes")] == ["ml/alone", "ml/alone"]


def test_a_reader_that_stopped_is_a_former_one(estate: Ledger, say: Say) -> None:
    estate.add(DataNode("fraud", platform="ml", outputs=["scores"]), observed_at="2026-03-10")
    found = rows(say, "former_readers", "key=etl/features")
    assert [(row["reader"], row["until"][:10]) for row in found] == [("ml/fraud", "2026-03-10")]
    assert rows(say, "former_readers", "key=ml/fraud") == []


def test_list_and_show_give_what_the_package_has(say: Say) -> None:
    shown = json.loads(say("cypher", "list", "--json").stdout)
    assert {"name": "widest_impact", "question": question("explore/widest_impact")} in shown
    assert "empty" not in {row["name"] for row in shown}
    assert say("cypher", "show", "widest_impact").stdout == source("explore/widest_impact")
    assert len(json.loads(say("cypher", "list", "--all", "--json").stdout)) == len(names())


def test_a_parameter_is_json_where_it_can_be(estate: Ledger, say: Say) -> None:
    found = rows(say, "nodes", "label=DataNode", 'properties=["name"]')
    assert sorted(found[0]["rows"]) == [["features"], ["fraud"], ["queue"]]


def test_groups_and_what_was_found_are_drawn(estate: Ledger, say: Say) -> None:
    estate.register_group(
        name="suite", owner="risk-team", model_type="composite", tier="high", purpose="", members=["fraud", "queue"], actor="me"
    )
    estate.record_validation("fraud", result="pass", actor="mrm")
    assert {(row["member"]["key"], row["group"]["key"]) for row in rows(say, "groups_and_members")} == {
        ("ml/fraud", "/suite"),
        ("alerting/queue", "/suite"),
    }
    assert {row["event"]["event_type"] for row in rows(say, "what_was_found", "key=ml/fraud")} == {"member_added", "validated"}

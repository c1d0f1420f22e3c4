"""The questions for Neo4j Browser, on the demo estate, each against what the estate's own files or other answers say."""

from collections import defaultdict
from datetime import datetime, timedelta, timezone
from itertools import pairwise, product
from typing import Any

import networkx as nx
import pytest
import yaml

from graph_ledger.database.statements import names, source
from graph_ledger.demo import SOURCE, events, findings, listings
from graph_ledger.ledger import Ledger
from graph_ledger.surfaces.cli.statements import parameters
from graph_ledger.values.node import DataNode
from graph_ledger.values.port import DataPort
from tests.bank import loaded

TODAY = datetime.now(timezone.utc)
TABLE, FRAUD, CREDIT, GROUP = "database/customer_features", "ml/fraud_scoring", "ml/credit_risk", "/aml_monitoring"
YEAR_AGO = (TODAY - timedelta(days=365)).isoformat()
GIVEN: dict[str, dict[str, Any]] = {
    "addresses": {"address": "Account.Current.Balance"},
    "begins_with": {"begun": "ml/aml"},
    "columns": {"key": TABLE},
    "former_readers": {"key": TABLE},
    "history_neighbourhood": {"key": CREDIT},
    "impact_at": {"key": TABLE, "as_of": YEAR_AGO, "known_at": "9999-12-30T00:00:00Z"},
    "impact_neighbourhood": {"key": TABLE},
    "silent_models": {"days": 30},
    "timeline": {"key": FRAUD},
    "upstream_neighbourhood": {"key": FRAUD},
    "validations_outstanding": {"tier": "high"},
    "what_was_found": {"key": CREDIT},
    "who_owns_downstream": {"key": TABLE},
}
TOOLS = {"nodes", "edges", "empty"}
QUESTIONS = [name.removeprefix("explore/") for name in names() if name.startswith("explore/")]
NOTHING_HERE = {
    "columns": "the demo tells no columns", "incomplete_models": "everything in it is declared", "silent_models": "it is new",
    "production_versions": "it has no versions; tests/registry/test_explore.py asks", "shared_artifacts": "likewise",
    **dict.fromkeys(
        ("addresses", "pinned_apart", "production_on_ended_contracts", "readers_of_ended_contracts", "unread_concepts"),
        "its data model is loaded apart; tests/surfaces/test_explore_contracts.py asks",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def demo(opened: Ledger) -> Ledger:
    """The demo estate up to today, for all questions, which only read."""
    return loaded(opened, TODAY)


@pytest.fixture(scope="module")
def estate() -> dict[str, DataNode]:
    """The newest listing as its file has it."""
    listed = yaml.safe_load(list(listings(TODAY))[-1][1].read_text(encoding="utf-8"))
    return {
        f"{e['platform']}/{e['name']}": DataNode(e["name"], e["platform"], e.get("inputs", ()), e.get("outputs", ()), e) for e in listed
    }


@pytest.fixture(scope="module")
def wired(estate: dict[str, DataNode]) -> "nx.MultiDiGraph[str]":
    """Who feeds whom, over which port, by comparing every output with every input."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for (writer, writing), (reader, reading) in product(estate.items(), repeat=2):
        for port in writing.outputs:
            if any(_meets(port, wanted) for wanted in reading.inputs):
                graph.add_edge(writer, reader, port=port.identifier)
    return graph


def _meets(output: DataPort, wanted: DataPort) -> bool:
    if output.identifier != wanted.identifier or output.schema.keys() != wanted.schema.keys():
        return False
    pairs = [(str(wanted.schema[name]), str(output.schema[name])) for name in wanted.schema]
    return all(said == pattern or (pattern.endswith("%") and said.startswith(pattern[:-1])) for pattern, said in pairs)


def ask(demo: Ledger, name: str, **given: Any) -> list[dict[str, Any]]:
    """Run a question as it is pasted, header and all."""
    columns, rows = demo.database.table(source(f"explore/{name}"), **(GIVEN.get(name, {}) | given))
    return [dict(zip(columns, row, strict=True)) for row in rows]


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name not in TOOLS])
def test_every_question_says_its_parameters_and_answers_on_the_demo(demo: Ledger, name: str) -> None:
    text = source(f"explore/{name}")
    for taken in parameters(text):
        assert f":param {taken} => " in text, f"{name}: how Browser is given {taken}"
    assert set(GIVEN.get(name, {})) == parameters(text)
    assert bool(ask(demo, name)) or name in NOTHING_HERE


def test_there_are_enough_questions_and_the_page_names_each(demo: Ledger) -> None:
    page = (source.__globals__["FOLDER"].resolve().parent / "docs" / "neo4j-browser.md").read_text(encoding="utf-8")
    assert [name for name in QUESTIONS if name not in TOOLS and f"`{name}`" not in page] == []
    assert len(QUESTIONS) - len(TOOLS) >= 18


def test_what_broke_a_year_ago_is_what_the_library_says(demo: Ledger) -> None:
    expected = [(node.depth, node.key) for node in demo.impact(TABLE, as_of=YEAR_AGO).nodes]
    assert [(row["steps"], row["model"]) for row in ask(demo, "impact_at")] == sorted(expected)
    assert {key for _, key in expected} != {node.key for node in demo.impact(TABLE).nodes}
    assert ask(demo, "impact_at", known_at=YEAR_AGO) == []  # the demo was loaded today


def test_a_timeline_has_every_event_that_the_files_tell(demo: Ledger) -> None:
    told = [(said["timestamp"], said["event"]) for said in events(TODAY) if said["model"] == FRAUD]
    rows = [(row["at"].to_native(), row["event"]) for row in ask(demo, "timeline")]
    assert set(told) < set(rows)
    assert [at for at, _ in rows] == sorted(at for at, _ in rows)
    assert {event for _, event in set(rows) - set(told)} <= {"registered", "discovered", "scan_confirmed", "member_added"}


def test_the_history_of_a_model_is_drawn_with_groups_and_tags(demo: Ledger) -> None:
    ways = [row["way"] for row in ask(demo, "history_neighbourhood")]
    kinds = {tuple(step.type for step in way.relationships) for way in ways}
    assert kinds >= {("HAS_SNAPSHOT",), ("MARKED_BY",), ("SEEN_BY",), ("WAS",), ("HAS_TAG", "POINTS_AT")}
    assert len({way.end_node.element_id for way in ways if way.relationships[0].type == "HAS_SNAPSHOT"}) == len(demo.history(CREDIT))
    member = {way.relationships[0].type for row in ask(demo, "history_neighbourhood", key="ml/aml_network") for way in [row["way"]]}
    assert {"MEMBER_OF", "WAS_MEMBER_OF"} <= member


def test_a_tag_points_where_it_was_put_last(demo: Ledger) -> None:
    (row,) = ask(demo, "tags")
    moved = [said for verb, said in findings(TODAY) if verb == "tag"][-1]
    assert (row["model"]["key"], row["tag"]["name"]) == (moved["model"], moved["name"])
    before = [said for said in events(TODAY) if said["model"] == moved["model"] and said["timestamp"] <= moved["timestamp"]]
    assert row["event"]["event_type"] == before[-1]["event"]


def test_validations_outstanding_are_those_without_a_recent_pass(demo: Ledger, estate: dict[str, DataNode]) -> None:
    last: dict[str, tuple[datetime, str]] = {}
    for said in events(TODAY):
        if said["event"] == "validated":  # the group of high tier was validated less than a year ago
            last[said["model"]] = (said["timestamp"], said["payload"]["result"])
    asked = {key: node.metadata for key, node in estate.items() if node.metadata["tier"] == "high"}
    ripe = {key for key, said in asked.items() if said["status"] not in {"development", "retired"}}
    fresh = {key for key, (at, result) in last.items() if result == "pass" and at > TODAY - timedelta(days=365)}
    rows = ask(demo, "validations_outstanding")
    assert {row["model"] for row in rows} == ripe - fresh
    assert {row["model"]: row["result"] for row in rows if row["result"]} == {key: last[key][1] for key in (ripe - fresh) & last.keys()}


def test_what_nobody_saw_for_days_is_silent(demo: Ledger, estate: dict[str, DataNode]) -> None:
    rows = ask(demo, "silent_models", days=4)
    assert {row["model"] for row in rows} == set(estate) | {GROUP}
    assert (rows[0]["model"], rows[0]["last_seen"], rows[-1]["sources"]) == (GROUP, None, [rows[-1]["sources"][0]])
    assert {row["model"] for row in ask(demo, "silent_models", days=6)} == {GROUP}


def test_platforms_that_feed_others_are_counted(demo: Ledger, wired: "nx.MultiDiGraph[str]") -> None:
    pairs: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for writer, reader in wired.edges():
        ends = (writer.partition("/")[0], reader.partition("/")[0])
        if ends[0] != ends[1]:
            pairs[ends].add((writer, reader))
    assert {(row["from"], row["to"]): row["edges"] for row in ask(demo, "cross_platform")} == {k: len(v) for k, v in pairs.items()}


def test_ways_round_are_found(demo: Ledger, wired: "nx.MultiDiGraph[str]") -> None:
    expected = {frozenset(way) for way in nx.simple_cycles(nx.DiGraph(wired)) if len(way) > 1}
    rows = ask(demo, "cycles")
    assert {frozenset(row["round"]) for row in rows} == expected != set()
    for row in rows:
        assert all(wired.has_edge(a, b) for a, b in pairwise([*row["round"], row["round"][0]]))
        assert (row["steps"], row["round"][0]) == (len(row["round"]), min(row["round"]))


def test_the_longest_chains_are_the_longest(demo: Ledger, wired: "nx.MultiDiGraph[str]", estate: dict[str, DataNode]) -> None:
    begins = [key for key, node in estate.items() if not node.inputs and key in wired]
    steps: dict[str, int] = {}
    for begin in begins:
        for key, far in nx.single_source_shortest_path_length(wired, begin).items():
            steps[key] = min(far, steps.get(key, far))
    expected = sorted(((-far, key) for key, far in steps.items() if far))[:25]
    rows = ask(demo, "longest_chains")
    assert [(-row["steps"], row["model"]) for row in rows] == expected
    assert all(nx.shortest_path_length(wired, begin, row["model"]) == row["steps"] for row in rows for begin in row["begins"])


def test_the_newest_run_of_each_source_is_told(demo: Ledger) -> None:
    rows = {row["source"]: row for row in ask(demo, "latest_runs")}
    read = next(row for key, row in rows.items() if key.startswith(SOURCE))
    assert (read["observed_at"].to_native(), read["status"], read["complete"]) == (list(listings(TODAY))[-1][0], "finished", True)


def test_ports_with_several_writers_are_named(demo: Ledger, estate: dict[str, DataNode]) -> None:
    writers: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, node in estate.items():
        for port in node.outputs:
            writers[port.identifier, str(sorted(port.schema.items()))].append(key)
    expected = {port: sorted(keys) for (port, _), keys in writers.items() if len(keys) > 1}
    assert {row["port"]: row["writers"] for row in ask(demo, "ports_with_several_writers")} == expected != {}


def test_drawings_hold_the_models_that_the_library_reaches(demo: Ledger) -> None:
    for name, reached in (
        ("impact_neighbourhood", demo.impact(TABLE, depth=2)),
        ("upstream_neighbourhood", demo.impact(FRAUD, direction="upstream", depth=2)),
    ):
        drawn = {node["key"] for row in ask(demo, name) for node in row["way"].nodes if "DataNode" in node.labels}
        assert drawn - {GIVEN[name]["key"]} == {node.key for node in reached.nodes}


def test_tables_of_the_estate_agree_with_its_files(demo: Ledger, estate: dict[str, DataNode], wired: "nx.MultiDiGraph[str]") -> None:
    simple = nx.DiGraph(wired)
    reaches = {key: len({*nx.single_source_shortest_path_length(simple, key, cutoff=3)} - {key}) for key in simple}
    assert {row["model"]: row["reaches"] for row in ask(demo, "widest_impact")}.items() <= reaches.items()
    assert max(reaches.values()) == ask(demo, "widest_impact")[0]["reaches"]
    lonely = set(estate) - {key for edge in simple.edges() if edge[0] != edge[1] for key in edge}
    assert {row["model"] for row in ask(demo, "orphan_nodes")} == lonely
    owners: dict[str, int] = defaultdict(int)
    for node in estate.values():
        owners[str(node.metadata["owner"])] += 1
    found = {row["owner"]: row["models"] for row in ask(demo, "models_by_owner")}
    assert found == owners | {"compliance-analytics": owners["compliance-analytics"] + 1}  # the group
    assert {row["key"] for row in ask(demo, "begins_with")} == {
        key for key, node in estate.items() if key.startswith("ml/aml") or node.name.startswith("ml/aml")
    }
    below = demo.impact(TABLE).nodes
    assert {row["owner"]: row["models"] for row in ask(demo, "who_owns_downstream")} == {
        owner: sum(node.owner == owner for node in below) for owner in {node.owner for node in below}
    }
    written = {port.identifier for node in estate.values() for port in node.outputs}
    outside = {port.identifier for node in estate.values() for port in node.inputs} - written
    assert {row["port"] for row in ask(demo, "ports_without_producer")} == outside


def test_what_lacks_an_owner_or_a_tier_is_incomplete(ledger: Ledger) -> None:
    ledger.add(
        [
            DataNode("bare", platform="etl", outputs=["t"]),
            DataNode("half", platform="etl", inputs=["t"], metadata={"owner": "me", "tier": "low"}),
        ]
    )
    rows = ask(ledger, "incomplete_models")
    assert [(row["model"], row["lacks"], row["sources"]) for row in rows] == [
        ("etl/bare", ["owner", "tier", "purpose"], ["client"]),
        ("etl/half", ["purpose"], ["client"]),
    ]

"""The plan of every traversal: the pruning breadth-first walk, from a unique index."""

from typing import Any

import pytest

from graph_ledger.ledger import Ledger
from graph_ledger.values.moment import LATEST

Parameters = dict[str, Any]
TIMES: Parameters = {"as_of": LATEST, "known_at": LATEST}
BOUNDS: Parameters = {"most": 10, "limit": 10}
WALKS: list[tuple[str, Parameters]] = [
    ("lineage/trace", TIMES),
    ("lineage/trace_today", {}),
    ("lineage/downstream", TIMES),
    ("lineage/downstream_today", {}),
    ("lineage/impact_downstream", TIMES | BOUNDS),
    ("lineage/impact_downstream_today", BOUNDS),
    ("lineage/impact_upstream", TIMES | BOUNDS),
    ("lineage/impact_upstream_today", BOUNDS),
    ("lineage/steps_downstream", TIMES),
    ("lineage/steps_upstream", TIMES),
]
GROUP_WALKS: list[tuple[str, int]] = [
    ("lineage/starts", 1),
    ("lineage/trace_group", 2),
    ("lineage/far_downstream", 1),
    ("lineage/far_upstream", 1),
]
LOOKUPS: list[tuple[str, Parameters]] = [
    ("lineage/believed", {"key": "a"}),
    ("lineage/dependencies_downstream", {"key": "a"}),
    ("lineage/dependencies_upstream", {"key": "a"}),
    ("lineage/edges", {"keys": ["a"]}),
    ("lineage/evidence", {"keys": ["a"]}),
    ("lineage/frontier_downstream", {"keys": ["a"], "reached": ["a"]}),
    ("lineage/frontier_upstream", {"keys": ["a"], "reached": ["a"]}),
    ("lineage/memberships_downstream", {"key": "a"}),
    ("lineage/memberships_upstream", {"key": "a"}),
    ("lineage/next_downstream", {"keys": ["a"]}),
    ("lineage/next_upstream", {"keys": ["a"]}),
    ("lineage/impact_reached", {"keys": ["a"], "hops": [2], "limit": 10}),
    ("lineage/arrivals", {"keys": ["a"]}),
]


@pytest.mark.parametrize(("name", "parameters"), WALKS)
def test_a_walk_goes_breadth_first_and_starts_at_one_node(ledger: Ledger, name: str, parameters: Parameters) -> None:
    plan = ledger.database.plan(name, key="x/a", **parameters)
    walk = plan.index("VarLengthExpand(Pruning,BFS,All)")
    assert plan[walk + 1] == "NodeUniqueIndexSeek"
    assert [step for step in plan if step.startswith("VarLengthExpand")] == ["VarLengthExpand(Pruning,BFS,All)"]


@pytest.mark.parametrize(("name", "count"), GROUP_WALKS)
def test_the_walks_of_a_group_go_breadth_first(ledger: Ledger, name: str, count: int) -> None:
    plan = ledger.database.plan(name, key="x/a", keys=["x/a"], **TIMES)
    walks = [step for step in plan if step.startswith(("VarLengthExpand", "Repeat"))]
    assert walks == ["VarLengthExpand(Pruning,BFS,All)"] * count
    assert "NodeUniqueIndexSeek" in plan
    assert not [step for step in plan if "Scan" in step or "Cartesian" in step]


def test_the_groups_of_an_answer_are_looked_for_from_the_fewer_side(ledger: Ledger) -> None:
    plan = ledger.database.plan("lineage/composites", keys=["x/a"], **TIMES)
    assert [step for step in plan if step in {"RelationshipCountFromCountStore", "NodeByLabelScan", "NodeUniqueIndexSeek"}] == [
        "RelationshipCountFromCountStore", "NodeByLabelScan", "NodeUniqueIndexSeek",
    ]  # fmt: skip
    assert not [step for step in plan if "Cartesian" in step or step == "AllNodesScan"]


@pytest.mark.parametrize("name", [name for name, parameters in WALKS if "limit" in parameters])
def test_a_limit_stops_the_walk(ledger: Ledger, name: str) -> None:
    plan = ledger.database.plan(name, key="x/a", **TIMES, **BOUNDS)
    assert "PartialTop" in plan
    assert "Top" not in plan


@pytest.mark.parametrize(("name", "parameters"), LOOKUPS)
def test_a_look_at_neighbours_starts_at_a_unique_index(ledger: Ledger, name: str, parameters: Parameters) -> None:
    plan = ledger.database.plan(name, **parameters, **TIMES)
    assert "NodeUniqueIndexSeek" in plan
    assert not [step for step in plan if "Scan" in step or "Cartesian" in step]

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
LOOKUPS: list[tuple[str, Parameters]] = [
    ("lineage/believed", {"key": "a"}),
    ("lineage/dependencies_downstream", {"key": "a"}),
    ("lineage/dependencies_upstream", {"key": "a"}),
    ("lineage/evidence", {"keys": ["a"]}),
    ("lineage/frontier_downstream", {"keys": ["a"], "reached": ["a"]}),
    ("lineage/frontier_upstream", {"keys": ["a"], "reached": ["a"]}),
]


@pytest.mark.parametrize(("name", "parameters"), WALKS)
def test_a_walk_goes_breadth_first_and_starts_at_one_node(ledger: Ledger, name: str, parameters: Parameters) -> None:
    plan = ledger.database.plan(name, key="x/a", **parameters)
    walk = plan.index("VarLengthExpand(Pruning,BFS,All)")
    assert plan[walk + 1] == "NodeUniqueIndexSeek"
    assert [step for step in plan if step.startswith("VarLengthExpand")] == ["VarLengthExpand(Pruning,BFS,All)"]


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

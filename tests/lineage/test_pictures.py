"""What notebooks and documents show of the answers."""

import re
from datetime import datetime, timezone

import pytest

from graph_ledger.values.lineage import Impact, ImpactNode
from graph_ledger.values.path import Path, PathStep

SINCE = datetime(2026, 1, 1, tzinfo=timezone.utc)


def node(key: str, depth: int) -> ImpactNode:
    platform, _, name = key.partition("/")
    return ImpactNode(key=key, name=name, platform=platform, depth=depth, owner="risk", tier="high", status="active", model_type="queue")


def step(start: str, port: str, end: str) -> PathStep:
    return PathStep(from_key=start, port=port, relationship="data_flow", sources=("a", "b"), since=SINCE, to_key=end)


TWO = Impact(model="x/a", nodes=(node("x/b", 1), node('x/"<c>"', 2)))
WAY = Path(start="x/a", end="x/c", steps=(step("x/a", "p", "x/b"), step("x/b", "", "x/c")))


def test_an_impact_is_drawn_step_by_step() -> None:
    assert TWO.to_mermaid().split("\n") == [
        "graph LR",
        '  start["x/a"]',
        '  subgraph step1["step 1"]',
        '    n0["x/b"]',
        "  end",
        "  start --> step1",
        '  subgraph step2["step 2"]',
        '    n1["x/#34;#60;c#62;#34;"]',
        "  end",
        "  step1 --> step2",
    ]
    assert "step1 --> start" in TWO.model_copy(update={"direction": "upstream"}).to_mermaid()


def test_a_big_impact_names_the_nearest_and_counts_the_rest() -> None:
    drawn = Impact(model="x/a", nodes=tuple(node(f"x/n{n}", 1 + n // 90) for n in range(300))).to_mermaid()
    assert 'n99["x/n99"]' in drawn
    assert "x/n100" not in drawn
    assert 'more2["and 80 more"]' in drawn
    assert 'more4["and 30 more"]' in drawn


def test_an_impact_is_a_table_that_says_whether_it_is_all() -> None:
    page = TWO.model_copy(update={"as_of": SINCE, "known_at": SINCE, "reason": "depth"})._repr_html_()
    assert "x/a reaches 2 nodes as of 2026-01-01 00:00:00 UTC, known by 2026-01-01 00:00:00 UTC: cut by depth" in page
    assert "<td>x/&quot;&lt;c&gt;&quot;</td>" in page
    many = Impact(model="x/a", nodes=tuple(node(f"x/n{n}", 1) for n in range(201)))._repr_html_()
    assert many.endswith("<p>and 1 more</p>")


def test_a_path_is_drawn_with_its_ports() -> None:
    assert WAY.to_mermaid().split("\n")[1:] == ['  n0["x/a"]', '  n1["x/b"]', '  n2["x/c"]', '  n0 -->|"p"| n1', '  n1 -->|"data_flow"| n2']
    assert "<caption>x/a to x/c: 2 steps</caption>" in WAY._repr_html_()
    assert "no path" in Path(start="x/a", end="x/z")._repr_html_()
    assert Path(start="x/a", end="x/z").to_mermaid() == "graph LR"


@pytest.mark.parametrize(
    "name", ['a"]; click n0 href "javascript:1', "a\nb", "a`b`", "a#quot;b", "a&lt;b", "a%%b", "a|b", "a\u2028b", "a\u202eb"]
)
def test_no_name_can_leave_its_label(name: str) -> None:
    drawn = Impact(model=name, nodes=(node(name, 1),)).to_mermaid().splitlines()
    way = Path(start=name, end=name, steps=(step(name, name, name),)).to_mermaid().splitlines()
    assert (len(drawn), len(way)) == (6, 4)
    for line in (drawn[1], drawn[3], way[1], way[2], way[3]):
        assert re.fullmatch(r""" +(n\d|start)( -->\||\[)"([\w /:,()@.-]|#\d+;)+"(\]|\| n\d)""", line), line


def test_answers_become_frames_and_graphs() -> None:
    graph = WAY.to_networkx()
    assert list(graph.edges(data="port")) == [("x/a", "x/b", "p"), ("x/b", "x/c", "")]
    assert list(TWO.to_frame()["depth"]) == [1, 2]
    assert list(Impact(model="x/a").to_frame().columns) == list(ImpactNode.model_fields)
    assert list(WAY.to_frame()["to_key"]) == ["x/b", "x/c"]

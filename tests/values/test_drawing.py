"""Impacts, paths and neighbours as graphs of neo4j-viz, Mermaid and networkx: small first, true, harmless."""

import re
import time
from datetime import datetime, timezone

import pytest
from neo4j_viz import VisualizationGraph

from graph_ledger.errors import ValidationError
from graph_ledger.values.dependencies import Dependencies
from graph_ledger.values.lineage import Dependency, Impact, ImpactNode
from graph_ledger.values.path import Path, PathStep
from graph_ledger.values.port import DataPort

EVIL = '</script><script>alert(1)</script>"]; click n0 href "javascript:1"\n\u202e|#quot;'
SINCE = datetime(2026, 1, 1, tzinfo=timezone.utc)


def node(key: str, depth: int) -> ImpactNode:
    platform, _, name = key.partition("/")
    return ImpactNode(key=key, name=name, platform=platform, depth=depth, owner="o", tier="t", status="s", model_type="m")


NODES = (node("ml/b", 1), node("ml/c", 1), node("bi/d", 2), node("bi/e", 3), node("ml/f", 3))
EDGES = (("db/a", "ml/b"), ("db/a", "ml/c"), ("ml/b", "bi/d"), ("ml/c", "bi/d"), ("bi/d", "bi/e"), ("bi/d", "ml/f"), ("ml/f", "db/a"))
FIVE = Impact(model="db/a", nodes=NODES, edges=EDGES)


def seen(picture: VisualizationGraph) -> tuple[dict[str, str], set[tuple[str, str]]]:
    """Return caption by key of each shape, and the ends of each arrow."""
    captions = {str(each.id): str(each.caption) for each in picture.nodes}
    return captions, {(str(arrow.source), str(arrow.target)) for arrow in picture.relationships}


def test_the_first_step_is_drawn_and_the_rest_is_counted_by_platform() -> None:
    captions, arrows = seen(FIVE.to_viz())
    assert captions == {"db/a": "a", "ml/b": "b", "ml/c": "c", "more:bi": "2 more on bi", "more:ml": "1 more on ml"}
    assert arrows == {
        ("db/a", "ml/b"), ("db/a", "ml/c"), ("ml/b", "more:bi"), ("ml/c", "more:bi"), ("more:bi", "more:ml"), ("more:ml", "db/a"),
    }  # fmt: skip
    colours = {str(each.id): each.to_dict()["color"] for each in FIVE.to_viz().nodes}
    assert colours["ml/b"] == colours["ml/c"] == colours["more:ml"] != colours["more:bi"] != colours["db/a"]


def test_more_is_drawn_where_more_is_asked_for() -> None:
    captions, arrows = seen(FIVE.to_viz(depth=2))
    assert (captions["bi/d"], captions["more:bi"], len(arrows)) == ("d", "1 more on bi", 7)
    captions, arrows = seen(FIVE.to_viz(depth=3))
    assert (set(captions), arrows) == ({"db/a", *(each.key for each in NODES)}, set(EDGES))


def test_without_edges_only_what_is_known_is_drawn() -> None:
    bare = FIVE.model_copy(update={"edges": None})
    captions, arrows = seen(bare.to_viz())
    assert captions == seen(FIVE.to_viz())[0]
    assert arrows == {("db/a", key) for key in ("ml/b", "ml/c", "more:bi", "more:ml")}
    assert sorted(filter(None, (arrow.caption for arrow in bare.to_viz().relationships))) == ["step 3", "steps 2 to 3"]
    assert ("ml/b", "db/a") in seen(bare.model_copy(update={"direction": "upstream"}).to_viz())[1]
    with pytest.raises(ValidationError, match="ask again with edges=True"):
        bare.to_viz(depth=2)
    with pytest.raises(ValidationError, match="ask again with edges=True"):
        bare.to_networkx()


@pytest.mark.parametrize("depth", [0, -1, True, 1.5, "2"])
def test_what_is_no_depth_is_refused(depth: int) -> None:
    with pytest.raises(ValidationError, match="depth is a whole number from 1 on"):
        FIVE.to_viz(depth)


def test_a_cut_impact_says_so_in_every_picture() -> None:
    cut = FIVE.model_copy(update={"complete": False, "reason": "limit"})
    assert "not all: cut by limit" in seen(cut.to_viz())[0]
    assert 'n6["not all: cut by limit"]' in cut.to_mermaid()
    assert "not all" not in FIVE.to_mermaid()


def test_mermaid_has_the_edges_that_are_known() -> None:
    lines = FIVE.to_mermaid().splitlines()
    assert lines[1:7] == ['  n0["db/a"]', '  n1["ml/b"]', '  n2["ml/c"]', '  n3["bi/d"]', '  n4["bi/e"]', '  n5["ml/f"]']
    assert lines[7:] == [f"  n{start} --> n{end}" for start, end in ((0, 1), (0, 2), (1, 3), (2, 3), (3, 4), (3, 5), (5, 0))]


def test_a_graph_has_all_nodes_all_edges_and_what_is_known_of_them() -> None:
    graph = FIVE.to_networkx()
    assert set(graph.edges) == set(EDGES)
    assert (graph.nodes["bi/d"]["owner"], graph.nodes["bi/d"]["depth"]) == ("o", 2)


def test_the_neighbours_of_a_model_are_a_graph() -> None:
    rows = Dependencies(
        [
            Dependency(model="db/a", relationship="data_flow", direction="upstream", ports=(DataPort("t"), DataPort("u")), since=SINCE),
            Dependency(model="/g", relationship="member_of", direction="downstream", since=SINCE),
        ],
        model="ml/b",
    )
    assert list(rows.to_networkx().edges(data="ports")) == [("ml/b", "/g", ()), ("db/a", "ml/b", ("t", "u"))]
    assert rows.to_mermaid().splitlines()[4:] == ['  n1 -->|"t, u"| n0', '  n0 -->|"member_of"| n2']
    assert seen(rows.to_viz())[1] == {("db/a", "ml/b"), ("ml/b", "/g")}


def test_a_path_is_a_graph() -> None:
    step = PathStep(from_key="db/a", port="t", relationship="data_flow", sources=("s",), since=SINCE, to_key="ml/b")
    assert seen(Path(start="db/a", end="ml/b", steps=(step,)).to_viz()) == ({"db/a": "a", "ml/b": "b"}, {("db/a", "ml/b")})
    assert seen(Path(start="db/a", end="ml/z").to_viz()) == ({}, set())


def test_no_answer_is_a_picture_of_the_start_alone() -> None:
    nothing = Impact(model="db/a", edges=())
    assert seen(nothing.to_viz()) == ({"db/a": "a"}, set())
    assert nothing.to_mermaid() == 'graph LR\n  n0["db/a"]'
    assert list(nothing.to_networkx()) == ["db/a"]


def test_no_name_leaves_its_caption() -> None:
    evil = (node(f"{EVIL.replace('/', '|')}/{EVIL}", 1), node(f"p/{EVIL}", 2))
    impact = Impact(model=f"q/{EVIL}", nodes=evil, edges=((f"q/{EVIL}", evil[0].key), (evil[0].key, evil[1].key)))
    for line in impact.to_mermaid().splitlines()[1:]:
        assert re.fullmatch(r""" +n\d(\[|\(\[)"([\w /:,()@.-]|#\d+;)+"(\]|\]\))| +n\d --> n\d""", line), line
    page = str(impact.to_viz().render().data)
    told = page.partition('<script type="application/json" id="neo4j-viz-data">')[2].partition("</script>\n</head>")[0]
    assert "alert(1)" in told
    assert "<" not in told
    assert all(str(each.caption).isprintable() for each in impact.to_viz().nodes)


def test_an_impact_of_8000_nodes_is_small_and_fast() -> None:
    nodes = tuple(node(f"p{n % 9}/n{n}", 1 if n < 5_000 else 2 + n % 20) for n in range(8_000))
    keys = ["x/a", *(each.key for each in nodes)]
    edges = tuple(dict.fromkeys((keys[n * step // 7], keys[n + 1]) for n in range(8_000) for step in range(1, 6)))
    for impact in (Impact(model="x/a", nodes=nodes), Impact(model="x/a", nodes=nodes, edges=edges)):
        begin = time.process_time()
        picture, text = impact.to_viz(), impact.to_mermaid()
        assert time.process_time() - begin < 5
        assert len(picture.nodes) == 1 + 100 + 9
        assert text.count(" --> ") <= 500
        assert len(text) < 50_000

"""Pictures of a notebook in a true browser: bars as long as the stays, no text on another, nothing run, nothing fetched.

The pictures in the documents are made again, from the top folder, by

    GRAPH_LEDGER_TIMELINES=docs/images/timelines.png .venv/bin/python -m pytest tests/surfaces/test_notebook_pictures.py
    GRAPH_LEDGER_IMPACT=docs/images/impact-in-notebook.png .venv/bin/python -m pytest tests/surfaces/test_notebook_pictures.py
"""

import os
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph_ledger.demo.load import load
from graph_ledger.ledger import Ledger
from graph_ledger.values.history import History
from graph_ledger.values.lineage import Impact, ImpactNode
from graph_ledger.values.membership import MembershipHistory
from tests.surfaces.test_neo4j_browser import page
from tests.values.test_timeline import EVIL, event, stay

if TYPE_CHECKING:
    from neo4j_viz import VisualizationGraph
    from playwright.sync_api import Page

__all__ = ["page"]

WANTED = os.environ.get("GRAPH_LEDGER_TIMELINES")
WANTED_IMPACT = os.environ.get("GRAPH_LEDGER_IMPACT")
COLOURED = """() => { const all = new Set(); for (const each of document.querySelectorAll('canvas')) {
    const context = each.getContext('2d'); if (!context) continue;
    const dots = new Uint32Array(context.getImageData(0, 0, each.width, each.height).data.buffer); dots.forEach(dot => all.add(dot)); }
    const hex = dot => [0, 8, 16].map(by => (dot >> by & 255).toString(16).padStart(2, '0')).join('');
    return [...all].map(dot => '#' + hex(dot)); }"""
"""The colours of all that is drawn."""
LIGHT, DARK = "background:#fff;color:#111", "background:#111;color:#ddd"
BOXES = """tag => [...document.querySelectorAll('svg ' + tag)].map(each => each.getBoundingClientRect())
    .map(box => [box.x, box.y, box.right, box.bottom])"""
Box = tuple[float, float, float, float]


def show(page: "Page", style: str, *drawn: str) -> None:
    page.set_viewport_size({"width": 930, "height": 600})
    page.set_content(f"<body style='{style};font:14px sans-serif'><main style='width:880px;padding:8px'>{''.join(drawn)}</main></body>")


def shown(page: "Page", picture: "VisualizationGraph", file: Path) -> set[str]:
    """Open a picture of neo4j-viz as a page and return the colours of it once all of them are there."""
    file.write_text(str(picture.render(height="640px").data), encoding="utf-8")
    page.set_viewport_size({"width": 1300, "height": 640})
    page.goto(file.as_uri())
    wanted = {str(node.to_dict()["color"]).lower() for node in picture.nodes}
    page.wait_for_function(
        f"wanted => {{ const all = new Set(({COLOURED})()); return wanted.every(each => all.has(each)); }}", arg=[*wanted]
    )
    return wanted


def apart(one: Box, other: Box) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.slow
def test_what_strangers_say_is_neither_run_nor_in_the_way(page: "Page") -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    evil = f"<img src='http://127.0.0.1:1/x' onerror='window.run=1'>{EVIL}"
    wide = "W" * 60
    history = History([event(0, evil, evil, note=evil), event(1, wide), event(50, "\u6f22" * 40)])
    stays = MembershipHistory([stay(wide, 0, 50, evil), stay(evil, 25, 100), stay(wide, 50, 100)], group=evil)
    show(page, DARK, history._repr_html_(), stays._repr_html_())
    assert (page.evaluate("window.run"), asked) == (None, [])
    texts, bars = page.evaluate(BOXES, "text"), page.evaluate(BOXES, "rect") + page.evaluate(BOXES, "circle")
    assert all(apart(one, other) for place, one in enumerate(texts) for other in [*texts[place + 1 :], *bars])
    widths = [right - left for left, _, right, _ in page.evaluate(BOXES, "rect")]
    assert widths == pytest.approx([widths[0], widths[0] * 1.5, widths[0]], rel=0.01)


@pytest.mark.slow
def test_the_picture_of_the_documents(page: "Page", ledger: Ledger, tmp_path: Path) -> None:
    load(ledger, datetime.now(timezone.utc))
    parts = [
        drawn._repr_html_().partition("<table>")[0]
        for drawn in (ledger.history("fraud_scoring"), ledger.membership_history("aml_monitoring"))
    ]
    show(page, LIGHT, *parts)
    picture = Path(WANTED) if WANTED else tmp_path / "timelines.png"
    page.locator("main").screenshot(path=picture)
    assert picture.stat().st_size > 10_000


@pytest.mark.slow
def test_a_graph_of_strangers_is_drawn_and_runs_nothing(page: "Page", tmp_path: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    evil = f"</script><img src='http://127.0.0.1:1/x' onerror='window.run=1'>{EVIL}"
    fields = {"owner": evil, "tier": evil, "status": evil, "model_type": evil}
    near, far = (
        ImpactNode(key=f"{platform}/{evil}", name=evil, platform=platform, depth=depth, **fields)
        for platform, depth in ((evil, 1), ("etl", 2))
    )
    impact = Impact(model="db/a", nodes=(near, far), edges=(("db/a", near.key), (near.key, far.key)))
    colours = shown(page, impact.to_viz(), tmp_path / "strangers.html")
    assert len(colours) == 3
    assert page.evaluate("window.run") is None
    assert asked == [(tmp_path / "strangers.html").as_uri()]


@pytest.mark.slow
def test_the_impact_of_the_documents(page: "Page", ledger: Ledger, tmp_path: Path) -> None:
    load(ledger, "2026-06-30")
    shown(page, ledger.impact("core_banking", edges=True).to_viz(), tmp_path / "impact.html")
    page.wait_for_timeout(2_000)  # it moves into its place
    picture = Path(WANTED_IMPACT) if WANTED_IMPACT else tmp_path / "impact.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size > 10_000

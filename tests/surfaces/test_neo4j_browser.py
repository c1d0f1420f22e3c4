"""Neo4j Browser draws what `graph-ledger browse` sends it to: tried in Debian's chromium, without a network.

The picture in the documents is made again, from the top folder, by

    GRAPH_LEDGER_SCREENSHOT=docs/images/impact-in-browser.png .venv/bin/python -m pytest tests/surfaces/test_neo4j_browser.py
"""

import os
import re
import shutil
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from graph_ledger import server
from graph_ledger.connectors.files import files_connector
from graph_ledger.demo import SOURCE, listings
from graph_ledger.ledger import Ledger
from graph_ledger.settings import Settings
from graph_ledger.surfaces.cli.main import cli

if TYPE_CHECKING:
    from playwright.sync_api import Page

STYLE = Path(__file__).parents[2] / "docs" / "browser" / "graph-ledger.grass"
WANTED = os.environ.get("GRAPH_LEDGER_SCREENSHOT")
PICTURE = Path(WANTED).resolve() if WANTED else None  # before a test changes the folder

TABLE = "customer_features"
MODELS = {TABLE, "credit_risk", "fraud_scoring", "churn_predictor", "pricing_rules", "alert_engine"}
PORTS = {"customer_data", "credit_scores", "fraud_scores", "churn_probabilities"}
ARROWS = 10
BLUE, YELLOW = "#2F6FB7", "#FFC454"

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ELSEWHERE = re.compile(r"^https?://(?!127\.0\.0\.1[:/])")
PATIENCE = 90_000.0
"""Milliseconds that each step may take; all of them together take some seconds."""
DROP = """text => {
    const dragged = new DataTransfer();
    dragged.items.add(new File([text], 'graph-ledger.grass'));
    const drop = new DragEvent('drop', {dataTransfer: dragged, bubbles: true, cancelable: true});
    document.querySelector('[data-testid=main]').dispatchEvent(drop);
}"""
DRAWN = """() => [...document.querySelectorAll('.neod3viz g.node')].map(node =>
    [node.querySelector('text.caption').textContent.trim(), node.querySelector('circle.b-outline').getAttribute('fill').toUpperCase()])"""
STILL = """() => {
    const before = window.positions;
    window.positions = document.querySelector('.neod3viz').outerHTML;
    return window.positions === before;
}"""


@pytest.fixture
def page() -> Iterator["Page"]:
    """A window of the browser that asks nobody outside this machine."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Debian's chromium is not installed")
    sync_playwright = pytest.importorskip("playwright.sync_api", reason="the package playwright is not installed").sync_playwright
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=QUIET, timeout=PATIENCE)
        try:
            context = browser.new_context(viewport={"width": 1400, "height": 900})
            context.set_default_timeout(PATIENCE)
            context.route(ELSEWHERE, lambda route: route.abort())
            yield context.new_page()
        finally:
            browser.close()


@pytest.fixture
def home(page: "Page", tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The home of a running server that holds the demo estate as it is today; the settings name it."""
    if not server.is_installed(Settings().cache):
        pytest.skip("no local Neo4j is installed")
    read_at, newest = list(listings(datetime.now(timezone.utc)))[-1]
    with server.temporary(Settings().cache) as running:
        home = running.status.home
        with Ledger(str(running.status.uri), auth=server.credentials(home)) as ledger:
            ledger.discover(files_connector(newest, SOURCE), observed_at=read_at)
        monkeypatch.setenv("GRAPH_LEDGER_HOME", str(home))
        monkeypatch.delenv("GRAPH_LEDGER_URI", raising=False)
        monkeypatch.chdir(tmp_path)
        yield home


@pytest.mark.slow
def test_the_impact_neighbourhood_of_a_table_is_drawn(page: "Page", home: Path, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    said = CliRunner().invoke(cli, ["browse", TABLE, "--print"], catch_exceptions=False)
    page.goto(said.stdout.strip())
    password = page.locator("input[type=password]").first
    password.fill(server.credentials(home)[1])
    password.press("Enter")
    password.wait_for(state="detached")
    page.evaluate(DROP, STYLE.read_text(encoding="utf-8"))
    expect(page.get_by_test_id("frameCommand").filter(has_text=":style")).to_be_visible(timeout=PATIENCE)
    page.get_by_test_id("editor-Run").click()

    frame = page.get_by_test_id("frame").filter(has=page.locator(".neod3viz"))
    expect(frame.locator("g.node")).to_have_count(len(MODELS | PORTS), timeout=PATIENCE)
    expect(frame.locator("g.relationship")).to_have_count(ARROWS, timeout=PATIENCE)
    expect(page.get_by_test_id("vizInspector")).to_contain_text(f"DataNode ({len(MODELS)})", timeout=PATIENCE)
    drawn = page.evaluate(DRAWN)
    assert sorted(map(tuple, drawn)) == sorted([(name, BLUE) for name in MODELS] + [(name, YELLOW) for name in PORTS])

    frame.get_by_title("Fullscreen").click()
    frame.get_by_label("Collapse the node properties display").click()
    frame.get_by_label("zoom-to-fit").click()
    page.wait_for_function(STILL, polling=500)
    picture = PICTURE or tmp_path / "impact-in-browser.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size > 20_000

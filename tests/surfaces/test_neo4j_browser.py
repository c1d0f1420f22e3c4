"""Neo4j Browser draws what `graph-ledger browse` sends it to: tried in Debian's chromium, without a network.

`make screenshots` makes the pictures of the documents again: with GRAPH_LEDGER_SCREENSHOTS they are kept in that folder.
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
from graph_ledger.demo.load import load
from graph_ledger.ledger import Ledger
from graph_ledger.settings import Settings
from graph_ledger.surfaces.cli.main import cli

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

STYLE = Path(__file__).parents[2] / "docs" / "browser" / "graph-ledger.grass"
WANTED = os.environ.get("GRAPH_LEDGER_SCREENSHOTS")
PICTURES = Path(WANTED).resolve() if WANTED else None  # before a test changes the folder

TABLE = "customer_features"
MODELS = {TABLE, "credit_risk", "fraud_scoring", "churn_predictor", "pricing_rules", "alert_engine"}
PORTS = {"customer_data", "credit_scores", "fraud_scores", "churn_probabilities"}
ARROWS = 10
MEMBER = "aml_network"
BLUE, YELLOW, GREEN, PURPLE, SAND, SOURCE_GREEN = "#2F6FB7", "#FFC454", "#8DCC93", "#C990C0", "#D9C8AE", "#569480"

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


@pytest.fixture(scope="module")
def running() -> Iterator[Path]:
    """The home of a running server that holds the demo estate, which is only read."""
    if shutil.which("chromium") is None:
        pytest.skip("Debian's chromium is not installed")
    if not server.is_installed(Settings().cache):
        pytest.skip("no local Neo4j is installed")
    with server.temporary(Settings().cache) as found:
        home = found.status.home
        with Ledger(str(found.status.uri), auth=server.credentials(home)) as ledger:
            load(ledger, datetime.now(timezone.utc))
        yield home


@pytest.fixture
def home(page: "Page", running: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That home, which the settings name."""
    monkeypatch.setenv("GRAPH_LEDGER_HOME", str(running))
    monkeypatch.delenv("GRAPH_LEDGER_URI", raising=False)
    monkeypatch.chdir(tmp_path)
    return running


def drawn(page: "Page", home: Path, *asked: str) -> "Locator":
    """Open Browser where the command says, sign in, drop the colours, run what stands in the editor; return its frame."""
    from playwright.sync_api import expect

    said = CliRunner().invoke(cli, ["browse", *asked, "--print"], catch_exceptions=False)
    page.goto(said.stdout.strip())
    password = page.locator("input[type=password]").first
    password.fill(server.credentials(home)[1])
    password.press("Enter")
    password.wait_for(state="detached")
    page.evaluate(DROP, STYLE.read_text(encoding="utf-8"))
    expect(page.get_by_test_id("frameCommand").filter(has_text=":style")).to_be_visible(timeout=PATIENCE)
    page.get_by_test_id("editor-Run").click()
    frame = page.get_by_test_id("frame").filter(has=page.locator(".neod3viz"))
    frame.locator("g.node").first.wait_for()
    return frame


def pictured(page: "Page", frame: "Locator", name: str, tmp_path: Path) -> None:
    """Fill the window with the drawing, wait until nothing moves, and keep the picture."""
    frame.get_by_title("Fullscreen").click()
    frame.get_by_label("Collapse the node properties display").click()
    page.wait_for_function(STILL, polling=500)
    frame.get_by_label("zoom-to-fit").click()
    page.wait_for_function(STILL, polling=500)
    picture = (PICTURES or tmp_path) / f"{name}.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size > 20_000


@pytest.mark.slow
def test_the_impact_neighbourhood_of_a_table_is_drawn(page: "Page", home: Path, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    frame = drawn(page, home, TABLE)
    expect(frame.locator("g.node")).to_have_count(len(MODELS | PORTS), timeout=PATIENCE)
    expect(frame.locator("g.relationship")).to_have_count(ARROWS, timeout=PATIENCE)
    expect(page.get_by_test_id("vizInspector")).to_contain_text(f"DataNode ({len(MODELS)})", timeout=PATIENCE)
    found = page.evaluate(DRAWN)
    assert sorted(map(tuple, found)) == sorted([(name, BLUE) for name in MODELS] + [(name, YELLOW) for name in PORTS])
    pictured(page, frame, "impact-in-browser", tmp_path)


@pytest.mark.slow
def test_the_history_of_a_member_is_drawn_with_its_group(page: "Page", home: Path, tmp_path: Path) -> None:
    frame = drawn(page, home, MEMBER, "--query", "history_neighbourhood")
    pictured(page, frame, "history-in-browser", tmp_path)
    found = {tuple(each) for each in page.evaluate(DRAWN)}
    assert {(MEMBER, BLUE), ("aml_monitoring", GREEN)} <= found
    assert {colour for _, colour in found} == {BLUE, GREEN, PURPLE, SAND, SOURCE_GREEN}
    assert {("discovered", PURPLE), ("retrained", PURPLE)} <= {(said.replace(" ", ""), colour) for said, colour in found}
    types = {said.strip() for said in frame.locator("g.relationship text").all_text_contents()}
    assert types >= {"MEMBER_OF", "WAS_MEMBER_OF", "WAS", "HAS_SNAPSHOT", "SEEN_BY"}

"""The site is built as `make site` builds it: every page is there, nothing is loaded from elsewhere, no link is broken."""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.docs import public
from tests.docs.pages import PAGES, ROOT
from tests.docs.site import OUTSIDE, anchors, links, loaded, soup, styled
from tests.surfaces.test_neo4j_browser import QUIET

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow
DOCS = ROOT / "docs"
WRITTEN = [page.relative_to(DOCS) for page in PAGES if DOCS in page.parents and page.name != "template.md"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built strictly: a warning is the end."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def test_every_page_is_there_with_its_markdown_beside_it(site: Path) -> None:
    for page in WRITTEN:
        assert soup(site / page.with_suffix(".html")).find("h1"), page
        twin = (site / page).read_text(encoding="utf-8")
        assert twin.startswith("# "), page
        assert "<!-- every" not in twin, page
        assert "\n::: " not in twin, page
        (named,) = soup(site / page.with_suffix(".html")).select('head link[rel="alternate"][type="text/markdown"]')
        assert named["href"] == page.name
    assert (site / "concepts.md").read_text(encoding="utf-8") == (DOCS / "concepts.md").read_text(encoding="utf-8")


def test_the_lists_for_programs_name_every_page_and_say_what_is_on_it(site: Path) -> None:
    listed = re.findall(r"^- \[[^]]+\]\(([^)]+)\): \S.*$", (site / "llms.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(page.as_posix() for page in WRITTEN)
    whole = (site / "llms-full.txt").read_text(encoding="utf-8")
    assert [page for page in WRITTEN if (site / page).read_text(encoding="utf-8").strip() not in whole] == []


def test_no_page_and_no_style_loads_anything_from_elsewhere(site: Path) -> None:
    sheets, pages = sorted(site.rglob("*.css")), sorted(site.rglob("*.html"))
    assert len(pages) > len(WRITTEN)  # that of a page that is not there, too
    assert [(sheet.name, each) for sheet in sheets for each in styled(sheet) if OUTSIDE.match(each)] == []
    assert [(page.name, each) for page in pages for each in loaded(page) if OUTSIDE.match(each)] == []
    missing = [
        (page.name, each) for page in pages for each in loaded(page) if page.name != "404.html" and not (page.parent / each).exists()
    ]
    assert missing == []


def test_no_link_is_broken(site: Path) -> None:
    for page in site.rglob("*.html"):
        if page.name == "404.html":
            continue  # its links count from wherever it is shown
        for file, anchor in links(page):
            assert file.exists(), f"{page.name}: {file}"
            assert not anchor or file.suffix != ".html" or anchor in anchors(file), f"{page.name}: {file.name}#{anchor}"


def test_every_public_name_is_in_the_reference(site: Path) -> None:
    there = {anchor for page in (site / "reference").glob("*.html") for anchor in anchors(page)}
    assert sorted(public.paths() - there) == []


@pytest.fixture
def home(site: Path) -> Iterator[str]:
    """The address of the site while it is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def page() -> Iterator["Page"]:
    """A window of the browser, which may write to its clipboard."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Debian's chromium is not installed")
    with pytest.importorskip("playwright.sync_api").sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser.new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
        browser.close()


def test_a_browser_asks_nobody_else(home: str, page: "Page") -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: asked.append(str(error)))
    for path in WRITTEN:
        page.goto(f"{home}/{path.with_suffix('.html').as_posix()}", wait_until="load")
    page.locator("input.md-search__input").fill("tombstone", force=True)
    page.locator(".md-search-result__link").first.wait_for(state="attached")
    assert len(asked) > len(WRITTEN)
    assert [each for each in asked if not each.startswith((home, "data:", "blob:"))] == []


def test_what_is_copied_is_what_is_typed(home: str, page: "Page") -> None:
    page.goto(f"{home}/get-started.html", wait_until="load")
    block = page.locator("div.highlight").filter(has_text="impact features").first
    block.locator("button").first.click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.includes('impact'))")
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    assert copied.split("\n") == [
        "graph-ledger discover files march.yaml --scope bank --observed-at 2026-03-01",
        "graph-ledger impact features",
    ]


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing of it."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # a name that it inherits
        """Say nothing."""

"""The site is built as `make site` builds it: every page is there, nothing is loaded from elsewhere, no link is broken."""

import os
import re
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.docs import public
from tests.docs.pages import PAGES, ROOT
from tests.docs.site import OUTSIDE, anchors, links, loaded, soup, styled
from tests.surfaces.test_neo4j_browser import QUIET

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


def test_a_browser_asks_nobody_else(site: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    asked: list[str] = []
    handler = partial(Quiet, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, playwright.sync_playwright() as driver:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        home = f"http://127.0.0.1:{server.server_port}"
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: asked.append(str(error)))
        for path in WRITTEN:
            page.goto(f"{home}/{path.with_suffix('.html').as_posix()}", wait_until="load")
        page.locator("input.md-search__input").fill("tombstone", force=True)
        page.locator(".md-search-result__link").first.wait_for(state="attached")
        browser.close()
        server.shutdown()
    assert len(asked) > len(WRITTEN)
    assert [each for each in asked if not each.startswith((home, "data:", "blob:"))] == []


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing of it."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # a name that it inherits
        """Say nothing."""

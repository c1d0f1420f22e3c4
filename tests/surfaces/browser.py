"""A window of Debian's chromium that asks nobody outside this machine."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
ELSEWHERE = re.compile(r"^https?://(?!127\.0\.0\.1[:/])")
PATIENCE = 90_000.0
"""Milliseconds that each step may take; all of them together take some seconds."""


@contextmanager
def window(*, script: bool = True) -> Iterator["Page"]:
    """Open it; a complaint of the page, on its console or as an error, fails the test."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Debian's chromium is not installed")
    sync_playwright = pytest.importorskip("playwright.sync_api", reason="the package playwright is not installed").sync_playwright
    said: list[str] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=QUIET, timeout=PATIENCE)
        try:
            context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=script)
            context.set_default_timeout(PATIENCE)
            context.route(ELSEWHERE, lambda route: route.abort())
            page = context.new_page()
            page.on("pageerror", lambda error: said.append(str(error)))
            page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
            yield page
        finally:
            browser.close()
    assert [each for each in said if "status of 40" not in each] == []

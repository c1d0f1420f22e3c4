"""The built site, taken apart: what its pages load, where their links lead, what can be linked to."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup, Tag

LOADING = {
    "script": ("src",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "iframe": ("src",),
    "link": ("href",),
    "object": ("data",),
}
"""What a browser fetches without being asked; all else waits for a click."""
IN_STYLE = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s]+)""")
OUTSIDE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)


@cache
def soup(page: Path) -> BeautifulSoup:
    """Return a page, parsed."""
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


def loaded(page: Path) -> Iterator[str]:
    """Yield what a page has its browser fetch, and what the styles within it do."""
    for name, attributes in LOADING.items():
        for element in soup(page).find_all(name):
            yield from (str(element[attribute]) for attribute in attributes if element.has_attr(attribute))
    for element in soup(page).find_all("style"):
        yield from IN_STYLE.findall(element.get_text())


def styled(sheet: Path) -> list[str]:
    """Return what a sheet of styles has a browser fetch."""
    return IN_STYLE.findall(sheet.read_text(encoding="utf-8"))


def links(page: Path) -> Iterator[tuple[Path, str]]:
    """Yield file and anchor of every link of a page that stays within the site."""
    for element in soup(page).find_all("a", href=True):
        target, _, anchor = str(element["href"]).partition("#")
        if not re.match(r"[a-z]+:", target) and not OUTSIDE.match(target):
            yield (page.parent / target).resolve() if target else page, anchor


@cache
def anchors(page: Path) -> frozenset[str]:
    """Return every place of a page that can be linked to."""
    return frozenset(str(element["id"]) for element in soup(page).find_all(id=True) if isinstance(element, Tag))

"""Beside each page of the site its Markdown, which its head names; for programs that read, llms.txt and llms-full.txt. A hook of MkDocs."""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import public_names
from markdownify import markdownify
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

LISTS: Mapping[str, Callable[[], Iterable[str]]] = {
    "value": public_names.values,
    "function": public_names.functions,
    "error": public_names.raised,
    "connector": public_names.read_by,
}
"""What a page asks for with ``<!-- every value -->``."""
LONGEST = 200
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
order: list[Page] = []
written: dict[str, str] = {}


def on_nav(nav: Navigation, **_: Any) -> None:
    """Keep the pages in the order of the navigation."""
    order[:] = nav.pages
    written.clear()


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Write the lists that a page asks for: its decisions, or the names of the package."""
    for what, names in LISTS.items():
        if (asked := f"<!-- every {what} -->") in markdown:
            markdown = markdown.replace(asked, "\n\n".join(f"::: {name}" for name in names()))
    folder = Path(page.file.abs_src_path or "").parent
    decisions = (f"- [{title(path)}]({path.name})" for path in sorted(folder.glob("[0-9]*.md")))
    return markdown.replace("<!-- every decision -->", "\n".join(decisions))


def on_page_content(html: str, page: Page, **_: Any) -> None:
    """Keep a page as it was written; one that is generated from the source, as it came out."""
    text = page.markdown or ""
    generated = re.search(r"^::: ", text, re.MULTILINE)
    written[page.file.src_uri] = (
        tidy(markdownify(html, heading_style="ATX", code_language="python", escape_underscores=False)) if generated else text.strip()
    )


def on_post_page(output: str, page: Page, **_: Any) -> str:
    """Let the head of a page name its Markdown, which lies beside it."""
    link = f'<link rel="alternate" type="text/markdown" href="{quote(Path(twin_of(page)).name)}">'
    return output.replace("</head>", f"{link}</head>", 1)


def on_post_build(config: MkDocsConfig) -> None:
    """Write what was kept, and the two files that list it."""
    site = Path(config.site_dir)
    for page in order:
        twin = site / twin_of(page)
        twin.parent.mkdir(parents=True, exist_ok=True)
        twin.write_text(f"{written[page.file.src_uri]}\n", encoding="utf-8")
    head = f"# {config.site_name}\n\n> {config.site_description}\n"
    (site / "llms.txt").write_text(head + "".join(map(entry, order)), encoding="utf-8")
    whole = "".join(f"\n---\n\n<!-- {twin_of(page)} -->\n\n{written[page.file.src_uri]}\n" for page in order)
    (site / "llms-full.txt").write_text(head + whole, encoding="utf-8")


def entry(page: Page) -> str:
    """Return the line of a page, below the heading of its section where it is the first of it."""
    place = order.index(page)
    section, before = section_of(page), section_of(order[place - 1]) if place else None
    heading = f"\n## {section}\n\n" if place == 0 or section != before else ""
    return f"{heading}- [{page.title}]({twin_of(page)}): {gist(written[page.file.src_uri])}\n"


def section_of(page: Page) -> str:
    """Return the outermost section that a page is in."""
    sections = [each.title for each in page.ancestors if isinstance(each, Section)]
    return sections[-1] if sections else str(page.title)


def twin_of(page: Page) -> str:
    """Return where the Markdown of a page lies in the site."""
    return Path(page.file.dest_uri).with_suffix(".md").as_posix()


def gist(text: str) -> str:
    """Return the first sentence of a page, without its marks."""
    parts = re.split(r"\n\s*\n", FENCE.sub("", text))
    first = next((part.strip() for part in parts if part.strip() and part.strip()[0] not in "#<|!"), "")
    plain = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", first)
    plain = re.sub(r"^(?:Asked|Problem)\. ", "", re.sub(r"[*`]", "", " ".join(plain.split())))
    sentence = re.split(r"(?<=[.?!])\s", plain)[0].rstrip(":")
    return sentence if len(sentence) <= LONGEST else f"{sentence[: LONGEST - 3].rstrip()}..."


def title(path: Path) -> str:
    """Return the first heading of a file."""
    return path.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ")


def tidy(text: str) -> str:
    """Take out the signs that stand for links to a heading, and blank lines that follow one another."""
    text = re.sub(r"\[¶\]\([^)]*\)", "", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()

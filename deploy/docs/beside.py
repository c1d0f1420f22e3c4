"""What a page leads to beside the folder of pages, such as a notebook, is taken along into the site. A hook of MkDocs."""

import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

FOLDER = "beside"
LINK = re.compile(r"(?<=\]\()(\.\./[^)#\s]+)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add every file that lies outside the folder of pages and is linked to from one of them."""
    for page in list(files.documentation_pages()):
        for path in {outside(page, link, config) for link in LINK.findall(page.content_string)} - {None}:
            place = placed(path, config)  # type: ignore[arg-type]  # None was taken out
            if files.get_file_from_path(place) is None:
                files.append(File.generated(config, place, abs_src_path=str(path)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Let such a link lead to the copy."""

    def led(found: re.Match[str]) -> str:
        path = outside(page.file, found[1], config)
        return found[1] if path is None else get_relative_url(placed(path, config), page.file.src_uri)

    return LINK.sub(led, markdown)


def outside(page: File, link: str, config: MkDocsConfig) -> Path | None:
    """Return the file that a link leads to, if it is one of the project outside the folder of pages."""
    docs, path = Path(config.docs_dir), (Path(page.abs_src_path or config.docs_dir).parent / link).resolve()
    return path if path.is_file() and docs not in path.parents and docs.parent in path.parents else None


def placed(path: Path, config: MkDocsConfig) -> str:
    """Return where a file lies in the site; a page of another place is shown as text."""
    place = f"{FOLDER}/{path.relative_to(Path(config.docs_dir).parent).as_posix()}"
    return f"{place}.txt" if path.suffix == ".md" else place

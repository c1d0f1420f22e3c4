"""The pages that people read, taken apart: blocks of code, commands with what they show, words in the text."""

import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import zip_longest
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```(\w*)(?: title=\"([^\"\n]+)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
LATER = "Not there yet"
"""A heading or a paragraph that begins like this tells of what is wanted; all else tells of what is."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code, and the line on which it begins."""

    line: int
    language: str
    text: str
    printed: str | None = None
    """What the block of text right below says that it prints; None where there is none."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a console block, without its remark, and the answer that the page shows."""

    text: str
    shown: str


def name_of(page: Path) -> str:
    """Return what a page is called in a report."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path, language: str) -> list[Block]:
    """Return the blocks of one language, in order."""
    text = page.read_text(encoding="utf-8")
    found, fences = [], list(FENCE.finditer(text))
    for each, below in zip_longest(fences, fences[1:]):
        if each[1] == language:
            answered = below is not None and below[1] == "text" and not text[each.end() : below.start()].strip()
            line = text.count("\n", 0, each.start(3)) + 1
            found.append(Block(line, language, each[3], below[3] if answered and below else None))
    return found


def files(page: Path) -> dict[str, str]:
    """Return what a reader is asked to save, by the name of the file: the blocks that have a title."""
    return {found[2]: found[3] for found in FENCE.finditer(page.read_text(encoding="utf-8")) if found[2]}


def commands(page: Path) -> list[Command]:
    """Return the commands of all console blocks, in order."""
    found = []
    for block in blocks(page, "console"):
        for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE):
            command, _, shown = part.partition("\n")
            if command:
                found.append(Command(re.sub(r"\s+# .*", "", command).strip(), shown.strip()))
    return found


def remarks(code: str) -> dict[int, str]:
    """Return the comment at the end of each line of code that has one."""
    tokens = list(tokenize.generate_tokens(StringIO(code).readline))
    comments = [token for token in tokens if token.type == tokenize.COMMENT and not token.line.lstrip().startswith("#")]
    return {token.start[0]: token.string.lstrip("# ") for token in comments}


def words(page: Path) -> Iterator[tuple[int, str]]:
    """Yield each word of the text that is set as code and says what is there today, with its line."""
    text = FENCE.sub(lambda found: "\n" * found[0].count("\n"), page.read_text(encoding="utf-8"))
    text = re.sub(rf"^(#+) {LATER}.*?(?=^\1 |\Z)", lambda found: "\n" * found[0].count("\n"), text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(rf"^\W*{LATER}.*?(?=^$|\Z)", lambda found: "\n" * found[0].count("\n"), text, flags=re.MULTILINE | re.DOTALL)
    for number, line in enumerate(text.splitlines(), 1):
        told = line
        if page.name == "deviations.md" and line.startswith("| "):
            told = line.split("|", 2)[2]  # the first column is of the other library
        for found in INLINE.finditer(told):
            yield number, found[1]

"""Statements live in ``cypher/``, one a file; this finds them by name and shows their headers."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from graph_ledger.errors import ValidationError

FOLDER = Path(__file__).parents[1] / "cypher"
ENDING = ".cypher"


@cache
def statement(name: str) -> str:
    """Return the text of ``cypher/<name>.cypher`` without its header.

    Raises:
        ValidationError: There is no statement of that name.
    """
    return "\n".join(line for line in source(name).splitlines() if not line.startswith("//")).strip().rstrip(";")


def source(name: str) -> str:
    """Return the whole file of a statement, header and all, as a person pastes it into Neo4j Browser."""
    if name not in names():
        raise ValidationError(f"no statement {name!r}: `graph-ledger cypher list` shows those there are")
    return (FOLDER / f"{name}{ENDING}").read_text(encoding="utf-8")


@cache
def names() -> tuple[str, ...]:
    """Return the names of all statements, sorted, such as ``lineage/impact``."""
    return tuple(sorted(_below(FOLDER, "")))


def question(name: str) -> str:
    """Return what a statement answers: the first line of its header."""
    return source(name).splitlines()[0].removeprefix("//").strip()


def _below(folder: Path, prefix: str) -> Iterator[str]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _below(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(ENDING):
            yield prefix + entry.name.removesuffix(ENDING)

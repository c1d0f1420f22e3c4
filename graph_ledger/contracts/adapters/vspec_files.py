"""The nodes of a vspec model: its files, what they include, and how the later overlays the earlier."""

import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from functools import cache
from os.path import commonpath
from pathlib import Path
from typing import Any, NamedTuple

from graph_ledger.contracts.adapters.places import Place
from graph_ledger.contracts.adapters.vspec_yaml import Node, read_nodes
from graph_ledger.contracts.inputs import text_of
from graph_ledger.errors import ReportError

INCLUDE = re.compile(r"^([ \t]*)#include(?=\s|$)(.*)$", re.MULTILINE)
SUFFIXES = (".vspec", ".yaml", ".yml")
Text = tuple[str, dict[str, Node]]
"""A file's text, and its nodes."""
Reader = Callable[[Path], Text]


class Include(NamedTuple):
    """What a file includes: which file, below which label, and where that is said."""

    target: str
    prefix: str
    place: Place


def read_files(files: list[Path]) -> dict[str, Node]:
    """Return the nodes of some files, those of files that others of them include being part of these.

    What is said later of a label is laid over what was said before; a file's own nodes are said before those that it includes. ``*`` in a
    label stands for any text, of labels that were said before. A node with ``delete: true`` goes with all below it.

    Raises:
        ReportError: A file is not valid, can not be read, or includes itself.
    """
    nodes: dict[str, Node] = {}
    read = cache(_read)  # a folder's files are looked at first for what they include, and then one by one
    base = Path(commonpath([file.parent for file in files]))
    for root in _roots(files, base, read):
        for label, node in _walk(root, "", (), base, read):
            for each in _meant(label, nodes):
                nodes[each] = Node(_laid_over(nodes[each].told, node.told), nodes[each].place) if each in nodes else node
    gone = [label for label, node in nodes.items() if node.told.get("delete") is True]
    return {label: node for label, node in nodes.items() if not any(label == each or label.startswith(f"{each}.") for each in gone)}


def _read(file: Path) -> Text:
    text = text_of(file, ReportError)
    return text, read_nodes(text, file)


def _roots(files: list[Path], base: Path, read: Reader) -> list[Path]:
    """Leave out the files that others include, as these bring them in at their place."""
    if len(files) == 1:
        return files
    included: set[Path] = set()
    for file in files:
        included |= {_resolved(each, file.parent, base).resolve() for each in _includes(*read(file), file, "")}
    roots = [file for file in files if file.resolve() not in included]
    if not roots:
        raise ReportError("every file is included by another one: none is the first", file=base)
    return roots


def _walk(file: Path, prefix: str, above: tuple[Path, ...], base: Path, read: Reader) -> Iterator[tuple[str, Node]]:
    text, nodes = read(file)
    for label, node in nodes.items():
        told = {key: value for key, value in node.told.items() if key != "includes"}
        yield f"{prefix}{label}", Node(told, node.place)
    for each in _includes(text, nodes, file, prefix):
        target = _resolved(each, file.parent, base)
        line = (*above, file.resolve())
        if target.resolve() in line:
            raise each.place.refuse(f"{each.target} includes itself")
        yield from _walk(target, each.prefix, line, base, read)


def _includes(text: str, nodes: dict[str, Node], file: Path, prefix: str) -> Iterator[Include]:
    for label, node in nodes.items():
        told = node.told.get("includes") or []
        if not isinstance(told, list) or not all(isinstance(each, str) for each in told):
            raise node.place.refuse(f"{label!r}: includes is a list of files")
        yield from (Include(each, f"{prefix}{label}.", node.place) for each in told)
    for found in INCLUDE.finditer(text):
        place = Place(file, text.count("\n", 0, found.start()) + 1, len(found[1]) + 1)
        words = found[2].split()
        if len(words) not in {1, 2}:
            raise place.refuse("an include is #include FILE, or #include FILE LABEL")
        yield Include(words[0], f"{prefix}{words[1]}." if words[1:] else prefix, place)


def _resolved(include: Include, *folders: Path) -> Path:
    names = [include.target] if Path(include.target).suffix else [f"{include.target}{suffix}" for suffix in SUFFIXES]
    for folder in folders:
        for name in names:
            if (folder / name).is_file():
                return folder / name
    raise include.place.refuse(f"no file {include.target} to include")


def _meant(label: str, nodes: dict[str, Node]) -> list[str]:
    return [each for each in nodes if fnmatchcase(each, label)] if "*" in label else [label]


def _laid_over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        under = below.get(key)
        merged[key] = _laid_over(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return merged

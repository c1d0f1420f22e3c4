"""Nodes written down in JSON or YAML: a list of mappings with name, platform, inputs and outputs."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from graph_ledger.connectors.metadata_file import load_yaml, plain
from graph_ledger.connectors.paths import shown
from graph_ledger.errors import SourceError, ValidationError
from graph_ledger.values.listing import DEFAULT_SCOPE, Listing, RowError
from graph_ledger.values.node import DataNode

SUFFIXES = frozenset({".json", ".yaml", ".yml"})
LISTS = ("models", "nodes")
"""A mapping may hold its list under either of these."""
OWN = frozenset({"name", "platform", "inputs", "outputs", "metadata"})
STDIN = "-"


class FilesConnector:
    """Reads a file, every JSON and YAML file below a folder, or standard input.

    An item is a mapping with a ``name``, and where known ``platform``, ``inputs`` and ``outputs``: texts, or mappings with
    an ``identifier`` and schema. Every other key is metadata, and so is what a mapping ``metadata`` holds.

    Args:
        path: A file, a folder, or ``-`` for standard input.
        name: Signs every claim.
        scope: What one run covers.
        platform: The platform of items that name none.
        partial: Never complete: what is not named stays as it was.

    Raises:
        ValidationError: There is no such file or folder.
    Source: ``docs/connectors.md``, files.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        name: str = "files",
        scope: str = DEFAULT_SCOPE,
        platform: str = "",
        partial: bool = False,
    ) -> None:
        self.name, self.scope, self.platform, self.partial = name, scope, platform, partial
        self.path = Path(path)
        self.errors: list[RowError] = []
        """Items that the last reading could not use."""
        if str(path) != STDIN and not self.path.exists():
            raise ValidationError(f"there is no file or folder {str(path)!r}")

    def discover(self) -> Listing:
        """Read it once; the listing is complete when no item was an error and it is not partial.

        Raises:
            SourceError: A file could not be read.
            ValidationError: A file is neither JSON nor YAML, or holds no list of nodes.
        """
        self.errors = []
        nodes = [node for where, text in self._texts() for node in self._nodes(where, text)]
        complete = not (self.errors or self.partial)
        return Listing(nodes, source=self.name, scope=self.scope, complete=complete, errors=self.errors)

    def _texts(self) -> Iterator[tuple[str, str]]:
        """Yield every file: where it is, and what is in it."""
        if str(self.path) == STDIN:
            yield "standard input", sys.stdin.read()
        elif self.path.is_dir():
            for path in _files(self.path):
                yield shown(path.relative_to(self.path).as_posix()), _text(path)
        else:
            yield shown(self.path.name), _text(self.path)

    def _nodes(self, where: str, text: str) -> Iterator[DataNode]:
        for number, item in enumerate(_items(_parsed(text, where), where), 1):
            node = self._tried(item, f"{where}, item {number}")
            if node is not None:
                yield node

    def _tried(self, item: Any, where: str) -> DataNode | None:
        try:
            return _node(item, self.platform)
        except (ValidationError, TypeError) as error:
            self.errors.append(RowError(where=where, reason=str(error)))
            return None


def files_connector(path: str | os.PathLike[str], name: str = "files", *, scope: str = DEFAULT_SCOPE, platform: str = "") -> FilesConnector:
    """Make a `FilesConnector`, as `sql_connector` makes one of SQL.

    >>> files_connector("nodes.yaml").discover()
    <Listing of 2 nodes by files/default, complete>
    """
    return FilesConnector(path, name=name, scope=scope, platform=platform)


def _files(folder: Path) -> list[Path]:
    failed: list[OSError] = []
    found = [
        Path(here) / file
        for here, _, files in os.walk(folder, onerror=failed.append)
        for file in files
        if Path(file).suffix.lower() in SUFFIXES
    ]
    if failed:
        raise SourceError(f"{shown(failed[0].filename)} could not be read: {failed[0].strerror}: nothing was")
    return sorted(found)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SourceError(f"{shown(str(path))} could not be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{shown(str(path))} is not UTF-8: byte {error.start + 1} is {error.object[error.start]:#04x}") from error


def _parsed(text: str, where: str) -> Any:
    """Return what a file holds: JSON where it looks like that, else YAML, of which JSON is a part."""
    if text.lstrip()[:1] in {"[", "{"}:
        try:
            return plain(json.loads(text))
        except json.JSONDecodeError as error:
            if where.lower().endswith(".json"):
                raise ValidationError(f"{where} is not JSON: {error.msg}, line {error.lineno}, column {error.colno}") from None
        except (ValidationError, RecursionError, ValueError) as error:
            raise ValidationError(f"{where} is not JSON that can be read: {str(error) or 'nested too deep'}") from None
    try:
        return load_yaml(text)
    except ValidationError as error:
        raise ValidationError(f"{where} is {error}") from None


def _items(found: Any, where: str) -> list[Any]:
    if isinstance(found, Mapping):
        held = [found[key] for key in LISTS if key in found]
        if held:
            found = [item for each in held for item in (each if isinstance(each, list) else [] if each is None else [each])]
        elif "name" in found:
            found = [found]
    if not isinstance(found, list):
        raise ValidationError(f'{where} holds no list of nodes: write [{{"name": ...}}], or a mapping with "models" or "nodes"')
    return found


def _node(item: Any, platform: str) -> DataNode:
    if not isinstance(item, Mapping):
        raise ValidationError(f"an item is a mapping with a name, not {str(item)[:40]!r}")
    name = item.get("name")
    if not isinstance(name, str) or not name.strip():
        raise ValidationError(f"an item needs a name, which {name!r} is not")
    held = item.get("metadata")
    if held is not None and not isinstance(held, Mapping):
        raise ValidationError(f"the metadata of {name!r} is no mapping")
    metadata = {**(held or {}), **{key: value for key, value in item.items() if key not in OWN}}
    return DataNode(
        name, platform if item.get("platform") is None else item["platform"], _ports(item, "inputs"), _ports(item, "outputs"), metadata
    )


def _ports(item: Mapping[str, Any], side: str) -> list[Any]:
    ports = item.get(side)
    if ports is not None and not isinstance(ports, list):
        raise ValidationError(f"the {side} of {item.get('name')!r} are a list, not {str(ports)[:40]!r}")
    return ports or []

"""Nodes written down in JSON or YAML: a list of mappings with name, platform, inputs and outputs."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from graph_ledger.connectors.folders import files_below, reason_of
from graph_ledger.connectors.json_file import LARGEST
from graph_ledger.connectors.metadata_file import load_yaml, once, plain
from graph_ledger.connectors.paths import shown
from graph_ledger.errors import SourceError, ValidationError
from graph_ledger.values.listing import DEFAULT_SCOPE, Listing, RowError
from graph_ledger.values.node import DataNode, key_of, normal

SUFFIXES = frozenset({".json", ".yaml", ".yml"})
LISTS = ("models", "nodes")
"""A mapping may hold its list under either of these."""
OWN = frozenset({"name", "platform", "inputs", "outputs", "metadata"})
STDIN = "-"


class FilesConnector:
    """Reads a file, every JSON and YAML file below a folder, or standard input.

    An item is a mapping with a ``name``, and where known ``platform``, ``inputs`` and ``outputs``: texts, or mappings with
    an ``identifier`` and schema. Every other key is metadata, and so is what a mapping ``metadata`` holds.

    A node that is listed twice counts where it is listed first, in order of the files; a later one that says something else
    is an error.

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
        """Read it once; the listing is complete when nothing was an error and it is not partial.

        In a folder a file that cannot be read, or holds no list of nodes, is an error like a bad item, and the others land.

        Raises:
            SourceError: The one file, or the folder itself, could not be read.
            ValidationError: The one file is neither JSON nor YAML, or holds no list of nodes.
        """
        self.errors = []
        placed: dict[str, tuple[str, DataNode]] = {}
        for where, item in self._items():
            node = self._tried(item, where)
            if node is not None:
                self._place(placed, where, node)
        complete = not (self.errors or self.partial)
        return Listing((node for _, node in placed.values()), source=self.name, scope=self.scope, complete=complete, errors=self.errors)

    def _items(self) -> Iterator[tuple[str, Any]]:
        """Yield every item, and where it is."""
        if not self.path.is_dir():
            where, text = ("standard input", _standard_input()) if str(self.path) == STDIN else (shown(self.path.name), _text(self.path))
            yield from _numbered(text, where)
            return
        paths, errors = files_below(self.path, SUFFIXES)
        self.errors.extend(errors)
        if not paths:  # one that is not mounted, or was not checked out, looks like that
            self.errors.append(RowError(where=shown(str(self.path)), reason=f"no file in it ends with {', '.join(sorted(SUFFIXES))}"))
        for path in paths:
            where = shown(path.relative_to(self.path).as_posix())
            try:
                yield from _numbered(_text(path), where)
            except (SourceError, ValidationError) as error:
                said = str(error).removeprefix(f"{shown(str(path))} ").removeprefix(f"{where} ")
                self.errors.append(RowError(where=where, reason=said))

    def _tried(self, item: Any, where: str) -> DataNode | None:
        try:
            return node_of(item, self.platform)
        except (ValidationError, TypeError) as error:
            self.errors.append(RowError(where=where, reason=str(error)))
            return None

    def _place(self, placed: dict[str, tuple[str, DataNode]], where: str, node: DataNode) -> None:
        """Take a node that is not there yet; one that says otherwise than the one that is there is an error."""
        key = key_of(node.platform, normal(node.name))
        first, held = placed.setdefault(key, (where, node))
        if held is not node and held.model_dump() != node.model_dump():
            self.errors.append(RowError(where=where, reason=f"{key} is listed before with other content, at {first}: that counts"))


def files_connector(path: str | os.PathLike[str], name: str = "files", *, scope: str = DEFAULT_SCOPE, platform: str = "") -> FilesConnector:
    """Make a `FilesConnector`, as `sql_connector` makes one of SQL.

    >>> files_connector("nodes.yaml").discover()
    <Listing of 2 nodes by files/default, complete>
    """
    return FilesConnector(path, name=name, scope=scope, platform=platform)


def _text(path: Path) -> str:
    where = shown(str(path))
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise SourceError(f"{where} has more than {LARGEST:,} bytes")
        return content.decode("utf-8-sig")
    except OSError as error:
        raise SourceError(f"{where} could not be read: {reason_of(error)}") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{where} is {reason_of(error)}") from error


def _standard_input() -> str:
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise SourceError(f"standard input is {reason_of(error)}") from error


def _numbered(text: str, where: str) -> Iterator[tuple[str, Any]]:
    for number, item in enumerate(_items(_parsed(text, where), where), 1):
        yield f"{where}, item {number}", item


def _parsed(text: str, where: str) -> Any:
    """Return what a file holds: JSON where it looks like that, else YAML, of which JSON is a part."""
    if text.lstrip()[:1] in {"[", "{"}:
        try:
            return plain(json.loads(text, object_pairs_hook=once))
        except json.JSONDecodeError as error:
            if where.lower().endswith(".json"):
                raise ValidationError(f"{where} is not JSON: {error.msg}, line {error.lineno}, column {error.colno}") from None
        except (ValidationError, RecursionError, ValueError) as error:
            raise ValidationError(f"{where} is not JSON that can be read: {str(error) or 'nested too deep'}") from None
    try:
        return load_yaml(text, unique=True)
    except ValidationError as error:
        raise ValidationError(f"{where} is {error}") from None


def _items(found: Any, where: str) -> list[Any]:
    if isinstance(found, Mapping):
        held = [found[key] for key in LISTS if key in found]
        if held:
            found = [item for each in held for item in (each if isinstance(each, list) else [each])]
        elif "name" in found:
            found = [found]
    if not isinstance(found, list):
        raise ValidationError(f'{where} holds no list of nodes: write [{{"name": ...}}], or a mapping with "models" or "nodes"')
    return found


def node_of(item: Any, platform: str = "") -> DataNode:
    """Make a node of one item.

    Raises:
        ValidationError: It is no mapping with a name, or a port is none.

    >>> node_of({"name": "fraud", "inputs": ["Features"], "owner": "risk"}).metadata
    {'owner': 'risk'}
    """
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

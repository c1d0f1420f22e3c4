"""The nodes of one vspec file, each with its place. vspec is YAML 1.1, flat: labels, and what is said of each."""

from pathlib import Path
from typing import Any, NamedTuple

import yaml

from graph_ledger.contracts.adapters.places import Place
from graph_ledger.contracts.adapters.plain import plain
from graph_ledger.contracts.inputs import LOADER, not_yaml
from graph_ledger.errors import ReportError

MERGE = "tag:yaml.org,2002:merge"


class Node(NamedTuple):
    """What a file says of a label, and where."""

    told: dict[str, Any]
    place: Place


def read_nodes(text: str, file: Path) -> dict[str, Node]:
    """Return the nodes of a file, in its order.

    Raises:
        ReportError: It is no YAML, or no mapping of labels to what is said of each.
    """
    try:
        loader = LOADER(text)
        try:
            root = loader.get_single_node()
            if root is None:
                return {}
            if not isinstance(root, yaml.MappingNode):
                raise _place(root, file).refuse("a vspec file is a mapping of labels to nodes")
            return {_key(key, file): Node(_told(key, value, loader, file), _place(key, file)) for key, value in _once(root, file)}
        finally:
            loader.dispose()
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise not_yaml(error, file, ReportError) from None


def _told(key: yaml.Node, node: yaml.Node, loader: Any, file: Path) -> dict[str, Any]:
    if not isinstance(node, yaml.MappingNode):
        raise _place(key, file).refuse(f"{_key(key, file)!r}: a node is a mapping of its attributes")
    _once(node, file)
    told: dict[str, Any] = plain(loader.construct_document(node), _place(key, file))
    return told


def _once(node: yaml.MappingNode, file: Path) -> list[tuple[yaml.Node, yaml.Node]]:
    """Return the items of a mapping, in which YAML's readers let the last of a name win without a word."""
    seen: set[str] = set()
    for key, _ in node.value:
        name = "<<" if key.tag == MERGE else _key(key, file)
        if name in seen:
            raise _place(key, file).refuse(f"duplicate: {name!r} stands here twice")
        seen.add(name)
    return list(node.value)


def _key(node: yaml.Node, file: Path) -> str:
    if not isinstance(node, yaml.ScalarNode) or node.tag != "tag:yaml.org,2002:str":
        said = node.value if isinstance(node, yaml.ScalarNode) else "this"
        raise _place(node, file).refuse(f"{said!r} is not text to YAML: quote it")
    return str(node.value)


def _place(node: yaml.Node, file: Path) -> Place:
    return Place(file, node.start_mark.line + 1, node.start_mark.column + 1)

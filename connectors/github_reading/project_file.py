"""The file in which a project says what it reads and writes, as a node."""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from graph_ledger.connectors.metadata_file import load_yaml, once, plain
from graph_ledger.connectors.rest_reading.items import ports_of
from graph_ledger.errors import ValidationError
from graph_ledger.values.node import DataNode

OWN = frozenset({"name", "platform", "inputs", "outputs", "metadata"})


def project_node(project: str, text: str, platform: str, around: Mapping[str, Any]) -> DataNode:
    """Return the node of a JSON or YAML file that holds one mapping; without a ``name`` it is called as its project.

    Args:
        project: The project.
        text: Its file.
        platform: The platform where the file names none.
        around: Metadata of the place, below what the file says.

    Raises:
        ValidationError: It is no such file.

    >>> node = project_node("fraud", "{inputs: [features], owner: ada}", "ml", {"path": "fraud/deploy.yaml"})
    >>> node.name, node.inputs, node.metadata
    ('fraud', (DataPort('features'),), {'path': 'fraud/deploy.yaml', 'owner': 'ada'})
    """
    found = _parsed(text)
    if not isinstance(found, Mapping):
        raise ValidationError(f"a project is one mapping of names and values, not {str(found)[:40]!r}")
    name, held = found.get("name", project), found.get("metadata")
    if held is not None and not isinstance(held, Mapping):
        raise ValidationError(f"the metadata of {name!r} is no mapping")
    metadata = {**around, **(held or {}), **{key: value for key, value in found.items() if key not in OWN}}
    inputs, outputs = (ports_of(found.get(side), side) for side in ("inputs", "outputs"))
    return DataNode(name, platform if found.get("platform") is None else found["platform"], inputs, outputs, metadata)


def _parsed(text: str) -> Any:
    if text.lstrip()[:1] in {"[", "{"}:  # JSON with a tab in it is no YAML
        try:
            with suppress(json.JSONDecodeError):
                return plain(json.loads(text, object_pairs_hook=once))
        except (RecursionError, ValueError) as error:
            raise ValidationError(f"not JSON that can be read: {error}") from None
    return load_yaml(text, unique=True)

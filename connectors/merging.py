"""Nodes that several readings name: one node with the ports of all."""

from collections.abc import Iterable

from graph_ledger.values.node import DataNode, key_of, normal
from graph_ledger.values.port import DataPort


def merged(nodes: Iterable[DataNode]) -> list[DataNode]:
    """Return each node once, in order of its first place; of metadata that two state differently the first counts.

    >>> (node,) = merged([DataNode("a", inputs=["x"], metadata={"owner": "ada"}), DataNode("a", inputs=["X", "y"])])
    >>> node.inputs, node.metadata
    ((DataPort('x'), DataPort('y')), {'owner': 'ada'})
    """
    found: dict[str, DataNode] = {}
    for node in nodes:
        key = key_of(node.platform, normal(node.name))
        found[key] = _joined(found[key], node) if key in found else node
    return list(found.values())


def _joined(first: DataNode, second: DataNode) -> DataNode:
    inputs, outputs = (distinct([*one, *other]) for one, other in ((first.inputs, second.inputs), (first.outputs, second.outputs)))
    columns = list(dict.fromkeys([*first.columns, *second.columns]))
    return DataNode(first.name, first.platform, inputs, outputs, {**second.metadata, **first.metadata}, columns)


def distinct(ports: Iterable[DataPort]) -> list[DataPort]:
    """Return each port once, in order."""
    return list({port.key: port for port in ports}.values())

"""Nodes: as a service takes them, every field by its name, so that nothing of the metadata is read as anything else."""

import re
from collections.abc import Iterable
from typing import Any

from graph_ledger.discovery.twins import Placed
from graph_ledger.errors import ValidationError
from graph_ledger.values.canonical import canonical_json
from graph_ledger.values.listing import RowError
from graph_ledger.values.node import DataNode, check_name, check_platform

PLACE = re.compile(r"node (\d+),")
Sent = tuple[int, dict[str, Any]]
"""The place of a node among those given, and the node as JSON."""


def plain_nodes(placed: Iterable[Placed]) -> tuple[list[Sent], list[tuple[int, RowError]]]:
    """Return the nodes as JSON, each with its place, and those that JSON cannot hold, each with what is wrong with it.

    Whatever else is wrong with a node the service says.
    """
    sent: list[Sent] = []
    refused: list[tuple[int, RowError]] = []
    for place, node in placed:
        try:
            sent.append((place, _plain(node)))
        except ValidationError as error:  # noqa: PERF203  # one bad node stops no other
            name = node.name if isinstance(node, DataNode) else repr(node)
            refused.append((place, RowError(where=f"node {place + 1}, {name[:60]!r}", reason=str(error))))
    return sent, refused


def placed_errors(errors: Iterable[RowError], part: list[Sent]) -> list[tuple[int, RowError]]:
    """Return what a service refused of a part, each with its place among all nodes given."""
    found = []
    for error in errors:
        told = PLACE.match(error.where)
        place = part[int(told[1]) - 1][0] if told else 0
        where = PLACE.sub(f"node {place + 1},", error.where, count=1) if told else error.where
        found.append((place, RowError(where=where, reason=error.reason)))
    return found


def _plain(node: object) -> dict[str, Any]:
    if not isinstance(node, DataNode):
        raise ValidationError(f"a node is a DataNode, not {node!r}")
    if not _is_text(node.name) or not _is_text(node.platform):
        check_name(node.name)
        check_platform(node.platform)
    canonical_json(node.metadata)
    found: dict[str, Any] = {"name": node.name, "platform": node.platform, "metadata": node.metadata}
    found["inputs"] = [port.as_mapping() for port in node.inputs]
    found["outputs"] = [port.as_mapping() for port in node.outputs]
    if node.columns:
        found["columns"] = [dict(flow) for flow in node.columns]
    return found


def _is_text(text: str) -> bool:
    """Say whether a text can be sent: half a character cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True

"""What one source says of one node: its content, the opinions in it, and the event that will hold it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph_ledger.errors import ValidationError
from graph_ledger.history.replay import STRUCTURE, Claim, derivations
from graph_ledger.values.canonical import canonical_json, short_digest
from graph_ledger.values.column_text import lines_of
from graph_ledger.values.model import STATUSES
from graph_ledger.values.node import DataNode, check_name, check_platform
from graph_ledger.values.port import MAX_LENGTH, DataPort, normal

VOLATILE = frozenset({"source_updated_at", "created_at", "updated_at", "change_detected", "change_occurred"})
"""Metadata that changes without anything having changed; no part of the content."""
MAX_KEY = 8_164
"""Most bytes of a key that the server's index takes; a name and a platform always fit."""
NO_OPINION = frozenset({"", "unknown", "unclassified"})


@dataclass
class Content:
    """A checked node, ready to be compared; what an event holds of it is worked out for those alone that changed."""

    name: str
    platform: str
    ports: dict[tuple[bool, str], DataPort]
    """By whether it is an output, and key."""
    flows: dict[str, list[str]]
    """How columns come about: lines, by the identifier of the output."""
    content_hash: str
    position: int
    """Its place among the nodes given."""
    node: DataNode
    observed_at: str
    key: str = ""
    """Key of its model, once it is known which that is."""

    @property
    def claims(self) -> list[Claim]:
        """What its source claims by it."""
        plain = [(is_output, key, "") for is_output, key in self.ports]
        return plain + derivations((port for (is_output, _), port in self.ports.items() if is_output), self.flows)

    @property
    def opinion(self) -> dict[str, str]:
        """The identity fields it states, metadata left out."""
        return self._read[0]

    @cached_property
    def metadata(self) -> str:
        """Its own metadata as canonical JSON, without what is an opinion."""
        return canonical_json(self._own)

    @cached_property
    def payload(self) -> dict[str, Any]:
        """Of the event that will hold it."""
        payload = _payload(self._own) | {
            "platform": self.platform,
            "inputs": [port.as_mapping() for port in self.node.inputs],
            "outputs": [port.as_mapping() for port in self.node.outputs],
        }
        if self.flows:
            payload["column_flows"] = self.flows
        if self.opinion:
            payload["opinion"] = self.opinion
        payload["_content_hash"] = self.content_hash
        payload["change_detected"] = self.observed_at
        if self.node.metadata.get("source_updated_at") is not None:
            payload["change_occurred"] = self.node.metadata["source_updated_at"]
        return payload

    @cached_property
    def _read(self) -> tuple[dict[str, str], set[str]]:
        return opinions(self.node.metadata)

    @cached_property
    def _own(self) -> dict[str, Any]:
        used = self._read[1]
        return {key: value for key, value in self.node.metadata.items() if key not in used and key not in VOLATILE}


def content_of(node: DataNode, position: int, observed_at: str) -> Content:
    """Check a node and work out what tells whether it changed.

    Raises:
        ValidationError: Its name, platform or metadata is refused, a port that the graph cannot hold, or a column of a port it has not.
    """
    if not isinstance(node, DataNode):
        raise ValidationError(f"a node is a DataNode, not {node!r}")
    name, platform = check_name(node.name), check_platform(node.platform)
    ports = {(is_output, port.key): port for is_output, side in ((False, node.inputs), (True, node.outputs)) for port in side}
    for port in ports.values():
        if port.schema:
            _check_schema(port)
    stable = {key: value for key, value in node.metadata.items() if key not in VOLATILE}
    if not isinstance(occurred := node.metadata.get("source_updated_at"), (str, type(None))):
        canonical_json(occurred)
    said: list[Any] = [platform, sorted([out, key] for out, key in ports), stable]
    flows = _flows(node)
    content = short_digest(canonical_json([*said, flows] if flows else said))
    return Content(name, platform, ports, flows, content, position, node, observed_at)


def opinions(metadata: Mapping[str, Any]) -> tuple[dict[str, str], set[str]]:
    """Return the identity fields that metadata states, and the metadata keys they were read from."""
    found, used = {}, set()
    for field, names in (
        ("owner", ("owner",)),
        ("tier", ("tier",)),
        ("purpose", ("purpose",)),
        ("model_type", ("model_type", "node_type", "type")),
    ):
        for name in names:
            value = metadata.get(name)
            if isinstance(value, str) and value.strip().lower() not in NO_OPINION:
                found[field] = normal(value.strip())
                used.add(name)
                break
    status = metadata.get("status")
    if isinstance(status, str) and status.strip().lower() in STATUSES:
        found["status"] = status.strip().lower()
        used.add("status")
    origin = metadata.get("model_origin")
    if isinstance(origin, str) and origin.strip():
        found["model_origin"] = normal(origin.strip())
        used.add("model_origin")
    return found, used


def _flows(node: DataNode) -> dict[str, list[str]]:
    if not node.columns:
        return {}
    for names, side, ports in (
        ({flow.output for flow in node.columns}, "output", node.outputs),
        ({flow.input for flow in node.columns}, "input", node.inputs),
    ):
        if strange := names - {port.identifier for port in ports}:
            raise ValidationError(
                f"a column of {min(strange)[:60]!r} is told of, which is no {side} of the node: name it among its {side}s"
            )
    return lines_of(node.columns)


def _check_schema(port: DataPort) -> None:
    """Refuse a schema that the index cannot hold, and a pattern that would take long to match."""
    size = len(port.key.encode())
    if size > MAX_KEY:
        raise ValidationError(f"the port {port.identifier[:40]!r} has {size:,} bytes, its schema included; {MAX_KEY:,} is the most")
    longest = max((len(text) for text in port.texts.values() if "%" in text), default=0)
    if longest > MAX_LENGTH:
        raise ValidationError(f"the port {port.identifier[:40]!r} has a pattern of {longest:,} characters; {MAX_LENGTH:,} is the most")


def _payload(own: dict[str, Any]) -> dict[str, Any]:
    """Metadata lies flat in the payload; a key that the structure needs moves into ``metadata``, so that nothing overwrites it."""
    hidden = {key: value for key, value in own.items() if key in STRUCTURE}
    flat = {key: value for key, value in own.items() if key not in STRUCTURE}
    return {**flat, "metadata": hidden} if hidden else flat

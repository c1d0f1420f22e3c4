"""What one source says of one node: its content, the opinions in it, and the event that will hold it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_ledger.errors import ValidationError
from graph_ledger.history.replay import STRUCTURE, Claim
from graph_ledger.values.canonical import canonical_json, short_digest
from graph_ledger.values.model import STATUSES
from graph_ledger.values.node import DataNode, check_name, check_platform
from graph_ledger.values.port import MAX_LENGTH, DataPort

VOLATILE = frozenset({"source_updated_at", "created_at", "updated_at", "change_detected", "change_occurred"})
"""Metadata that changes without anything having changed; no part of the content."""
MAX_KEY = 8_164
"""Most bytes of a key that the server's index takes; a name and a platform always fit."""
NO_OPINION = frozenset({"", "unknown", "unclassified"})


@dataclass(slots=True)
class Content:
    """A checked node, ready to be compared and written."""

    name: str
    platform: str
    ports: dict[Claim, DataPort]
    opinion: dict[str, str]
    """The identity fields it states, metadata left out."""
    metadata: str
    """Its own metadata as canonical JSON, without what is an opinion."""
    payload: dict[str, Any]
    """Of the event that will hold it."""
    content_hash: str
    position: int
    """Its place among the nodes given."""
    key: str = ""
    """Key of its model, once it is known which that is."""


def content_of(node: DataNode, position: int, observed_at: str) -> Content:
    """Check a node and work out what it says.

    Raises:
        ValidationError: Its name, platform or metadata is refused, or a port that the graph cannot hold.
    """
    if not isinstance(node, DataNode):
        raise ValidationError(f"a node is a DataNode, not {node!r}")
    name, platform = check_name(node.name), check_platform(node.platform)
    ports = {(is_output, port.key): port for is_output, side in ((False, node.inputs), (True, node.outputs)) for port in side}
    for port in ports.values():
        if port.schema:
            _check_schema(port)
    inputs = [port.as_mapping() for port in node.inputs]
    outputs = [port.as_mapping() for port in node.outputs]
    stable = {key: value for key, value in node.metadata.items() if key not in VOLATILE}
    content = short_digest(canonical_json([platform, sorted([out, key] for out, key in ports), stable]))
    opinion, used = opinions(node.metadata)
    own = {key: value for key, value in node.metadata.items() if key not in used and key not in VOLATILE}
    payload = _payload(own) | {"platform": platform, "inputs": inputs, "outputs": outputs}
    if opinion:
        payload["opinion"] = opinion
    payload["_content_hash"] = content
    payload["change_detected"] = observed_at
    if node.metadata.get("source_updated_at") is not None:
        payload["change_occurred"] = node.metadata["source_updated_at"]
    return Content(name, platform, ports, opinion, canonical_json(own), payload, content, position)


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
                found[field] = value.strip()
                used.add(name)
                break
    status = metadata.get("status")
    if isinstance(status, str) and status.strip().lower() in STATUSES:
        found["status"] = status.strip().lower()
        used.add("status")
    origin = metadata.get("model_origin")
    if isinstance(origin, str) and origin.strip():
        found["model_origin"] = origin.strip()
        used.add("model_origin")
    return found, used


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

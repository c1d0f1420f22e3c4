"""An item of a REST source, as a node."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph_ledger.connectors.metadata_file import plain
from graph_ledger.connectors.rest_reading.json_path import check_path, found
from graph_ledger.errors import ValidationError
from graph_ledger.values.node import DataNode, PortLike, check_name
from graph_ledger.values.port import DataPort


@dataclass(frozen=True, kw_only=True)
class Items:
    """Which fields of an item say what; each is a path."""

    platform: str
    node_type: str
    name_field: str
    input_fields: Sequence[str]
    output_fields: Sequence[str]
    metadata_fields: Sequence[str] | Mapping[str, str] | None
    max_item_bytes: int

    def __post_init__(self) -> None:
        """Refuse fields that are no paths."""
        for argument in ("input_fields", "output_fields", "metadata_fields"):
            fields = getattr(self, argument)
            for path in fields.values() if isinstance(fields, Mapping) else fields or ():
                check_path(path, f"a field of {argument}")
        if not check_path(self.name_field, "name_field"):
            raise ValidationError("name_field is the field that holds the name")

    def node(self, item: Any) -> DataNode:
        """Return the node of an item.

        Raises:
            ValidationError: It has no name, or holds what no node can.
        """
        if not isinstance(item, Mapping):
            raise ValidationError(f"an item is a mapping with a name, not {str(item)[:40]!r}")
        name = self._name(item)
        inputs, outputs = (_ports(item, fields) for fields in (self.input_fields, self.output_fields))
        metadata = {"node_type": self.node_type, **plain(self._metadata(item))}
        size = len(json.dumps([metadata, [port.as_mapping() for port in (*inputs, *outputs)]]))
        if size > self.max_item_bytes:
            raise ValidationError(
                f"{name!r} holds {size:,} bytes, and {self.max_item_bytes:,} are the most (max_item_bytes): "
                "name in metadata_fields what is worth keeping"
            )
        return DataNode(name, self.platform, inputs, outputs, metadata)

    def _name(self, item: Mapping[str, Any]) -> str:
        name = found(item, self.name_field)
        if name is None or name == "" or (isinstance(name, str) and not name.strip()):
            raise ValidationError(f"the item has no name: {self.name_field!r} is empty")
        if isinstance(name, bool) or not isinstance(name, (str, int)):
            raise ValidationError(f"the name is a text, not {str(name)[:40]!r}")
        return check_name(str(name))

    def _metadata(self, item: Mapping[str, Any]) -> dict[str, Any]:
        if self.metadata_fields is None:
            used = {self.name_field, *self.input_fields, *self.output_fields}
            return {str(key): value for key, value in item.items() if key not in used and value is not None}
        fields = self.metadata_fields if isinstance(self.metadata_fields, Mapping) else {path: path for path in self.metadata_fields}
        return {key: value for key, path in fields.items() if (value := found(item, path)) is not None}


def _ports(item: Mapping[str, Any], fields: Sequence[str]) -> list[DataPort]:
    ports = [port for path in fields for port in ports_of(found(item, path), path)]
    return list({port.key: port for port in ports}.values())


def ports_of(value: Any, where: str) -> list[DataPort]:
    """Return the ports that a field holds: a text, a mapping with an ``identifier``, or a list of them; empty ones are none.

    Raises:
        ValidationError: It holds anything else.

    >>> ports_of(["raw", {"identifier": "alerts", "kind": "queue"}, ""], "inputs")
    [DataPort('raw'), DataPort('alerts', kind='queue')]
    """
    return [_port(one, where) for one in (value if isinstance(value, list) else [value]) if one is not None and one != ""]


def _port(given: Any, where: str) -> DataPort:
    if isinstance(given, int) and not isinstance(given, bool):
        given = str(given)
    if not isinstance(given, (str, Mapping)):
        raise ValidationError(f"{where!r} holds {str(given)[:40]!r}: a port is a text, or a mapping with an 'identifier'")
    port: PortLike = given
    return DataPort.of(port)

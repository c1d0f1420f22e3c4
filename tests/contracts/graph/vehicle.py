"""A small data model in the graph, whose property had another name once."""

from typing import Any

from graph_ledger.contracts.graph.asked import Asked
from graph_ledger.contracts.graph.sync import sync
from graph_ledger.contracts.inputs import read_metadata, read_report, read_rules
from graph_ledger.ledger import Ledger

NS = "http://ns.example/"
META = {"name": "My Model", "id": NS, "preferred_prefix": "mp"}
Event = dict[str, Any]


def event(label: str, change: str, parent: str | None = None, kind: str | None = None, **more: Any) -> Event:
    """Return one event of a report."""
    said = {"label": label, "change_type": change, "parent_label": parent, "kind": kind}
    return {key: value for key, value in said.items() if value is not None} | more


FIRST = [
    event("Vehicle", "ADDED", aspects={"type": "branch"}),
    event("Vehicle.V", "ADDED", "Vehicle", aspects={"output_type": "Float", "unit": "km/h"}),
    event("Vehicle.Door", "ADDED", aspects={"instances": ["Left", "Right"]}),
    event("Vehicle.Door.IsOpen", "ADDED", "Vehicle.Door", aspects={"output_type": "Boolean"}),
    event("SpeedUnit", "ADDED", kind="ENUMERATION_SET"),
    event("SpeedUnit.KMH", "ADDED", "SpeedUnit", "ENUM_VALUE"),
]
RENAMED = [event("Vehicle.Speed", "MODIFIED", "Vehicle", renamed_from="Vehicle.V")]


def synced(ledger: Ledger, *reports: list[Event], rules: dict[str, Any] | None = None, **more: Any) -> None:
    """Sync these reports in turn."""
    for changes in reports:
        said = read_report({"changes": changes})
        sync(ledger.database, Asked(said, read_metadata(META), read_rules(rules), **more))

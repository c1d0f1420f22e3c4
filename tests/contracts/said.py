"""Short words for long tables: events, the ledger that most tests begin with, and rows as lines."""

from typing import Any

from graph_ledger.contracts import Profile, Tables, b36decode, empty_tables, sync_tables
from graph_ledger.values.contracts.change import SyncResult

Event = dict[str, Any]
NAMESPACE = "http://ns.example/"
METADATA = {"name": "My Model", "id": NAMESPACE}
SHORT = {"concepts": "c", "revisions": "r", "contracts": "k", "bindings": "b"}


def added(label: str, kind: str, parent: str | None = None, **aspects: Any) -> Event:
    """Return an event that adds."""
    return _event("ADDED", label, kind, parent) | {"aspects": aspects}


def modified(label: str, kind: str, parent: str | None = None, was: str | None = None, **aspects: Any) -> Event:
    """Return an event that modifies, or renames."""
    return _event("MODIFIED", label, kind, parent) | {"aspects": aspects} | ({} if was is None else {"renamed_from": was})


def removed(label: str, kind: str, parent: str | None = None) -> Event:
    """Return an event that removes."""
    return _event("REMOVED", label, kind, parent)


def _event(change_type: str, label: str, kind: str, parent: str | None) -> Event:
    owner = {} if parent is None else {"parent_label": parent}
    return {"label": label, "kind": kind, "change_type": change_type, **owner}


VEHICLE = added("Vehicle", "ENTITY", type="branch")
SPEED = added("Vehicle.Speed", "PROPERTY", "Vehicle", output_type="Float", unit="km/h")
DOOR = added("Vehicle.Door", "ENTITY", instances=["Left", "Right"])
IS_OPEN = added("Vehicle.Door.IsOpen", "PROPERTY", "Vehicle.Door", output_type="Boolean")
UNIT = added("SpeedUnit", "ENUMERATION_SET", type="enum")
KMH = added("SpeedUnit.KMH", "ENUM_VALUE", "SpeedUnit", symbol="km/h")
F0 = (VEHICLE, SPEED, DOOR, IS_OPEN, UNIT, KMH)
"""An entity with a property, one with two instances and a property, a set with a value."""


def synced(
    tables: Tables | None, *events: Event, rules: Any = None, profile: Profile = "seed", strict: bool = False, namespace: str = NAMESPACE
) -> SyncResult:
    """Work events into tables."""
    metadata = METADATA | {"id": namespace}
    start = empty_tables() if tables is None else tables
    return sync_tables(start, {"changes": list(events)}, metadata=metadata, rules=rules or {}, profile=profile, strict=strict)


def after(*reports: tuple[Event, ...], rules: Any = None, profile: Profile = "seed") -> Tables:
    """Return the tables after some reports."""
    tables = empty_tables()
    for events in reports:
        tables = synced(tables, *events, rules=rules, profile=profile).tables or tables
    return tables


def short(value: Any) -> str:
    """Return a URI as the letter of its table and its serial, and any other cell as text."""
    text = str(value)
    if not text.startswith(NAMESPACE):
        return "-" if value is None else f"[{', '.join(value)}]" if isinstance(value, tuple) else text
    table, _, serial = text.removeprefix(NAMESPACE).partition("/")
    return f"{SHORT[table]}{b36decode(serial)}"


def lines(tables: Tables) -> list[str]:
    """Return every row as a line: its URI, then its other cells but the serial."""
    owns = (("concepts", 1), ("revisions", 2), ("contracts", 2), ("bindings", 2))
    return [
        " ".join(map(short, (row[own], *(cell for place, cell in enumerate(row) if place not in {0, own}))))
        for table, own in owns
        for row in getattr(tables, table)
    ]


def news(before: Tables, now: Tables | None) -> set[str]:
    """Return the rows that are new or differ."""
    assert now is not None
    return set(lines(now)) - set(lines(before))

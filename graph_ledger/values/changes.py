"""Changes: what an event says in a few words, beside the event before it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from graph_ledger.values.port import DataPort
from graph_ledger.values.snapshot import Snapshot

OWN_EVENTS = frozenset({"registered", "discovered", "lost", "not_found"})
"""Events that the program writes; their payload is for it, but for what they changed."""
OF_A_CONTRACT = "contract_changed"
"""An event of a data model's container: one revision of one of its elements."""
FOR_PROGRAMS = {
    **dict.fromkeys(("member_added", "member_removed"), ("member_hash",)),
    "member_changed": ("member_hash", "original_snapshot_hash"),
    **dict.fromkeys(("tagged", "untagged"), ("previous_hash",)),
}
"""What else the program writes only for itself, in which events: names by number, where the name by letters stands beside it."""
SIDES = ("inputs", "outputs")
NOTHING = "-"
Shown = Callable[[Any], str]


class Told(NamedTuple):
    """An event, and in a few words what it says."""

    event: Snapshot
    what: str


def told(events: Sequence[Snapshot], shown: Shown) -> list[Told]:
    """Say of each event what it changed; ports are compared where the same source's discovery before it is among the events."""
    before: dict[tuple[str, str | None], Snapshot] = {}
    what = {}
    for event in sorted(events, key=lambda event: (event.timestamp, event.sequence or 0)):
        said = [*_fields(event, shown)]
        if event.event_type == "discovered":
            said += _ports(before.get((event.model_hash, event.source)), event)
            before[event.model_hash, event.source] = event
        what[event.snapshot_hash] = "; ".join(said)
    return [Told(event, what[event.snapshot_hash]) for event in events]


def named(port: DataPort) -> str:
    """Return a port as a person reads it, its schema in brackets.

    >>> named(DataPort("alerts", model_name="checks"))
    'alerts (model_name=checks)'
    """
    schema = ", ".join(f"{name}={value}" for name, value in port.schema.items())
    return f"{port.identifier} ({schema})" if schema else port.identifier


def leaves(value: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every value of nested mappings with the way to it.

    >>> dict(leaves({"labels": {"level": "gold"}, "tags": ["a"]}))
    {'labels.level': 'gold', 'tags': ['a']}
    """
    for name, inner in value.items():
        if isinstance(inner, Mapping) and inner:
            yield from leaves(inner, f"{above}{name}.")
        else:
            yield f"{above}{name}", inner


def _fields(event: Snapshot, shown: Shown) -> Iterator[str]:
    if event.event_type == OF_A_CONTRACT:
        yield "; ".join(_revision(event.payload, shown))
        return
    changes = event.payload.get("changes")
    if isinstance(changes, Mapping) and all(isinstance(change, Mapping) for change in changes.values()):
        found = [each for field, change in changes.items() for each in _change(field, change.get("old"), change.get("new"), shown)]
    else:
        found = [] if event.event_type in OWN_EVENTS else [f"{name}: {_value(value, shown)}" for name, value in _told_to_people(event)]
    if found:
        yield ", ".join(found)


def _revision(said: Mapping[str, Any], shown: Shown) -> Iterator[str]:
    """Say what was done to one element of a data model, whose whole state afterwards is for programs."""
    yield f"{said.get('label')} {said.get('change_type')}"
    if said.get("renamed_from"):
        yield f"was {said['renamed_from']}"
    for name, change in (said.get("changed") or {}).items():
        yield from _change(name, change.get("old"), change.get("new"), shown)
    if said.get("breaking"):
        yield "breaks the contract"
    if said.get("release"):
        yield f"release {said['release']}"


def _told_to_people(event: Snapshot) -> Iterator[tuple[str, Any]]:
    hidden = FOR_PROGRAMS.get(event.event_type, ())
    return ((name, value) for name, value in event.payload.items() if name not in hidden)


def _change(field: str, old: Any, new: Any, shown: Shown) -> Iterator[str]:
    if not (isinstance(old, Mapping) or isinstance(new, Mapping)):
        yield f"{field}: {_value(old, shown)} > {_value(new, shown)}"
        return
    before, after = (dict(leaves(each)) if isinstance(each, Mapping) else {} for each in (old, new))
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield f"{name}: {_value(before.get(name), shown)} > {_value(after.get(name), shown)}"


def _value(value: Any, shown: Shown) -> str:
    return NOTHING if value is None else shown(value) or NOTHING


def _ports(before: Snapshot | None, event: Snapshot) -> Iterator[str]:
    if before is None or not (_lists(before) and _lists(event)):
        return
    for side in SIDES:
        old, new = ({port.key: named(port) for port in map(DataPort.of, each.payload[side])} for each in (before, event))
        for word, more, less in (("added", new, old), ("removed", old, new)):
            if found := [name for key, name in more.items() if key not in less]:
                yield f"{side} {word}: {', '.join(found)}"


def _lists(event: Snapshot) -> bool:
    return all(isinstance(event.payload.get(side), list) for side in SIDES)

"""From the events of one model follow its states and what each source claims of it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph_ledger.history.fold import Change, Point, Span, holding, spans, stated, states, timeline
from graph_ledger.history.identity import DEFAULTS, FIELDS, Fields
from graph_ledger.values.canonical import canonical_json
from graph_ledger.values.port import DataPort

STRUCTURE = frozenset(
    {
        "platform", "inputs", "outputs", "column_flows", "metadata", "opinion", "changes", "points", "change_detected", "change_occurred",
        "_content_hash",
    }
)  # fmt: skip
"""Keys of a discovered payload that are not the node's own metadata."""
TYPES = ("registered", "updated", "discovered", "lost", "not_found", "scan_confirmed")
"""Events that can change what a model is or claims."""

IMPLIED = 0
"""Rank of a point that SEEN_BY alone knows: below every event."""

Claim = tuple[bool, str, str]
"""Whether it is an output, the key of the port, and where it tells how the columns of an output come about, the lines that do."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as it was recorded, as far as the fold needs it."""

    sequence: int
    event_type: str
    source: str | None
    at: int
    payload: Mapping[str, Any]

    @property
    def is_observation(self) -> bool:
        """Whether a source said what it saw or missed."""
        return self.source is not None and (
            self.event_type == "lost" or (self.event_type == "discovered" and "_content_hash" in self.payload)
        )


def recorded(columns: Iterable[list[Any]]) -> list[Recorded]:
    """Make events of what the graph returned."""
    return [Recorded(number, kind, source, at, json.loads(payload)) for number, kind, source, at, payload in columns if number is not None]


def points_of(events: Iterable[Recorded], source: str) -> list[Point]:
    """Return when the source was known to say what: its events, and the times at which it was seen again."""
    points = []
    for event in events:
        if event.is_observation and event.source == source:
            points.append(Point(event.at, event.sequence, None if event.event_type == "lost" else event.sequence))
            points.extend(Point(time, event.sequence, content) for time, content in event.payload.get("points", ()))
    return timeline(points)


def with_last_word(points: list[Point], last: Point | None) -> list[Point]:
    """Add the time at which a source last saw what it last said, where no event tells of it."""
    if last is None or any(point.time >= last.time for point in points):
        return points
    return timeline([*points, last])


def claims_of(events: Iterable[Recorded], points: Iterable[Point]) -> dict[Claim, list[Span]]:
    """Return the intervals of every claim that a source makes, by its points."""
    contents = {event.sequence: _claims(event.payload) for event in events if event.is_observation}
    return spans(list(points), lambda number: contents[number])


def states_of(events: list[Recorded], born: int, last: Mapping[str, Point]) -> list[tuple[Span, Fields]]:
    """Return the states of a model from ``born`` on, the last one open; ``last`` is the last word of each source that still sees it."""
    by_sequence = {event.sequence: event for event in events}
    sources = {event.source for event in events if event.is_observation and event.source is not None}
    timelines = {source: with_last_word(points_of(events, source), last.get(source)) for source in sources}
    changes: dict[str, list[Change]] = {name: [] for name in FIELDS}
    for points in timelines.values():
        _opinions(points, by_sequence, changes)
    changes["present"] += _presence(timelines)
    for event in events:
        if not event.is_observation:
            for name, stated_by_hand in changes_by_hand(event).items():
                changes[name] += stated_by_hand
        elif event.payload.get("platform"):  # its key names it from then on, whatever else replaces the observation
            changes["platform"].append(Change(event.at, event.sequence, event.payload["platform"]))
    defaults = {**DEFAULTS, "platform": by_sequence[1].payload.get("platform", "") if 1 in by_sequence else ""}
    return states(changes, defaults, born)


def metadata_of(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return the node's own metadata out of a discovered payload."""
    return {name: value for name, value in payload.items() if name not in STRUCTURE} | dict(payload.get("metadata", {}))


def _claims(payload: Mapping[str, Any]) -> list[Claim]:
    """One claim a port, in however many spellings a payload names it, and one more where it tells of columns."""
    inputs, outputs = ([DataPort.of(port) for port in payload.get(side, ())] for side in ("inputs", "outputs"))
    plain = [(False, port.key, "") for port in inputs] + [(True, port.key, "") for port in outputs]
    return list(dict.fromkeys(plain + derivations(outputs, payload.get("column_flows") or {})))


def derivations(outputs: Iterable[DataPort], flows: Mapping[str, Iterable[str]]) -> list[Claim]:
    """Return the claims of how columns come about: one for each output that has lines by its identifier."""
    return [(True, port.key, "\n".join(flows[port.identifier])) for port in outputs if port.identifier in flows] if flows else []


def _opinions(points: list[Point], events: Mapping[int, Recorded], changes: dict[str, list[Change]]) -> None:
    said: dict[str, list[tuple[int, int, object]]] = {}
    for point in points:
        if point.content is not None:
            payload = events[point.content].payload
            for name, value in (payload.get("opinion") or {}).items():
                said.setdefault(name, []).append((point.time, point.rank, value))
            said.setdefault("metadata", []).append((point.time, point.rank, canonical_json(metadata_of(payload))))
    for name, opinions in said.items():
        changes[name] += stated(opinions, "{}" if name == "metadata" else None)


def _presence(timelines: Mapping[str, list[Point]]) -> list[Change]:
    """A model is present from a sighting on until the last source that saw it no longer does; a loss never brings it back."""
    changes = []
    for source, points in timelines.items():
        for point in points:
            held = [holding(others, point.time) for name, others in timelines.items() if name != source]
            if point.content is not None:
                changes.append(Change(point.time, point.rank, value=True))
            elif not any(other is not None and other.content is not None for other in held):
                changes.append(Change(point.time, point.rank, value=False))
    return changes


def changes_by_hand(event: Recorded) -> dict[str, list[Change]]:
    """Return what a person's event states of the identity fields."""
    payload = event.payload
    if payload.get("by") == "discovery":
        return {}
    stated_values: dict[str, Any] = {}
    if event.event_type == "registered":
        stated_values = {name: payload[name] for name in FIELDS if name != "present" and payload.get(name) not in (None, "", {})}
    elif event.event_type == "updated":
        stated_values = {name: values["new"] for name, values in payload.get("changes", {}).items() if name in FIELDS}
    elif event.event_type == "discovered" and payload.get("platform"):
        stated_values = {"platform": payload["platform"]}
    if event.event_type in {"registered", "discovered", "scan_confirmed"}:
        stated_values["present"] = True
    if event.event_type == "not_found":
        stated_values["present"] = False
    return {name: [Change(event.at, event.sequence, _as_field(name, value))] for name, value in stated_values.items()}


def _as_field(name: str, value: Any) -> Any:
    return canonical_json(value) if name == "metadata" and not isinstance(value, str) else value

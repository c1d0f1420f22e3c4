"""The one fold: from what was observed follow the intervals that should be believed now.

Claims, memberships and states are all cut by these functions, in order or late. They are pure: no clock, no database.
Times are whole microseconds since 1970; intervals are closed-open.
"""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from graph_ledger.values.moment import OPEN_END, microseconds

OPEN = microseconds(OPEN_END)
K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=Hashable)


class Point(NamedTuple):
    """At ``time`` a source was known to say what event number ``content`` holds; None: that the thing is absent."""

    time: int
    rank: int
    """Place of the event that tells of it: of two at one time the higher counts."""
    content: int | None


class Span(NamedTuple):
    """From ``start`` up to, not including, ``end``."""

    start: int
    end: int


class Change(NamedTuple):
    """Somebody stated ``value`` at ``time``; of two at one time the higher rank counts."""

    time: int
    rank: int
    value: object


def timeline(points: Iterable[Point]) -> list[Point]:
    """Return the points in order of time, one a time: what was recorded last replaces the others of its source.

    >>> timeline([Point(1, 1, 1), Point(1, 2, 2)])
    [Point(time=1, rank=2, content=2)]
    """
    last: dict[int, Point] = {}
    for point in points:
        held = last.get(point.time)
        if held is None or point.rank >= held.rank:
            last[point.time] = point
    return [last[time] for time in sorted(last)]


def holding(points: Sequence[Point], time: int) -> Point | None:
    """Return the point that holds at ``time``: the newest at or before it."""
    place = bisect_right(points, time, key=lambda point: point.time)
    return points[place - 1] if place else None


def following(points: Sequence[Point], time: int) -> Point | None:
    """Return the first point after ``time``."""
    place = bisect_right(points, time, key=lambda point: point.time)
    return points[place] if place < len(points) else None


def spans(points: Sequence[Point], contents: Callable[[int], Iterable[K]]) -> dict[K, list[Span]]:
    """Return, for everything that some content holds, the intervals in which it was held; touching ones are one.

    >>> spans([Point(1, 1, 1), Point(3, 2, None)], lambda number: ["t"])
    {'t': [Span(start=1, end=3)]}
    """
    found: dict[K, list[Span]] = {}
    for place, point in enumerate(points):
        if point.content is None:
            continue
        end = points[place + 1].time if place + 1 < len(points) else OPEN
        for item in contents(point.content):
            held = found.setdefault(item, [])
            if held and held[-1].end == point.time:
                held[-1] = Span(held[-1].start, end)
            else:
                held.append(Span(point.time, end))
    return found


def stated(opinions: Iterable[tuple[int, int, object]], first: object = None) -> list[Change]:
    """Return when one source changed its mind: a repeated opinion is none, and silence is left out before.

    >>> stated([(1, 1, "a"), (2, 2, "a"), (3, 3, "b")])
    [Change(time=1, rank=1, value='a'), Change(time=3, rank=3, value='b')]
    """
    changes, held = [], first
    for time, rank, value in opinions:
        if value != held:
            changes.append(Change(time, rank, value))
            held = value
    return changes


def states(changes: Mapping[str, Iterable[Change]], defaults: Mapping[str, object], born: int) -> list[tuple[Span, dict[str, object]]]:
    """Return the states of a model from ``born`` on: between all who stated a field, the change that came last holds.

    >>> [(span.start, state["owner"]) for span, state in states({"owner": [Change(5, 2, "risk")]}, {"owner": "?"}, 1)]
    [(1, '?'), (5, 'risk')]
    """
    ordered = sorted((change.time, change.rank, field, change.value) for field, each in changes.items() for change in _one_a_time(each))
    current, rows = dict(defaults), [(born, dict(defaults))]
    for time, _rank, field, value in ordered:
        current[field] = value
        if time <= rows[-1][0]:
            rows[-1] = (rows[-1][0], dict(current))
        else:
            rows.append((time, dict(current)))
    kept = [row for place, row in enumerate(rows) if place == 0 or row[1] != rows[place - 1][1]]
    ends = [start for start, _ in kept[1:]] + [OPEN]
    return [(Span(start, end), state) for (start, state), end in zip(kept, ends, strict=True)]


def difference(believed: Iterable[V], wanted: Iterable[V]) -> tuple[list[V], list[V]]:
    """Return what is believed and should not be, and what should be and is not. Nothing else ever changes a row.

    >>> difference([1, 2], [2, 3])
    ([1], [3])
    """
    held, asked = dict.fromkeys(believed), dict.fromkeys(wanted)
    return [row for row in held if row not in asked], [row for row in asked if row not in held]


def _one_a_time(changes: Iterable[Change]) -> list[Change]:
    last: dict[int, Change] = {}
    for change in changes:
        held = last.get(change.time)
        if held is None or change.rank >= held.rank:
            last[change.time] = change
    return list(last.values())

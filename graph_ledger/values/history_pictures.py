"""Pictures of a history: lines for a terminal, lanes of dots above a table for a notebook."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from graph_ledger.values import svg
from graph_ledger.values.changes import told
from graph_ledger.values.drawn import MOST, Line, Signs, fold, rest_of
from graph_ledger.values.printable import cell, printable
from graph_ledger.values.scale import Scale, lasting
from graph_ledger.values.tables import Table, table

if TYPE_CHECKING:
    from graph_ledger.values.changes import Told
    from graph_ledger.values.history import History
    from graph_ledger.values.snapshot import Snapshot

WHEN = 22
"""Columns of a time and the blanks behind it."""
MANY = 10
LANES = 12
"""Most lanes of a picture; the last one is for all other kinds of events."""
OTHERS = "other events"


def lines(history: "History", width: int, signs: Signs) -> Iterator[Line]:
    """Yield a title, the stretch of time with a mark for each event, and event after event."""
    yield from ([(text, "bold")] for text in fold(printable(_title(history)), width))
    if len(history) > 1:
        yield [(strip(history, width, signs), "")]
    yield []
    before = None
    for each in told(history, cell)[:MOST]:
        yield from _between(before, each.event, signs)
        yield from _event(each, width, signs)
        before = each.event
    if history[MOST:]:
        yield [(" " * WHEN + rest_of(history), "dim")]


def strip(events: Sequence["Snapshot"], width: int, signs: Signs) -> str:
    """Return a line of time on which each event has its place; a number counts several at one place, + more than nine."""
    scale = Scale.of(event.timestamp for event in events)
    first, last = scale.stamp(scale.start), scale.stamp(scale.end)
    cells = [0] * (width - len(first) - len(last) - 2)
    for event in events:
        cells[min(int(scale.place(event.timestamp) * len(cells)), len(cells) - 1)] += 1
    counted = {0: signs.axis, 1: signs.event}
    drawn = "".join(counted.get(count) or (str(count) if count < MANY else "+") for count in cells)
    return f"{first} {drawn} {last}"


def html(history: "History") -> str:
    """Return a lane for each kind of event, a dot for each event, and all that is drawn as a table."""
    shown = told(history, cell)[:MOST]
    rows = [
        {"when": cell(event.timestamp), "event": printable(event.event_type), "actor": printable(event.actor), "what": printable(what)}
        for event, what in shown
    ]
    drawn = _picture([each.event for each in shown], _title(history)) if shown else ""
    return svg.page(_title(history), drawn, table(Table("Events", ("when", "event", "actor", "what"), rows)), rest_of(history))


def _picture(events: Sequence["Snapshot"], name: str) -> str:
    scale = Scale.of(event.timestamp for event in events)
    kinds = list(dict.fromkeys(event.event_type for event in sorted(events, key=_by_time)))
    lanes = kinds if len(kinds) <= LANES else [*kinds[: LANES - 1], OTHERS]
    dots = (_dot(event, lanes.index(event.event_type) if event.event_type in lanes else LANES - 1, scale) for event in events)
    return svg.picture(name, scale, lanes, dots)


def _dot(event: "Snapshot", lane: int, scale: Scale) -> str:
    said = svg.title(f"{event.event_type}, {cell(event.timestamp)}")
    colour = svg.COLOURS[lane % len(svg.COLOURS)]
    return f'<circle cx="{svg.x(scale.place(event.timestamp))}" cy="{svg.y(lane)}" r="6" fill="{colour}" fill-opacity="0.8">{said}</circle>'


def _by_time(event: "Snapshot") -> tuple[datetime, int]:
    return event.timestamp, event.sequence or 0


def _title(history: "History") -> str:
    names = list(dict.fromkeys(event.model or event.model_hash for event in history))
    whose = names[0] if len(names) == 1 else f"{len(names)} models"
    if not names:
        return "no events"
    scale = Scale.of(event.timestamp for event in history)
    counted = f"{len(history):,} event{'' if len(history) == 1 else 's'}"
    days = dict.fromkeys((scale.stamp(scale.start), scale.stamp(scale.end)))
    return f"{whose}: {counted}, {' to '.join(days)}"


def _between(before: "Snapshot | None", event: "Snapshot", signs: Signs) -> Iterator[Line]:
    if before is not None and (gap := lasting(abs(before.timestamp - event.timestamp))):
        way = "earlier" if event.timestamp < before.timestamp else "later"
        yield [(f"{'':{WHEN}}{signs.gap} {gap} {way}", "dim")]


def _event(each: "Told", width: int, signs: Signs) -> Iterator[Line]:
    room = width - WHEN - 2
    first, *more = fold(f"{printable(each.event.event_type)} by {printable(each.event.actor)}", room)
    yield [(f"{cell(each.event.timestamp):{WHEN}}", ""), (f"{signs.event} ", "cyan"), (first, "bold")]
    for text, style in [
        *((text, "bold") for text in more),
        *((text, "") for text in (fold(printable(each.what), room) if each.what else [])),
    ]:
        yield [(f"{'':{WHEN}}{signs.rail} ", "dim"), (text, style)]

"""Pictures of a membership: bars over time, as lines for a terminal, as lanes above a table for a notebook."""

from collections.abc import Iterator
from html import escape
from math import ceil
from typing import TYPE_CHECKING

from graph_ledger.values import svg
from graph_ledger.values.drawn import MOST, Line, Signs, columns, fold, padded, rest_of
from graph_ledger.values.printable import cell, printable
from graph_ledger.values.scale import Scale
from graph_ledger.values.tables import Table, table

if TYPE_CHECKING:
    from graph_ledger.values.membership import MembershipHistory, Stay

GAP = 2
NAMES = 3
"""Names take at most one part in so many of the width."""
NARROWEST = 12
"""Columns of a bar at least; where there are fewer the dates stand below it."""
THICK = 14
NO_ROLE = "no role"


def lines(stays: "MembershipHistory", width: int, signs: Signs) -> Iterator[Line]:
    """Yield a title, the ends of the time, and a bar for each stay beside its dates."""
    yield from ([(text, "bold")] for text in fold(printable(_title(stays)), width))
    if not stays:
        return
    scale, drawn = stays.scale, stays[:MOST]
    names = [fold(printable(_name(stay)), width // NAMES) for stay in drawn]
    dates = [_dates(stay, scale) for stay in drawn]
    left = max(columns(text) for name in names for text in name) + GAP
    room = width - left - GAP - max(map(len, dates))
    beside = room >= NARROWEST
    room = room if beside else width - left
    first, last = scale.stamp(scale.start), scale.stamp(scale.end)
    if room > len(first) + len(last):
        yield [(" " * left + f"{first:{room - len(last)}}{last}", "dim")]
    for stay, name, told in zip(drawn, names, dates, strict=True):
        yield [(padded(name[0], left), ""), (bar(stay, scale, room, signs), "cyan"), (" " * GAP + told if beside else "", "")]
        yield from ([(text, "")] for text in name[1:])
        if not beside:
            yield [(" " * GAP + told, "")]
    if rest_of(stays):
        yield [(rest_of(stays), "dim")]


def bar(stay: "Stay", scale: Scale, width: int, signs: Signs) -> str:
    """Return a line on which a stay has its part of the time, never less than one column.

    >>> from datetime import datetime, timezone
    >>> from graph_ledger.values.membership import Stay
    >>> days = [datetime(2026, 1, day, tzinfo=timezone.utc) for day in (1, 5, 9)]
    >>> bar(Stay(model="a", since=days[1], until=days[2]), Scale(days[0], days[2]), 8, Signs())
    '    ━━━━'
    """
    start = min(int(scale.place(stay.since) * width), width - 1)
    end = max(ceil(scale.place(stay.until or scale.end) * width), start + 1)
    return " " * start + signs.bar * (end - start) + " " * (width - end)


def html(stays: "MembershipHistory") -> str:
    """Return a lane for each model, a bar for each stay in the colour of its role, and the same as a table."""
    drawn = stays[:MOST]
    rows = [{"model": stay.model, "role": stay.role or "", "since": cell(stay.since), "until": cell(stay.until)} for stay in drawn]
    told = table(Table("Members", ("model", "role", "since", "until"), rows))
    return svg.page(_title(stays), _picture(drawn, stays.scale, _title(stays)) if drawn else "", told, rest_of(stays))


def _picture(stays: "MembershipHistory", scale: Scale, name: str) -> str:
    lanes = list(dict.fromkeys(stay.model for stay in stays))
    roles = [role for role in dict.fromkeys(stay.role for stay in stays) if role]
    colours: dict[str | None, str] = {role: svg.COLOURS[number % len(svg.COLOURS)] for number, role in enumerate(roles)}
    colours |= {stay.role: svg.GREY for stay in stays if not stay.role}
    bars = [_bar(stay, lanes.index(stay.model), scale, colours[stay.role]) for stay in stays]
    return svg.picture(name, scale, lanes, bars) + (_legend(colours) if roles else "")


def _bar(stay: "Stay", lane: int, scale: Scale, colour: str) -> str:
    start, end = scale.place(stay.since), scale.place(stay.until or scale.end)
    width = max(svg.PLOT * (end - start), 2)
    said = svg.title(f"{_name(stay)}, {_dates(stay, scale)}")
    return (
        f'<rect x="{svg.x(start)}" y="{svg.y(lane) - THICK // 2}" width="{width:.1f}" height="{THICK}" rx="2" fill="{colour}">{said}</rect>'
    )


def _legend(colours: dict[str | None, str]) -> str:
    squares = (f'<span style="color:{colour}">&#9632;</span> {escape(printable(role or NO_ROLE))}' for role, colour in colours.items())
    return f"<p>{' &#160; '.join(squares)}</p>"


def _name(stay: "Stay") -> str:
    return f"{stay.model} ({stay.role})" if stay.role else stay.model


def _dates(stay: "Stay", scale: Scale) -> str:
    return f"{scale.stamp(stay.since)} to {scale.stamp(stay.until)}" if stay.until else f"since {scale.stamp(stay.since)}"


def _title(stays: "MembershipHistory") -> str:
    if not stays:
        return f"{stays.group}: nobody was ever in it"
    scale, ever = stays.scale, len({stay.model for stay in stays})
    inside = len({stay.model for stay in stays if stay.until is None})
    return f"{stays.group}: {ever:,} member{'' if ever == 1 else 's'}, {inside:,} of them in it on {scale.stamp(scale.end)}"

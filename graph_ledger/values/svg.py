"""SVG: the few shapes of a timeline, for light pages and dark ones; no scripts, nothing from elsewhere."""

from collections.abc import Iterable, Iterator
from html import escape

from graph_ledger.values.drawn import columns
from graph_ledger.values.printable import printable
from graph_ledger.values.scale import Scale

LEFT, PLOT, RIGHT = 230, 600, 60
"""Widths of the names, of the time, and of the room for its last date."""
HEAD, LANE = 28, 26
"""Heights of the dates and of a lane."""
COLUMNS = 31
"""Columns of a name that fit; the table below the picture has it whole."""
COLOURS = ("#3f83c9", "#c2771f", "#3b9560", "#9169c9", "#cc5f5c", "#2b949b")
"""Each stands out from white and from black."""
GREY = "#878d96"
"""For what has no name."""
MARKS = 5


def x(place: float) -> str:
    """Return where a place between 0 and 1 lies."""
    return f"{LEFT + PLOT * place:.1f}"


def y(lane: int) -> int:
    """Return the middle of a lane."""
    return HEAD + LANE * lane + LANE // 2


def label(text: str, at: str, height: int, anchor: str = "start") -> str:
    """Return a text, its end left out where it would be too long."""
    from rich.cells import chop_cells

    shown = printable(text)
    short = shown if columns(shown) <= COLUMNS else f"{chop_cells(shown, COLUMNS - 1)[0]}…"
    return f'<text x="{at}" y="{height}" text-anchor="{anchor}" fill="currentColor">{escape(short)}</text>'


def title(text: str) -> str:
    """Return what a shape says under the pointer."""
    return f"<title>{escape(printable(text))}</title>"


def picture(name: str, scale: Scale, lanes: Iterable[str], shapes: Iterable[str]) -> str:
    """Return a picture of lanes over a stretch of time."""
    names = list(lanes)
    height = HEAD + LANE * len(names) + 6
    parts = [*_dates(scale, height), *(label(text, "0", y(lane) + 4) for lane, text in enumerate(names)), *shapes]
    box = f'viewBox="0 0 {LEFT + PLOT + RIGHT} {height}" style="width:100%;max-width:{LEFT + PLOT + RIGHT}px;height:auto"'
    style = 'font-family="ui-monospace, monospace" font-size="12"'
    return f'<svg role="img" aria-label="{escape(printable(name))}" {box} {style}>{"".join(parts)}</svg>'


def page(name: str, drawn: str, told: str, rest: str) -> str:
    """Return a picture and the table below it, with a title above and what is left out at the end."""
    return f"<div><p><b>{escape(printable(name))}</b></p>{drawn}{told}{f'<p>{rest}</p>' if rest else ''}</div>"


def _dates(scale: Scale, height: int) -> Iterator[str]:
    for place, text in scale.marks(MARKS) if scale.start < scale.end else [(0.5, scale.stamp(scale.start))]:
        yield f'<path d="M{x(place)} {HEAD - 8}V{height}" stroke="currentColor" stroke-opacity="0.2"/>'
        yield label(text, x(place), HEAD - 14, "middle")

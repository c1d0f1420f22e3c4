"""Picture: what an impact reaches, step by step from left to right, the nearest in full and the rest counted."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from graph_ledger.values.lineage import Impact, ImpactNode

COLUMNS, ROWS = 5, 14
"""Most steps, and most nodes of one, that are drawn."""
WIDE, HIGH, ACROSS, DOWN, EDGE = 178, 40, 84, 14, 12
"""Size of a box, gaps between boxes, and the margin, in pixels."""
LONGEST = 24
"""Letters of a name that fit into a box."""
HUES = 12
"""How many colours there are; a platform always has the same one."""


@dataclass(frozen=True, slots=True)
class Box:
    """One node, or the number of those that are not drawn."""

    x: int
    y: int
    text: str
    below: str = ""
    title: str = ""
    key: str = ""
    """Empty where it counts what is not drawn."""
    hue: int = 0
    start: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Boxes, the lines between them, and how large it is."""

    boxes: tuple[Box, ...]
    lines: tuple[str, ...]
    """Each the ``d`` of a path."""
    width: int
    height: int


def drawn(impact: Impact, name: str, platform: str) -> Picture:
    """Lay an impact out; upstream the start stands at the right."""
    by_depth: dict[int, list[ImpactNode]] = defaultdict(list)
    for node in impact.nodes:
        by_depth[node.depth].append(node)
    depths = sorted(by_depth)[:COLUMNS]
    columns = [[_start(impact, name, platform)], *([*_boxes(by_depth[depth])] for depth in depths)]
    beyond = sum(len(found) for depth, found in by_depth.items() if depth not in depths)
    if beyond:
        columns.append([Box(0, 0, f"{beyond:,} more", "further on")])
    if impact.direction == "upstream":
        columns.reverse()
    tallest = max(map(len, columns))
    placed = tuple(_placed(columns, tallest))
    width = 2 * EDGE + len(columns) * WIDE + (len(columns) - 1) * ACROSS
    return Picture(placed, tuple(_lines(impact, placed)), width, 2 * EDGE + tallest * HIGH + (tallest - 1) * DOWN)


def hue(platform: str) -> int:
    """Return the number of a platform's colour."""
    return crc32(platform.encode()) % HUES


def _start(impact: Impact, name: str, platform: str) -> Box:
    return Box(0, 0, _short(name), platform, impact.model, impact.model, hue(platform), start=True)


def _boxes(nodes: Sequence[ImpactNode]) -> Iterator[Box]:
    shown = nodes if len(nodes) <= ROWS else nodes[: ROWS - 1]
    for node in shown:
        title = f"{node.key}: {node.model_type}, {node.tier}, {node.status}, owner {node.owner}"
        yield Box(0, 0, _short(node.name), f"{node.platform} · {node.owner}", title, node.key, hue(node.platform))
    if len(shown) < len(nodes):
        yield Box(0, 0, f"{len(nodes) - len(shown):,} more", "in the list below")


def _placed(columns: Sequence[Sequence[Box]], tallest: int) -> Iterator[Box]:
    for place, column in enumerate(columns):
        top = EDGE + (tallest - len(column)) * (HIGH + DOWN) // 2
        for row, box in enumerate(column):
            x, y = EDGE + place * (WIDE + ACROSS), top + row * (HIGH + DOWN)
            yield Box(x, y, box.text, box.below, box.title, box.key, box.hue, box.start)


def _lines(impact: Impact, boxes: Sequence[Box]) -> Iterator[str]:
    """A line from the right side of what is read to the left side of what reads it; one that goes back bends below."""
    where = {box.key: box for box in boxes if box.key}
    for feeds, fed in impact.edges or ():
        if feeds in where and fed in where:
            start, end = where[feeds], where[fed]
            x1, y1, x2, y2 = start.x + WIDE, start.y + HIGH // 2, end.x, end.y + HIGH // 2
            bend = max(ACROSS // 2, (x1 - x2) // 4)
            yield f"M{x1},{y1} C{x1 + bend},{y1} {x2 - bend},{y2} {x2},{y2}"


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"

"""Pictures of the answers of the lineage room: what a diagram or a graph shows of an impact, a path, the neighbours of a model."""

from collections.abc import Collection, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from graph_ledger.errors import ValidationError
from graph_ledger.values.drawing import Arrow, Drawing, Shape
from graph_ledger.values.mermaid import label, mermaid
from graph_ledger.values.tables import count

if TYPE_CHECKING:
    from graph_ledger.values.lineage import Dependency, Impact
    from graph_ledger.values.path import Path

SHAPES = 100
"""Most nodes that a drawing names; more cannot be read."""
ARROWS = 500
"""Most arrows that Mermaid draws where nobody configured it."""
ENDS = {"depth": "cut by depth", "limit": "cut by limit", "not_yet": "it was not there yet", None: "complete"}
NO_EDGES = "this answer has no edges: ask again with edges=True"


def impact_title(impact: "Impact") -> str:
    """Say in one line what was reached and whether that is all."""
    verb = "reaches" if impact.direction == "downstream" else "stands on"
    when = f" as of {impact.as_of:%Y-%m-%d %H:%M:%S} UTC" if impact.as_of else ""
    known = f", known by {impact.known_at:%Y-%m-%d %H:%M:%S} UTC" if impact.known_at else ""
    column = f", column {impact.column}," if impact.column is not None else ""
    whole = f", {len(impact.fallbacks):,} counted as a whole" if impact.fallbacks else ""
    return f"{impact.model}{column} {verb} {count(len(impact), 'node')}{when}{known}: {ENDS[impact.reason]}{whole}"


def impact_whole(impact: "Impact") -> Drawing:
    """Draw every node and every edge.

    Raises:
        ValidationError: The answer has no edges.
    """
    if impact.edges is None:
        raise ValidationError(NO_EDGES)
    nodes = tuple(Shape(node.key, node.name, node.platform, told=dict(node)) for node in impact.nodes)
    return Drawing((_start(impact), *nodes), tuple(Arrow(*edge) for edge in impact.edges))


def impact_drawing(impact: "Impact", depth: int | None = None) -> Drawing:
    """Draw the nodes up to a depth, and count what lies beyond: by default the nearest, up to depth 1 and never more than can be read.

    Raises:
        ValidationError: It is no depth; or the answer has no edges, and more than its first step is asked for.
    """
    if depth is not None and (isinstance(depth, bool) or not isinstance(depth, int) or depth < 1):
        raise ValidationError(f"depth is a whole number from 1 on, or None for a small picture, not {depth!r}")
    near = [node.key for node in impact.nodes if node.depth <= (depth or 1)]
    shown = {impact.model, *(near if depth else near[:SHAPES])}
    if impact.edges is None and (depth or 1) > 1:
        raise ValidationError(NO_EDGES)
    return _first_step(impact, shown) if impact.edges is None else _ended(impact, impact_whole(impact).counted(shown))


def impact_mermaid(impact: "Impact") -> str:
    """Draw the nearest nodes and what flows between them; without edges, step by step what lies that far from the start."""
    if impact.edges is not None:
        whole = impact_whole(impact)
        for most in (SHAPES, SHAPES // 2, SHAPES // 4, SHAPES // 10, 0):
            drawing = whole.counted({impact.model, *(node.key for node in impact.nodes[:most])})
            if len(drawing.arrows) <= ARROWS:
                return mermaid(_ended(impact, drawing).by_key())
    return "\n".join(["graph LR", *(f"  {line}" for line in _steps(impact))])


def path_drawing(path: "Path") -> Drawing:
    """Draw the path, each arrow with its port or, where a person declared it, with the relationship."""
    shapes = tuple(_named(key) for key in path.keys)
    through = [" ".join(filter(None, (step.port or step.relationship, getattr(step, "column", "")))) for step in path.steps]
    arrows = (
        Arrow(step.from_key, step.to_key, text, {name: value for name, value in step if name not in {"from_key", "to_key"}})
        for step, text in zip(path.steps, through, strict=True)
    )
    return Drawing(shapes, tuple(arrows))


def path_mermaid(path: "Path") -> str:
    """Draw the path as a Mermaid graph, by keys."""
    return mermaid(path_drawing(path).by_key())


def _named(key: str) -> Shape:
    platform, _, name = key.partition("/")
    return Shape(key, name, platform, told={"key": key})


def _start(impact: "Impact") -> Shape:
    return _named(impact.model)


def _first_step(impact: "Impact", shown: Collection[str]) -> Drawing:
    """What flows into the first step is known without edges: it comes from the start; how the rest is reached is told in steps."""
    far = sorted((node for node in impact.nodes if node.key not in shown), key=lambda node: (node.platform, node.depth))
    named = tuple(Shape(node.key, node.name, node.platform, told=dict(node)) for node in impact.nodes if node.key in shown)
    counts: list[Shape] = []
    arrows = [_way(impact, shape.key) for shape in named]
    for _, several in groupby(far, key=lambda node: node.platform):
        nodes = list(several)
        counts += Drawing(tuple(Shape(node.key, node.name, node.platform) for node in nodes), ()).counted(()).shapes
        first, last = nodes[0].depth, nodes[-1].depth
        arrows.append(_way(impact, counts[-1].key, f"step {first}" if first == last else f"steps {first} to {last}"))
    return _ended(impact, Drawing((_start(impact), *named, *counts), tuple(arrows)))


def _way(impact: "Impact", key: str, caption: str = "") -> Arrow:
    return Arrow(impact.model, key, caption) if impact.direction == "downstream" else Arrow(key, impact.model, caption)


def _ended(impact: "Impact", drawing: Drawing) -> Drawing:
    if impact.complete:
        return drawing
    said = f"not all: {ENDS[impact.reason]}"
    return drawing._replace(shapes=(*drawing.shapes, Shape(said, said)))


def _steps(impact: "Impact") -> Iterator[str]:
    yield f"start[{label(impact.model)}]"
    left, number, before = SHAPES, 0, "start"
    for depth, nodes in impact.by_depth():
        yield f"subgraph step{depth}[{label(f'step {depth}')}]"
        for node in nodes[:left]:
            yield f"  n{number}[{label(node.key)}]"
            number += 1
        if len(nodes) > left:
            yield f"  more{depth}[{label(f'and {len(nodes) - left:,} more')}]"
        left = max(left - len(nodes), 0)
        yield "end"
        here = f"step{depth}"
        yield f"{before} --> {here}" if impact.direction == "downstream" else f"{here} --> {before}"
        before = here


def dependencies_drawing(model: str, rows: "Collection[Dependency]") -> Drawing:
    """Draw a model between what it reads and what reads it, each arrow with its ports or the relationship."""
    keys = dict.fromkeys([model, *(row.model for row in rows)])
    return Drawing(tuple(map(_named, keys)), tuple(_direct(model, row) for row in rows))


def _direct(model: str, row: "Dependency") -> Arrow:
    ends = (row.model, model) if row.direction == "upstream" else (model, row.model)
    said = ", ".join(port.identifier for port in row.ports) or row.relationship
    told = {"relationship": row.relationship, "ports": tuple(port.identifier for port in row.ports), "since": row.since}
    return Arrow(*ends, said, told)

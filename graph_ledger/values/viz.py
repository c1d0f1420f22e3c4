"""Viz: a drawing as a graph of neo4j-viz; imported where that is asked for, as only the extra ``notebook`` brings it."""

from math import sqrt
from typing import TYPE_CHECKING, Any

from neo4j_viz import Node, Relationship, VisualizationGraph
from neo4j_viz.colors import NEO4J_COLORS_DISCRETE
from neo4j_viz.options import Layout, LayoutOptions

from graph_ledger.values.printable import cell, printable

if TYPE_CHECKING:
    from IPython.display import HTML
    from neo4j_viz.widget import GraphWidget

    from graph_ledger.values.drawing import Arrow, Drawing, Shape

LONGEST = 60
"""Most characters of a caption."""
SIZE = 45
"""Radius of a node; a count is larger, by the root of what it counts."""
LARGEST = 70
CAPTION = 2
"""Size of a caption beside its shape, from 1 to 3; a large count needs no more than 1."""
NOWHERE = "#cfd1d4"
"""Colour of what has no platform."""
FEW = 4
"""As many shapes fit at full size; the view of more begins farther away."""
Way = Layout | str | None
Options = dict[str, Any] | LayoutOptions | None


class Picture(VisualizationGraph):
    """A graph of neo4j-viz that is laid out from left to right where nothing else is asked for."""

    def render(self, layout: Way = None, layout_options: Options = None, **how: Any) -> "HTML":  # type: ignore[override]  # the rest is handed on
        """Return it as a page, as `VisualizationGraph.render` does."""
        return super().render(*_laid_out(layout, layout_options), **self._seen(how))

    def render_widget(self, layout: Way = None, layout_options: Options = None, **how: Any) -> "GraphWidget":  # type: ignore[override]
        """Return it as a widget, as `VisualizationGraph.render_widget` does."""
        return super().render_widget(*_laid_out(layout, layout_options), **self._seen(how))

    def _seen(self, how: dict[str, Any]) -> dict[str, Any]:
        return {"initial_zoom": min(1.0, sqrt(FEW / max(len(self.nodes), 1))), **how}


def viz(drawing: "Drawing") -> Picture:
    """Return a drawing as a graph of neo4j-viz: a colour for each platform, counts larger than nodes."""
    picture = Picture(list(map(_node, drawing.shapes)), [_relationship(*each) for each in enumerate(drawing.arrows)])
    platforms = sorted({shape.platform for shape in drawing.shapes if shape.platform})
    palette = {printable(name): NEO4J_COLORS_DISCRETE[place % len(NEO4J_COLORS_DISCRETE)] for place, name in enumerate(platforms)}
    for node in picture.nodes:
        node.color = palette.get(node.properties["platform"], NOWHERE)
    picture.set_legend(nodes=list(palette.items()))
    return picture


def _node(shape: "Shape") -> Node:
    size = min(SIZE * sqrt(max(shape.counts, 1)), LARGEST)
    told = {name: cell(value) for name, value in shape.told.items()}
    return Node(
        id=shape.key,
        caption=_short(shape.caption),
        caption_size=1 if shape.counts > 1 else CAPTION,
        size=size,
        properties=told | {"platform": printable(shape.platform)},
    )


def _relationship(number: int, arrow: "Arrow") -> Relationship:
    told = {name: cell(value) for name, value in arrow.told.items()}
    return Relationship(id=number, source=arrow.start, target=arrow.end, caption=_short(arrow.caption) or None, properties=told)


def _short(text: str) -> str:
    shown = printable(text)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"


def _laid_out(layout: Way, options: Options) -> tuple[Way, Options]:
    return (Layout.HIERARCHICAL, options or {"direction": "right"}) if layout is None else (layout, options)

"""Drawing: what a picture of a graph shows, whatever draws it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from graph_ledger.values.extra import extra


class Shape(NamedTuple):
    """Something that is drawn: a node, or many that are counted as one."""

    key: str
    """What arrows call it."""
    caption: str
    platform: str = ""
    counts: int = 0
    """How many nodes it counts; 0 where it is one itself."""
    told: Mapping[str, Any] = {}
    """What else is known of it."""


class Arrow(NamedTuple):
    """Something that flows from one shape to another."""

    start: str
    end: str
    caption: str = ""
    told: Mapping[str, Any] = {}


class Drawing(NamedTuple):
    """Shapes, the first of them where one begins to look, and the arrows between them."""

    shapes: tuple[Shape, ...]
    arrows: tuple[Arrow, ...]

    def to_networkx(self) -> Any:
        """Return it as a networkx DiGraph, what is known on its nodes and edges.

        Raises:
            ModuleNotFoundError: networkx is not there; the extra ``notebook`` brings it.
        """
        graph = extra("networkx").DiGraph()
        graph.add_nodes_from((shape.key, dict(shape.told)) for shape in self.shapes)
        graph.add_edges_from((arrow.start, arrow.end, dict(arrow.told)) for arrow in self.arrows)
        return graph

    def to_viz(self) -> Any:
        """Return it as a graph of neo4j-viz, from left to right, a colour for each platform.

        Raises:
            ModuleNotFoundError: neo4j-viz is not there; the extra ``notebook`` brings it.
        """
        extra("neo4j_viz")
        from graph_ledger.values.viz import viz

        return viz(self)

    def by_key(self) -> "Drawing":
        """Return a drawing whose nodes are captioned by their keys: a name may be that of several."""
        return self._replace(shapes=tuple(shape if shape.counts else shape._replace(caption=shape.key) for shape in self.shapes))

    def counted(self, shown: Collection[str]) -> "Drawing":
        """Return a drawing in which all but these shapes are counted, one count for each platform; arrows end at the counts."""
        beyond = Counter(shape.platform for shape in self.shapes if shape.key not in shown)
        home = {shape.key: shape.key if shape.key in shown else _place(shape.platform) for shape in self.shapes}
        counts = tuple(Shape(_place(platform), _more(number, platform), platform, number) for platform, number in sorted(beyond.items()))
        kept = tuple(shape for shape in self.shapes if shape.key in shown)
        return Drawing((*kept, *counts), tuple(_joined(self.arrows, home)))


def _joined(arrows: Iterable[Arrow], home: Mapping[str, str]) -> Iterable[Arrow]:
    between: dict[tuple[str, str], list[Arrow]] = defaultdict(list)
    for arrow in arrows:
        between[home[arrow.start], home[arrow.end]].append(arrow)
    for (start, end), several in between.items():
        if start != end:
            yield several[0]._replace(start=start, end=end) if len(several) == 1 else Arrow(start, end)


def _place(platform: str) -> str:
    """Return the key of a count: it has no slash, and every node's key has one."""
    return f"more:{platform}"


def _more(number: int, platform: str) -> str:
    return f"{number:,} more{f' on {platform}' if platform else ''}"

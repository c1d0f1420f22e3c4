"""The answers of the lineage room."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Literal

from graph_ledger.values.lineage_pictures import impact_drawing, impact_mermaid, impact_title, impact_whole
from graph_ledger.values.path import ColumnStep, Path, PathStep
from graph_ledger.values.port import DataPort
from graph_ledger.values.tables import Table, Tabled, fields
from graph_ledger.values.value import Row, Value

__all__ = ["ColumnNode", "ColumnStep", "Dependency", "Direction", "Impact", "ImpactNode", "Path", "PathStep"]

LINES = 50
"""Most nodes that a printed impact names."""
Direction = Literal["downstream", "upstream"]


class ImpactNode(Value):
    """One node that a change reaches, with its fields of the moment asked for."""

    key: str
    """`platform/name`."""
    name: str
    """Its name."""
    platform: str
    """Where it runs."""
    depth: int
    """Steps from the nearest start, in nodes; a direct reader is 1, of a group's member too. Upstream, members are 0."""
    owner: str
    """Who answers for it."""
    tier: str
    """How risky it is."""
    status: str
    """Where it is in its life."""
    model_type: str
    """What kind of thing it is."""

    @classmethod
    def of_columns(cls, *columns: Sequence[Any]) -> "Iterator[ImpactNode]":
        """Yield nodes of parallel lists, one a field in their order, as the database has them: an answer may hold ten thousand."""
        names, given = tuple(cls.model_fields), set(cls.model_fields)
        for row in zip(*columns, strict=True):
            node = cls.__new__(cls)
            object.__setattr__(node, "__dict__", dict(zip(names, row, strict=True)))
            object.__setattr__(node, "__pydantic_fields_set__", given)
            object.__setattr__(node, "__pydantic_extra__", None)
            object.__setattr__(node, "__pydantic_private__", None)
            yield node


class ColumnNode(ImpactNode):
    """One node that a column reaches."""

    precision: Literal["column", "table"]
    """``column`` where every step there is known by columns, ``table`` where some table counted as a whole."""
    columns: tuple[str, ...]
    """Which columns of what it writes are concerned, ``*`` for all of them."""
    kind: Literal["DIRECT", "INDIRECT"] | None
    """``DIRECT`` where values of the column flow here, ``INDIRECT`` where they only decide what does; None where nobody tells."""


class Impact(Tabled, Value):
    """What a change of one model reaches, and whether that is all.

    ``complete`` is False exactly when ``depth`` or ``limit`` cut the walk; then ``reason`` says which, and ``frontier``
    holds the keys to go on from.
    """

    model: str
    """Key of the start."""
    column: str | None = None
    """The column that was asked about; None: the model as a whole."""
    direction: Direction = "downstream"
    """Which way was walked."""
    as_of: datetime | None = None
    """What was so at this time; None is now."""
    known_at: datetime | None = None
    """What was known at this time; None is now."""
    nodes: tuple[ImpactNode | ColumnNode, ...] = ()
    """Nearest first, ties by name; never the start. Of a group its members are upstream, and never downstream. Each is a ColumnNode where
    a column was asked about."""
    composites: tuple[str, ...] = ()
    """Keys of the groups that the nodes and the start were in at that moment."""
    owners: tuple[str, ...] = ()
    """Owners of the nodes at that moment, sorted."""
    notify: tuple[str, ...] = ()
    """Today's owners of those nodes that still exist, sorted."""
    fallbacks: tuple[str, ...] = ()
    """Asked of a column: keys of the nodes, the start perhaps among them, of which nobody tells how their columns come about, so that
    tables counted as a whole; sorted."""
    complete: bool = True
    """Whether this is all."""
    reason: Literal["depth", "limit", "not_yet"] | None = None
    """What cut the walk; `not_yet` where the model did not exist at that moment."""
    frontier: tuple[str, ...] = ()
    """Where the walk was cut: each node of the answer, or the start, from which one step leads out of the answer. What is reached
    from these keys, joined with this answer, is the whole answer. Of a group the start is the group: its key stands for members
    that are not in the answer. A key that is a group itself begins at its members too, and may reach more. Asked of a column, go on
    with the columns of that node."""
    edges: tuple[tuple[str, str], ...] | None = None
    """Asked with ``edges``: which of the nodes and the start feed which, as keys, the one that is read first; a member feeds its group.
    They are those of the nodes as wholes where a column was asked about, too.
    None where nobody asked."""

    def __len__(self) -> int:
        return len(self.nodes)

    def __iter__(self) -> Iterator[ImpactNode]:  # type: ignore[override]  # of its nodes, as len() counts them, not of its fields
        return iter(self.nodes)

    def __str__(self) -> str:
        more = [f"and {len(self) - LINES:,} more"] if len(self) > LINES else []
        return "\n".join([impact_title(self), *(f"{node.depth}  {node.key}  {node.owner}" for node in self.nodes[:LINES]), *more])

    def by_depth(self) -> Iterator[tuple[int, tuple[ImpactNode, ...]]]:
        """Yield each depth with its nodes, nearest first."""
        by_depth: dict[int, list[ImpactNode]] = {}
        for node in self.nodes:
            by_depth.setdefault(node.depth, []).append(node)
        for depth, nodes in sorted(by_depth.items()):
            yield depth, tuple(nodes)

    def to_mermaid(self) -> str:
        """Draw the nearest as a Mermaid graph and count the rest: with ``edges`` what feeds what, else step by step what is reached."""
        return impact_mermaid(self)

    def to_networkx(self) -> Any:
        """Return every node and every edge as a networkx DiGraph.

        Raises:
            ValidationError: The answer has no edges: `Ledger.impact` brings them with ``edges=True``.
        """
        return impact_whole(self).to_networkx()

    def to_viz(self, depth: int | None = None) -> Any:
        """Return it as a `neo4j_viz.VisualizationGraph`; ``render()`` shows it.

        Args:
            depth: Farthest step of which every node is drawn. What lies beyond is counted, one node for each platform. None: small, the
                first step, and at most 100 nodes of it.

        Raises:
            ValidationError: It is no depth; or it is above 1, and the answer has no edges.
        """
        return impact_drawing(self, depth).to_viz()

    def _table(self) -> Table:
        return Table(impact_title(self), fields(ImpactNode if self.column is None else ColumnNode), self.nodes)


class Dependency(Row):
    """One direct neighbour of a model, with the evidence."""

    model: str
    """Key of the neighbour."""
    relationship: str
    """`data_flow`, `member_of`, or the word a person chose."""
    direction: Literal["upstream", "downstream"]
    """On which side of the model asked for it stands."""
    ports: tuple[DataPort, ...] = ()
    """Every port that both share; none where a person declared the dependency, nor for a membership."""
    source: tuple[str, ...] = ()
    """Who claims it; of a membership, who let the member join."""
    since: datetime
    """Since when some port, written on one side and read on the other, has connected the two, UTC; or since when the one has been
    in the other, a member upstream of its group."""

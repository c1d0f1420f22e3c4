"""Path: by which ports one model feeds another."""

from datetime import datetime
from typing import Any, Literal

from graph_ledger.values.lineage_pictures import path_drawing, path_mermaid
from graph_ledger.values.tables import Table, Tabled, count, fields
from graph_ledger.values.value import Value


class PathStep(Value):
    """One hop of a path: a node, the port it writes, who says so and since when, the next node."""

    from_key: str
    """The node that writes."""
    port: str
    """Identifier of the port; empty where a person declared the dependency."""
    relationship: str
    """`data_flow` or the word a person chose."""
    sources: tuple[str, ...]
    """Who claims the two halves."""
    since: datetime
    """When both halves first held, UTC."""
    to_key: str
    """The node that reads."""


class ColumnStep(PathStep):
    """One hop of the way of a column."""

    column: str
    """The column of the port by which the way leads; ``*`` where the table counts as a whole."""
    kind: Literal["DIRECT", "INDIRECT"] | None
    """How the node that reads uses it; None where nobody tells."""
    precision: Literal["column", "table"]
    """``table`` where the node that reads does not tell how its columns come about."""


class Path(Tabled, Value):
    """The shortest evidence path between two models; no steps where there is none."""

    start: str
    """Key of the first node."""
    end: str
    """Key of the last node."""
    column: str | None = None
    """The column of the first node that was asked about; None: any way by tables."""
    steps: tuple[PathStep | ColumnStep, ...] = ()
    """One a hop, in order; of several shortest paths the first by key."""

    @property
    def exists(self) -> bool:
        """Whether the end can be reached."""
        return bool(self.steps) or self.start == self.end

    @property
    def keys(self) -> tuple[str, ...]:
        """The nodes on the way, both ends included; none where there is no path."""
        return (self.start, *(step.to_key for step in self.steps)) if self.exists else ()

    def to_mermaid(self) -> str:
        """Draw the path as a Mermaid graph, each arrow with its port."""
        return path_mermaid(self)

    def to_networkx(self) -> Any:
        """Return the path as a networkx DiGraph, the evidence on its edges."""
        return path_drawing(self).to_networkx()

    def to_viz(self) -> Any:
        """Return the path as a `neo4j_viz.VisualizationGraph`; ``render()`` shows it."""
        return path_drawing(self).to_viz()

    def _table(self) -> Table:
        title = f"{self.start} to {self.end}: {count(len(self.steps), 'step') if self.exists else 'no path'}"
        return Table(title, fields(PathStep if self.column is None else ColumnStep), self.steps)

"""Dependencies: the direct neighbours of a model, as a list that draws itself."""

from collections.abc import Iterable
from typing import Any

from graph_ledger.values.changes import named
from graph_ledger.values.drawing import Drawing
from graph_ledger.values.lineage import Dependency
from graph_ledger.values.lineage_pictures import dependencies_drawing
from graph_ledger.values.listed import Listed
from graph_ledger.values.mermaid import mermaid
from graph_ledger.values.tables import Table, count, fields


class Dependencies(Listed[Dependency]):
    """The direct neighbours of a model: a list in every way, a table and a graph when it is shown.

    >>> print(Dependencies(model="ml/fraud").to_mermaid())
    graph LR
      n0["ml/fraud"]
    """

    def __init__(self, items: Iterable[Dependency] = (), *, model: str) -> None:
        super().__init__(items, called="neighbour", columns=fields(Dependency), row=_plain_ports)
        self.model = model
        """Key of the model that was asked about."""

    def to_mermaid(self) -> str:
        """Draw the model between its neighbours as a Mermaid graph, each arrow with its ports."""
        return mermaid(self._drawing().by_key())

    def to_networkx(self) -> Any:
        """Return model and neighbours as a networkx DiGraph, the evidence on its edges."""
        return self._drawing().to_networkx()

    def to_viz(self) -> Any:
        """Return model and neighbours as a `neo4j_viz.VisualizationGraph`; ``render()`` shows it."""
        return self._drawing().to_viz()

    def _drawing(self) -> Drawing:
        return dependencies_drawing(self.model, self)

    def _like(self, items: Iterable[Dependency]) -> "Dependencies":
        return Dependencies(items, model=self.model)

    def _table(self) -> Table:
        return super()._table()._replace(title=f"{self.model}: {count(len(self), self.called)}")


def _plain_ports(row: Dependency) -> dict[str, Any]:
    return {**dict(row), "ports": tuple(map(named, row.ports))}

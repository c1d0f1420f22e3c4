"""History: what happened to a model, as a list that draws itself."""

from collections.abc import Iterator
from typing import Any

from graph_ledger.values.drawn import Drawn, Line, Signs
from graph_ledger.values.snapshot import Snapshot
from graph_ledger.values.tables import frame

COLUMNS = tuple(Snapshot.model_fields)


class History(Drawn[Snapshot]):
    """Events in the order asked for: a list in every way, and a timeline when it is shown.

    >>> event = Snapshot(model_hash="0" * 32, event_type="retrained", actor="ml", timestamp="2026-05-01T00:00:00Z", model="ml/fraud")
    >>> print(History([event]))
    ml/fraud: 1 event, 2026-05-01 00:00
    <BLANKLINE>
    2026-05-01 00:00:00Z  ● retrained by ml
    """

    def lines(self, width: int, signs: Signs) -> Iterator[Line]:
        """Yield the timeline for a terminal: the stretch of time, then event after event with what each says."""
        from graph_ledger.values.history_pictures import lines

        return lines(self, width, signs)

    def to_frame(self) -> Any:
        """Return the events as a pandas DataFrame, a row each."""
        return frame((dict(event) for event in self), COLUMNS)

    def _repr_html_(self) -> str:
        from graph_ledger.values.history_pictures import html

        return html(self)
